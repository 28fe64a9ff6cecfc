import type { Payment } from '../../connectors/stripe/shapes.ts';
import type { FilterField } from '../../core/filter/filter.ts';
import type { FilterSource } from '../../core/flow.ts';
import { decimalOf } from '../../core/money.ts';
import { moneyOfMovement } from '../../core/movement.ts';
import type { Sentence } from '../../core/sentence.ts';
import { bookedAs } from './book-payment.ts';
import type { Settings } from './flow.ts';
import type { Context } from './steps.ts';

/** What is known of every payment. */
const FIELDS: readonly FilterField[] = [
  { name: 'amount', kind: 'money', titles: { en: 'Amount', fr: 'Montant' } },
  { name: 'currency', kind: 'text', titles: { en: 'Currency', fr: 'Devise' } },
  { name: 'description', kind: 'text', titles: { en: 'Description', fr: 'Description' } },
  { name: 'email', kind: 'text', titles: { en: 'Payer’s e-mail', fr: 'E-mail du payeur' } },
  { name: 'name', kind: 'text', titles: { en: 'Payer’s name', fr: 'Nom du payeur' } },
  { name: 'moved', kind: 'moment', titles: { en: 'Paid', fr: 'Payé' } },
];

/** Payments are not counted: what was paid before an integration was on is none of its business. */
export const paymentFilter: FilterSource<Settings> = { fields: async () => FIELDS };

/**
 * Why a payment is left out; null: it is booked. One that stands in the books already stays there, whatever the filter
 * has become since.
 */
export async function leftOutPayment(context: Context, payment: Payment): Promise<Sentence | null> {
  const { filter } = context;
  if (filter === null || (await bookedAs(context, payment)) !== null) return null;
  const { currency, description, email, name } = payment;
  const values = {
    amount: Number(decimalOf(moneyOfMovement(payment))),
    currency,
    description,
    email,
    name,
    moved: payment.movedAt ?? payment.createdAt,
  };
  const { fits, why } = filter.judge({ values, currency });
  return fits ? null : why;
}

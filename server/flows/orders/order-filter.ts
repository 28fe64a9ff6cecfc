import type { FilterField } from '../../core/filter/filter.ts';
import type { FilterSource } from '../../core/flow.ts';
import { decimalOf } from '../../core/money.ts';
import { type Order, personOf } from '../../core/order/order.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Settings } from './flow.ts';
import type { Context } from './steps.ts';
import { totalOf } from './texts.ts';

/** What is known of every order. */
const FIELDS: readonly FilterField[] = [
  { name: 'total', kind: 'money', titles: { en: 'Total', fr: 'Total' } },
  { name: 'currency', kind: 'text', titles: { en: 'Currency', fr: 'Devise' } },
  { name: 'number', kind: 'text', titles: { en: 'Number', fr: 'Numéro' } },
  { name: 'email', kind: 'text', titles: { en: 'Customer’s e-mail', fr: 'E-mail du client' } },
  { name: 'name', kind: 'text', titles: { en: 'Customer’s name', fr: 'Nom du client' } },
  { name: 'company', kind: 'text', titles: { en: 'Company', fr: 'Société' } },
  { name: 'paidBy', kind: 'text', titles: { en: 'Payment method', fr: 'Moyen de paiement' } },
  { name: 'coupons', kind: 'text', titles: { en: 'Coupons', fr: 'Codes promo' } },
  { name: 'placed', kind: 'moment', titles: { en: 'Placed', fr: 'Passée' } },
];

/** Orders are not counted: what was ordered before an integration was on is none of its business. */
export const orderFilter: FilterSource<Settings> = { fields: async () => FIELDS };

/** Why an order is left out; null: it is taken. */
export function leftOutOrder({ filter }: Context, order: Order): Sentence | null {
  if (filter === null) return null;
  const { currency, number, customer, paidBy, coupons, placedAt } = order;
  const values = {
    total: Number(decimalOf(totalOf(order))),
    currency,
    number,
    email: customer.email,
    name: personOf(customer),
    company: customer.company,
    paidBy,
    coupons: coupons.join(', '),
    placed: placedAt,
  };
  const { fits, why } = filter.judge({ values, currency });
  return fits ? null : why;
}

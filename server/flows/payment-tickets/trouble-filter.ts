import type { FilterField } from '../../core/filter/filter.ts';
import type { FilterSource } from '../../core/flow.ts';
import { decimalOf } from '../../core/money.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type PaymentTrouble, payerName } from '../../core/trouble.ts';
import type { Settings } from './settings.ts';
import type { Context } from './steps.ts';
import { moneyOfTrouble } from './texts.ts';

const FIELDS: readonly FilterField[] = [
  { name: 'amount', kind: 'money', titles: { en: 'Amount', fr: 'Montant' } },
  { name: 'currency', kind: 'text', titles: { en: 'Currency', fr: 'Devise' } },
  { name: 'description', kind: 'text', titles: { en: 'Description', fr: 'Description' } },
  { name: 'email', kind: 'text', titles: { en: 'Customer’s e-mail', fr: 'E-mail du client' } },
  { name: 'name', kind: 'text', titles: { en: 'Customer’s name', fr: 'Nom du client' } },
  { name: 'at', kind: 'moment', titles: { en: 'When', fr: 'Quand' } },
];

/** They are not counted: what went wrong before an integration was on is asked about when it is turned on. */
export const troubleFilter: FilterSource<Settings> = { fields: async () => FIELDS };

/** Why no ticket is opened; null: one is. What a ticket tells of already is followed, whatever the filter has become. */
export function leftOutTrouble({ filter }: Context, trouble: PaymentTrouble): Sentence | null {
  if (filter === null || trouble.kind === 'paid') return null;
  const { currency, about, payer, at } = trouble;
  const values = {
    amount: Number(decimalOf(moneyOfTrouble(trouble))),
    currency,
    description: about,
    email: payer.email,
    name: payerName(trouble),
    at,
  };
  const { fits, why } = filter.judge({ values, currency });
  return fits ? null : why;
}

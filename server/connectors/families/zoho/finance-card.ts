import { moneyOf } from '../../../core/money.ts';
import {
  type CardSubject,
  type CardValue,
  moneyValue,
  stateValue,
  type Tone,
  textValue,
} from '../../../core/record-card.ts';
import type { Sentence } from '../../../core/sentence.ts';
import { nobody } from '../../../kit/person-card.ts';

/** What the cards of Zoho's finance applications share. */

export const MOST_CUSTOMERS = 5;
export const MOST_ROWS = 10;

/** Customers with any of the record's addresses, each once. */
export async function customersOf<Contact extends { readonly id: string }>(
  client: { contactsByEmail(email: string): Promise<readonly Contact[]> },
  { emails }: CardSubject,
): Promise<Contact[]> {
  const found = await Promise.all(emails.map((email) => client.contactsByEmail(email)));
  return [...new Map(found.flat().map((one) => [one.id, one])).values()];
}

/** @param application as people call it. */
export const noCustomer = (subject: CardSubject, application: string): Sentence =>
  nobody(
    subject,
    {
      en: `The record has no e-mail address, by which ${application} would know the customer.`,
      fr: `La fiche n’a pas d’adresse e-mail, à laquelle ${application} reconnaîtrait le client.`,
    },
    (sought) => ({
      en: `No customer in ${application} has ${sought.en}.`,
      fr: `Aucun client dans ${application} n’a ${sought.fr}.`,
    }),
  );

/** States of a document: English, French, and how it looks. */
export type States = Readonly<Record<string, readonly [string, string, Tone]>>;

/** One that is not known is shown as the vendor writes it. */
export function stateOf(states: States, status: string): { readonly tone: Tone; readonly value: CardValue } {
  const [en, fr, tone] = states[status] ?? [status, status, 'quiet'];
  return { tone, value: stateValue({ en, fr }, tone) };
}

/** They count in decimals; one with more of them than the currency has is shown as it is. */
export function amountValue(decimal: string, currency: string): CardValue {
  try {
    return moneyValue(moneyOf(decimal, currency));
  } catch {
    return textValue(`${decimal} ${currency}`);
  }
}

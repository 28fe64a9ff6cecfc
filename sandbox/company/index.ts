import type { CurrencyCode } from './types.ts';

/**
 * «Atelier Lumen», a small web agency in Lyon: what every simulator seeds from, so that a customer is
 * the same person in each of them. All names, addresses, mails and numbers are invented; mails end in
 * `.example`, French numbers are of the ranges kept for fiction.
 */
export const company = {
  name: 'Atelier Lumen',
  /** Zoho's id of the organisation (zgid). */
  zgid: '20098765432',
  email: 'bonjour@atelier-lumen.example',
  phone: '+33 4 65 71 00 10',
  website: 'https://www.atelier-lumen.example',
  address: {
    street: '14 quai Saint-Vincent',
    city: 'Lyon',
    zip: '69001',
    countryCode: 'FR',
    country: 'France',
  },
  currency: 'EUR' as CurrencyCode,
  timeZone: 'Europe/Paris',
  locale: 'fr-FR',
  domain: 'atelier-lumen.example',
} as const;

/** Euros for one unit of each currency that the company sells in. */
export const exchangeRates: Readonly<Record<CurrencyCode, number>> = {
  EUR: 1,
  USD: 0.92,
  CHF: 1.05,
  JPY: 0.0061,
};

export { accounts } from './accounts.ts';
export * from './address-book.ts';
export * from './address-books.ts';
export { contacts } from './contacts.ts';
export * from './crowd.ts';
export { deals } from './deals.ts';
export { goods } from './goods.ts';
export { leads } from './leads.ts';
export { dayOfMeeting, meetings } from './meetings.ts';
export { products } from './products.ts';
export type * from './types.ts';
export { fullName, users } from './users.ts';

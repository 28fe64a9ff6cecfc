export type UserKey = 'claire' | 'hugo' | 'ines';
export type CurrencyCode = 'EUR' | 'USD' | 'CHF' | 'JPY';

export interface CompanyUser {
  readonly key: UserKey;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: 'Administrator' | 'Standard';
  readonly job: string;
}

export interface CompanyAddress {
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  /** ISO 3166-1 alpha-2, and the name as people write it. */
  readonly countryCode: string;
  readonly country: string;
}

export interface CompanyAccount {
  /** Joins contacts and deals to it; never shown. */
  readonly key: string;
  readonly name: string;
  readonly industry: string;
  readonly website: string | null;
  readonly phone: string | null;
  readonly currency: CurrencyCode;
  readonly address: CompanyAddress;
  readonly owner: UserKey;
}

export interface CompanyContact {
  readonly key: string;
  readonly account: string;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly job: string | null;
  readonly owner: UserKey;
}

export interface CompanyLead {
  readonly firstName: string | null;
  readonly lastName: string;
  readonly company: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly source: string;
  readonly status: string;
  readonly owner: UserKey;
}

export interface CompanyDeal {
  readonly key: string;
  readonly name: string;
  readonly account: string;
  readonly contact: string | null;
  /** In major units of `currency`. */
  readonly amount: number | null;
  readonly currency: CurrencyCode;
  readonly stage: string;
  /** Days from the day of seeding. */
  readonly closesInDays: number;
  readonly type: 'New Business' | 'Existing Business';
  readonly owner: UserKey;
}

export interface CompanyProduct {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  /** Euros, without VAT. */
  readonly unitPrice: number;
  readonly description: string;
}

export interface CompanyGood {
  readonly code: string;
  readonly name: string;
  /** Cents, with VAT. */
  readonly priceMinor: number;
  readonly vatPercent: number;
  /** Pieces that were there before anybody bought one. */
  readonly stock: number;
}

interface MeetingHead {
  readonly key: string;
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  /** Weeks from the one of seeding, and the day in it; Monday is 1. */
  readonly weeks: number;
  readonly weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly owner: UserKey;
  readonly users: readonly UserKey[];
  /** Keys of contacts who take part. */
  readonly contacts: readonly string[];
  readonly weekly: { readonly occurrences: number } | null;
  /** Where it stands before anything was synchronised. */
  readonly held: 'google' | 'crm' | 'both';
}

/** At a time of the company's clock (`10:00`), or for whole days. */
export type CompanyMeeting = MeetingHead &
  ({ readonly at: string; readonly minutes: number } | { readonly at: null; readonly days: number });

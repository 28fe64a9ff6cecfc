import type { VendorAccount } from '../connector.ts';
import type { Money } from '../money.ts';
import type { MailLimits } from './prepare-mail.ts';

export type PersonModuleName = 'Contacts' | 'Leads';

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
}

export interface OpenDeal {
  readonly id: string;
  readonly name: string;
  readonly stage: string | null;
  readonly amount: Money | null;
  /** A day. */
  readonly closing: string | null;
  readonly url: string | null;
}

export interface LastNote {
  readonly id: string;
  readonly title: string | null;
  readonly text: string;
  readonly at: string | null;
  readonly by: string | null;
}

/** Somebody who is in the CRM already. */
export interface KnownPerson {
  readonly module: PersonModuleName;
  readonly id: string;
  readonly name: string;
  /** In small letters. */
  readonly emails: readonly string[];
  readonly phone: string | null;
  readonly title: string | null;
  readonly company: string | null;
  readonly account: Named | null;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly url: string | null;
  readonly deals: readonly OpenDeal[];
  readonly moreDeals: boolean;
  /** Null: not read. */
  readonly notes: readonly LastNote[] | null;
}

export interface NewPerson {
  readonly module: PersonModuleName;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string;
  /** Whose the record is to be; null: whose the CRM says. */
  readonly owner: string | null;
}

/** The wish's own fields. */
export type NewPersonField = 'firstName' | 'lastName' | 'email' | 'phone' | 'company';

export interface MadePerson {
  readonly outcome: 'made' | 'existed';
  readonly record: {
    readonly module: PersonModuleName;
    readonly id: string;
    readonly name: string;
    readonly url: string | null;
  };
  readonly account: (Named & { readonly outcome: 'made' | 'found' }) | null;
}

/** How the CRM's own connector knows the people of a mail. */
export interface CorrespondentsDeclaration<Client> {
  /** Modules on whose records it keeps mails. */
  readonly modules: readonly string[];
  /** What it takes of a mail. */
  readonly limits: MailLimits;
  /**
   * Everybody with one of these addresses, contacts first.
   *
   * @param addresses in small letters; at most fifty.
   */
  people(
    client: Client,
    addresses: readonly string[],
    account: VendorAccount,
  ): Promise<readonly KnownPerson[]>;
  /** Who already has this address; the first contact, else the first lead; null: nobody. Sees what was written just now. */
  withAddress(client: Client, email: string, account: VendorAccount): Promise<MadePerson | null>;
  /** How long the CRM lets each of the values be, by its own fields; absent: it says nothing of it. */
  lengths(client: Client, module: PersonModuleName): Promise<Partial<Record<NewPersonField, number>>>;
  /** Which of the values the CRM wants in any case. */
  required(client: Client, module: PersonModuleName): Promise<ReadonlySet<NewPersonField>>;
  /** Makes the record. A repeat makes it again: look before. Rejects with a LiaisonError. */
  make(client: Client, person: NewPerson, account: VendorAccount): Promise<MadePerson>;
  /** What these records are called, of those that are there. */
  names(
    client: Client,
    records: readonly { readonly module: string; readonly id: string }[],
    account: VendorAccount,
  ): Promise<readonly (Named & { readonly module: string })[]>;
}

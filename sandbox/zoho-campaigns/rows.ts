import type { VendorDesk } from '../core/simulator.ts';

/** A mailing list. Times are epoch milliseconds. */
export interface ListRow {
  /** What the API names it by. */
  readonly key: string;
  /** What other calls number it by. */
  readonly number: string;
  readonly name: string;
  /** It has a sign-up form: whoever is subscribed to it confirms by mail first. */
  readonly hasForm: boolean;
  readonly createdAt: number;
}

/** A person, known by the address over all lists. */
export interface ContactRow {
  /** In lower case. */
  readonly email: string;
  readonly id: string;
  /** By the names of `FIELDS`; a blank one is absent. */
  readonly values: Readonly<Record<string, string>>;
  /** In the registry of those who get no mail at all. */
  readonly doNotMail: boolean;
}

export type Standing = 'active' | 'pending' | 'unsub' | 'bounce' | 'spam';

/** A person in a list. */
export interface MembershipRow {
  readonly listKey: string;
  readonly email: string;
  readonly standing: Standing;
  readonly addedAt: number;
  /** Ids of the topics that the person gets mail about. */
  readonly topics: readonly string[];
}

export interface TopicRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface CampaignRow {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly subject: string;
  readonly listKey: string;
  readonly sentAt: number;
}

/** A campaign's mail to one person, and what became of it. */
export interface MailRow {
  readonly campaignKey: string;
  readonly email: string;
  readonly sentAt: number;
  readonly opens: number;
  readonly clicks: number;
  readonly bounced: 'hard' | 'soft' | null;
  readonly left: boolean;
  readonly spam: boolean;
}

export const campaignsTables = (desk: VendorDesk) => ({
  lists: desk.table<ListRow>('lists'),
  contacts: desk.table<ContactRow>('contacts'),
  memberships: desk.table<MembershipRow>('memberships'),
  topics: desk.table<TopicRow>('topics'),
  campaigns: desk.table<CampaignRow>('campaigns'),
  mails: desk.table<MailRow>('mails'),
});

/** Id in a table of what is about one person. */
export const keyOf = (of: string, email: string): string => `${of} ${email.toLowerCase()}`;

/**
 * The fields of the account: the name by which answers have them, and the label by which `contactinfo` writes them.
 * Labels are of the language in which the account was made.
 */
export const FIELDS = [
  ['contact_email', 'Contact Email'],
  ['firstname', 'First Name'],
  ['lastname', 'Last Name'],
  ['companyname', 'Company Name'],
  ['phone', 'Phone'],
  ['job_title', 'Job Title'],
] as const;

export const membershipsOf = (desk: VendorDesk, listKey: string, standing: Standing): MembershipRow[] =>
  campaignsTables(desk)
    .memberships.all()
    .filter((row) => row.listKey === listKey && row.standing === standing)
    .sort((one, other) => one.addedAt - other.addedAt || (one.email < other.email ? -1 : 1));

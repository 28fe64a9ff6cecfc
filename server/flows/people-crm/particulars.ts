import { mailchimpMember } from '../../connectors/mailchimp/member-object.ts';
import { subscriber } from '../../connectors/zoho-campaigns/subscriber-object.ts';

/** What people of an application are to the CRM, beside what their object says of itself. */
export interface Particulars {
  /** Whether the CRM gets those that it does not know, unless an admin says otherwise. */
  readonly madeInCrm: boolean;
}

const ADDRESS_BOOK: Particulars = { madeInCrm: true };

/** By the id of their object; people of any other are an address book's. */
const PARTICULARS: Readonly<Record<string, Particulars>> = {
  // People who sign up for a newsletter are not yet customers: the CRM gets them when an admin says so.
  [mailchimpMember.id]: { madeInCrm: false },
  [subscriber.id]: { madeInCrm: false },
};

export const particularsOf = (object: string): Particulars => PARTICULARS[object] ?? ADDRESS_BOOK;

import { z } from 'zod';
import { ifGone } from '../../kit/if-gone.ts';
import type { BooksCall } from './api.ts';
import { personNames } from './lengths.ts';

export interface BooksContact {
  readonly id: string;
  readonly name: string;
  /** The person of the customer's e-mail; empty where Books did not say. */
  readonly person: string;
  readonly email: string | null;
  /** As they are written, the person's own first. */
  readonly phones: readonly string[];
  readonly isActive: boolean;
  readonly currencyId: string | null;
  /** ISO 4217: an invoice is written in the customer's currency unless it names another. */
  readonly currency: string | null;
  /** Empty in lists, which leave them out. */
  readonly notes: string;
}

export interface NewContact {
  /** Unique in Zoho Books: refused with the field `contact_name` when it is taken. See `contactName`. */
  readonly name: string;
  readonly email: string | null;
  /** The person behind the name, where it is known; an e-mail address is no name. */
  readonly personName: string | null;
  /** For the organisation's own people. */
  readonly notes?: string;
  /** The currency in which the customer is invoiced for good. */
  readonly currencyId: string;
  readonly phone?: string;
}

const contactSchema = z
  .object({
    contact_id: z.string(),
    contact_name: z.string(),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    email: z.string().nullish(),
    phone: z.string().nullish(),
    mobile: z.string().nullish(),
    status: z.string().nullish(),
    currency_id: z.string().nullish(),
    currency_code: z.string().nullish(),
    contact_persons: z.array(z.object({ email: z.string().nullish() })).nullish(),
    notes: z.string().nullish(),
  })
  .transform(
    (contact): BooksContact => ({
      id: contact.contact_id,
      name: contact.contact_name,
      person: [contact.first_name, contact.last_name].filter(Boolean).join(' '),
      email: contact.email || contact.contact_persons?.[0]?.email || null,
      phones: [contact.phone, contact.mobile].filter((one) => one != null && one !== '') as string[],
      isActive: contact.status !== 'inactive',
      currencyId: contact.currency_id || null,
      currency: contact.currency_code || null,
      notes: contact.notes ?? '',
    }),
  );

export function contactCalls(call: BooksCall) {
  return {
    /** Customers with this e-mail address, whatever its case; active ones first. */
    async contactsByEmail(email: string): Promise<BooksContact[]> {
      const query = { email, contact_type: 'customer' };
      const found = await call({ path: '/contacts', query }, 'contacts', z.array(contactSchema));
      const same = found.filter((contact) => contact.email?.toLowerCase() === email.toLowerCase());
      return same.sort((a, b) => Number(b.isActive) - Number(a.isActive));
    },

    /** Customers in one of whose numbers this one stands, as it is written; active ones first. */
    async contactsByPhone(phone: string): Promise<BooksContact[]> {
      const query = { phone, contact_type: 'customer' };
      const found = await call({ path: '/contacts', query }, 'contacts', z.array(contactSchema));
      return found.sort((a, b) => Number(b.isActive) - Number(a.isActive));
    },

    /** Customers of exactly this name. */
    async contactsByName(name: string): Promise<BooksContact[]> {
      const query = { contact_name: name, contact_type: 'customer' };
      const found = await call({ path: '/contacts', query }, 'contacts', z.array(contactSchema));
      return found.filter((contact) => contact.name === name);
    },

    /** A customer by id, notes included; null when Books has none of it. */
    async contact(id: string): Promise<BooksContact | null> {
      const path = `/contacts/${encodeURIComponent(id)}`;
      return ifGone(() => call({ path }, 'contact', contactSchema), null);
    },

    /** Creates a customer. A repeat is refused by its name. */
    createContact(contact: NewContact): Promise<BooksContact> {
      const named = contact.personName ?? contact.name;
      const person = {
        ...(named.includes('@') ? {} : personNames(named)),
        ...(contact.email === null ? {} : { email: contact.email }),
        ...(contact.phone ? { phone: contact.phone } : {}),
        is_primary_contact: true,
      };
      const json = {
        contact_name: contact.name,
        contact_type: 'customer',
        currency_id: contact.currencyId,
        ...(contact.notes ? { notes: contact.notes } : {}),
        contact_persons: [person],
      };
      return call({ method: 'POST', path: '/contacts', json }, 'contact', contactSchema);
    },
  };
}

import { z } from 'zod';
import type { InventoryCall } from './api.ts';

/** A contact of the organisation: the same as in Zoho Books, where the organisation has both. */
export interface InventoryContact {
  readonly id: string;
}

const contactSchema = z
  .object({
    contact_id: z.string(),
    email: z.string().nullish(),
  })
  .transform((contact) => ({
    id: contact.contact_id,
    email: contact.email ?? '',
  }));

export function contactCalls(call: InventoryCall) {
  return {
    /** Those with this e-mail address, whatever its case. */
    async contactsByEmail(email: string): Promise<InventoryContact[]> {
      const found = await call({ path: '/contacts', query: { email } }, 'contacts', z.array(contactSchema));
      return found.filter((contact) => contact.email.toLowerCase() === email.toLowerCase());
    },
  };
}

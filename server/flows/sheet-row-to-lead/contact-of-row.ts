import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { type FoundPerson, findPerson } from '../form-answers/find-person.ts';
import type { Context } from './lead-of-row.ts';
import type { LeadValues } from './read-values.ts';
import { KEY } from './row-identity.ts';

/**
 * The contact whom a row without a lead is of, or whom a lead of theirs became; null: nobody, or it is not to be looked for.
 * Somebody of another name who shares the address is somebody else.
 */
export async function contactOfRow(
  { client, read, settings, about }: Context,
  values: LeadValues,
): Promise<FoundPerson | null> {
  if (settings.contacts === 'lead') return null;
  const text = (field: string): string => {
    const value = values[field];
    return typeof value === 'string' ? value : '';
  };
  const person = {
    email: text(KEY) || null,
    phone: text('Phone') || text('Mobile') || null,
    first: text('First_Name'),
    last: text('Last_Name'),
    company: null,
  };
  if (person.email === null && person.phone === null) return null;
  const look = { look: 'contacts', make: 'nothing' } as const;
  const found = await read('contact', () => findPerson(client(zohoCrm), person, look, null));
  if (found === null || !found.sameName) return null;
  await about({ object: 'zohoCrm.contacts', id: found.id });
  return found;
}

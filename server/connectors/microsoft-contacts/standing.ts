import { type MicrosoftContactsClient, MOST } from './client.ts';
import type { Contact } from './contact.ts';

/** A contact, and whether it lies among the others of the account, or in a folder that nobody follows. */
export interface Standing {
  readonly contact: Contact;
  readonly isElsewhere: boolean;
}

/** Those of the contacts that are there. What was deleted is found by its id while it lies in the bin: it is gone. */
export async function standing(client: MicrosoftContactsClient, ids: readonly string[]): Promise<Standing[]> {
  const found: Contact[] = [];
  for (let from = 0; from < ids.length; from += MOST.read)
    found.push(...(await client.getContacts(ids.slice(from, from + MOST.read))));
  if (found.length === 0) return [];
  const { usual, others } = await client.folders();
  return found.flatMap((one): Standing[] => {
    const folder = one.parentFolderId ?? usual;
    if (folder === usual) return [{ contact: one, isElsewhere: false }];
    return others.has(folder ?? '') ? [{ contact: one, isElsewhere: true }] : [];
  });
}

import type { VendorDesk } from '../core/simulator.ts';
import { asEachAccount } from '../microsoft-accounts/account.ts';
import { act } from './acts.ts';
import { FOLDERS, foldersOf, PRIVATE_FOLDER, ROOT } from './rows.ts';

const NAMES = {
  inbox: 'Boîte de réception',
  sentitems: 'Éléments envoyés',
  drafts: 'Brouillons',
  deleteditems: 'Éléments supprimés',
  junkemail: 'Courrier indésirable',
  outbox: 'Boîte d’envoi',
} as const satisfies Record<keyof typeof FOLDERS, string>;

/** Each account's folders, and a mail of a customer in the first one's. */
export function seedAccounts(desk: VendorDesk): void {
  asEachAccount(desk, (own) => {
    for (const [name, id] of Object.entries(FOLDERS))
      foldersOf(own).put(id, { id, displayName: NAMES[name as keyof typeof FOLDERS], parentFolderId: ROOT });
    foldersOf(own).put(PRIVATE_FOLDER, {
      ...{ id: PRIVATE_FOLDER, displayName: 'Privé', parentFolderId: FOLDERS.inbox },
    });
    if (own === desk)
      act(own, {
        act: 'receive',
        conversation: 'AAQkAGI2THk0vitrine=',
        messageId: '<vitrine-1@boulangerie-pelissier.example>',
      });
  });
}

import { contact } from '../../connectors/microsoft-contacts/contact-object.ts';
import { contacts } from '../../connectors/zoho-crm/sync-objects.ts';
import { always, peopleSync } from '../people-crm/people-sync.ts';

/** A preset of people and the CRM, which each person can have as their own: Outlook's contacts and the CRM's. */
export const contactsMicrosoftCrm = peopleSync({
  id: 'contacts-microsoft-crm',
  titles: { en: 'Contacts: Outlook ↔ CRM', fr: 'Contacts\u00a0: Outlook ↔ CRM' },
  direction: {
    en: 'Keeps the contacts of an Outlook account and those of Zoho CRM equal, both ways.',
    fr: 'Maintient identiques, dans les deux sens, les contacts d’un compte Outlook et ceux de Zoho CRM.',
  },
  personal: { role: 'left', owner: 'Owner' },
  native: {
    en: 'Zoho CRM has its own sync with Office 365 contacts (Setup › Marketplace › Microsoft). Use it when one user accepts that one side always wins. Prefer this flow for a master per field, a preview, a history and an undo.',
    fr: 'Zoho CRM a sa propre synchronisation avec les contacts d’Office 365 (Paramètres › Marketplace › Microsoft). Utilisez-la si un seul utilisateur est concerné et accepte qu’un côté l’emporte toujours. Préférez ce flux pour un maître par champ, un aperçu, un historique et une annulation.',
  },
  purpose: 'people',
  left: always(contact),
  right: always(contacts),
});

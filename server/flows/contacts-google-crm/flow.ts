import { person } from '../../connectors/google-people/person-object.ts';
import { contacts } from '../../connectors/zoho-crm/sync-objects.ts';
import { always, peopleSync } from '../people-crm/people-sync.ts';

/** A preset of people and the CRM, as it was before there were others: Google Contacts and the CRM's contacts. */
export const contactsGoogleCrm = peopleSync({
  id: 'contacts-google-crm',
  titles: { en: 'Contacts: Google ↔ CRM', fr: 'Contacts\u00a0: Google ↔ CRM' },
  direction: {
    en: 'Keeps the contacts of a Google account and those of Zoho CRM equal, both ways.',
    fr: 'Maintient identiques, dans les deux sens, les contacts d’un compte Google et ceux de Zoho CRM.',
  },
  personal: { role: 'left', owner: 'Owner' },
  native: {
    en: 'Zoho CRM has its own Google Contacts sync (Setup › Marketplace › Google). Use it when one user accepts that one side always wins. Prefer this flow for a master per field, a preview, a history and an undo.',
    fr: 'Zoho CRM a sa propre synchronisation avec Google Contacts (Paramètres › Marketplace › Google). Utilisez-la si un seul utilisateur est concerné et accepte qu’un côté l’emporte toujours. Préférez ce flux pour un maître par champ, un aperçu, un historique et une annulation.',
  },
  purpose: 'people',
  nativePage:
    'https://help.zoho.com/portal/en/kb/crm/integrations/google/google-workspace/articles/synchronize-g-suite-contacts',
  left: always(person),
  right: always(contacts),
});

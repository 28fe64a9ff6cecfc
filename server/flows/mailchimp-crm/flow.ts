import { mailchimpMember } from '../../connectors/mailchimp/member-object.ts';
import { contacts } from '../../connectors/zoho-crm/sync-objects.ts';
import { always, peopleSync } from '../people-crm/people-sync.ts';

/**
 * A preset of people and the CRM, as it was before there were others: an audience of Mailchimp and the CRM's
 * contacts, with consent, and tags by a field of the CRM.
 */
export const mailchimpCrm = peopleSync({
  id: 'mailchimp-crm',
  titles: { en: 'Audience: Mailchimp ↔ CRM', fr: 'Audience\u00a0: Mailchimp ↔ CRM' },
  direction: {
    en: 'Keeps a Mailchimp audience and the contacts of Zoho CRM equal, with tags from a field of the CRM; who opts out on one side is opted out on both. What people open and click can be kept in fields of the contact.',
    fr: 'Maintient identiques une audience Mailchimp et les contacts de Zoho CRM, avec des tags tirés d’un champ du CRM\u00a0; qui se désabonne d’un côté l’est des deux. Ce que les gens ouvrent et cliquent peut être gardé dans des champs du contact.',
  },
  native: {
    en: 'Zoho CRM has an extension for Mailchimp (Marketplace), which exports contacts to an audience and shows campaigns; Zoho Campaigns replaces Mailchimp altogether. Use them when nothing has to come back into the CRM. This flow previews, carries opt-outs both ways, keeps tags by rule up to date and can be undone.',
    fr: 'Zoho CRM a une extension pour Mailchimp (Marketplace), qui exporte des contacts vers une audience et montre les campagnes\u00a0; Zoho Campaigns remplace Mailchimp tout à fait. Utilisez-les si rien ne doit revenir dans le CRM. Ce flux montre un aperçu, transmet les désabonnements dans les deux sens, tient les tags à jour par règle et s’annule.',
  },
  purpose: 'people',
  nativePage: 'https://www.zoho.com/crm/help/extensions/mailchimp.html',
  left: always(mailchimpMember),
  right: always(contacts),
});

import { mailchimpMember } from '../../connectors/mailchimp/member-object.ts';
import { subscriber } from '../../connectors/zoho-campaigns/subscriber-object.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { contacts, leads } from '../../connectors/zoho-crm/sync-objects.ts';
import { peopleSync } from '../people-crm/people-sync.ts';

/** Readers of a newsletter of whichever application, and contacts or leads of the CRM, with consent. */
export const newsletterCrm = peopleSync({
  id: 'newsletter-crm',
  titles: { en: 'Newsletter ↔ CRM', fr: 'Lettre d’information ↔ CRM' },
  direction: {
    en: 'Puts the contacts or leads of Zoho CRM that you choose by a filter into a mailing list (Zoho Campaigns, Mailchimp) and keeps what is known of them equal; who opts out on one side is opted out on both, and is never subscribed again by Liaison.',
    fr: 'Met les contacts ou prospects de Zoho CRM, choisis par un filtre, dans une liste de diffusion (Zoho Campaigns, Mailchimp) et maintient identique ce que l’on sait d’eux\u00a0; qui se désabonne d’un côté l’est des deux, et n’est jamais réabonné par Liaison.',
  },
  native: {
    en: 'Zoho Campaigns has a sync of its own with Zoho CRM (Contacts › Sync Services), which puts leads, contacts or a view of them into a list, at once or daily. Use it when that one way is enough: opt-outs come back to the CRM only if that is switched on there, and its help names no bounces. This flow carries both back, keeps apart whoever opted out anywhere, one by one and with the reason, works the same with Mailchimp, and shows a preview, a history and what was left out.',
    fr: 'Zoho Campaigns a sa propre synchronisation avec Zoho CRM (Contacts › Services de synchronisation), qui met prospects, contacts ou une vue dans une liste, aussitôt ou chaque jour. Utilisez-la si ce seul sens suffit\u00a0: les désabonnements ne reviennent dans le CRM que si on l’y active, et son aide ne parle pas des adresses en erreur. Ce flux rapporte les deux, écarte qui s’est opposé où que ce soit, un par un et avec la raison, marche de même avec Mailchimp, et montre un aperçu, un historique et qui a été laissé de côté.',
  },
  nativePage: 'https://www.zoho.com/campaigns/newhelp/crm/configure-sync-settings.html',
  purpose: 'people',
  left: {
    role: { offers: 'newsletter', titles: { en: 'Newsletter', fr: 'Lettre d’information' } },
    objects: [subscriber, mailchimpMember],
  },
  right: { role: { connector: zohoCrm.id }, objects: [contacts, leads] },
});

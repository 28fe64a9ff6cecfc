import { CHAT_FIELDS } from '../../core/chat/chat-filter.ts';
import { portalSetting } from '../../core/chat/portal-setting.ts';
import { defineAutomation } from '../../core/flow.ts';
import { type Settings, settings } from './settings.ts';
import { steps } from './steps.ts';
import { takeChat } from './take-chat.ts';
import { chatTrial } from './try-chat.ts';

/** Chats with visitors of the site, in the CRM: a note on whoever wrote, and whom they are talking to for the operator. */
export const chatNotes = defineAutomation({
  kind: 'automation',
  id: 'chat-notes',
  purpose: 'leads',
  titles: { en: 'Chats of the site as notes', fr: 'Chats du site en notes' },
  direction: {
    en: 'When a chat of the site ends, Zoho CRM gets it as one note on the visitor’s contact or lead; who is found nowhere becomes a lead, as you choose. When one begins, the operator sees who is writing.',
    fr: 'Quand un chat du site se termine, Zoho CRM le reçoit en une note sur le contact ou prospect du visiteur\u00a0; qui n’est trouvé nulle part devient un prospect, si vous le voulez. Quand un chat commence, l’opérateur voit qui écrit.',
  },
  native: {
    en: 'Zoho SalesIQ can add visitors to Zoho CRM and put chats on their records by itself. Use it when one portal, one CRM and its own rules for new leads are enough: this flow finds contacts and leads before it makes any, writes one note that follows a chat which goes on or is rated, and shows in the log what became of each chat.',
    fr: 'Zoho SalesIQ sait ajouter les visiteurs à Zoho CRM et déposer les chats sur leurs fiches. Utilisez-le si un portail, un CRM et ses propres règles pour les nouveaux prospects suffisent\u00a0: ce flux cherche contacts et prospects avant d’en créer, écrit une seule note qui suit un chat repris ou évalué, et montre dans le journal ce que devient chaque chat.',
  },
  roles: { source: { offers: 'chats' }, target: { connector: 'zoho-crm' } },
  settings,
  vendorSettings: { portal: portalSetting<Settings>('source') },
  trigger: {
    kind: 'offered',
    role: 'source',
    about: 'portal',
    hearsAnswers: (given) => (given as Settings).tell,
  },
  // They are not counted: what was said before it was turned on is none of its business.
  filter: { fields: async () => CHAT_FIELDS },
  trial: chatTrial,
  steps,
  run: takeChat,
});

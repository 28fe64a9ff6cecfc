import { defineAutomation } from '../../core/flow.ts';
import { followConversation } from './follow-conversation.ts';
import { settings } from './settings.ts';
import { steps } from './steps.ts';
import { conversationTrial } from './try-conversation.ts';

/** Mails of the conversations that a person chose, logged by themselves. */
export const conversationToCrm = defineAutomation({
  kind: 'automation',
  id: 'conversation-to-crm',
  purpose: 'mail',
  titles: { en: 'Conversations logged by themselves', fr: 'Conversations enregistrées d’elles-mêmes' },
  direction: {
    en: 'What comes and goes in a conversation that somebody chose in Outlook is put on the record of their choice in Zoho CRM. Mails between colleagues, and those of private folders, never are.',
    fr: 'Ce qui arrive et part dans une conversation choisie dans Outlook est mis sur la fiche voulue de Zoho CRM. Les e-mails entre collègues et ceux des dossiers privés ne le sont jamais.',
  },
  native: {
    en: 'Zoho CRM’s own e-mail integration (IMAP or Microsoft) shows every mail of a connected mailbox on the record of its sender. Use it when all that a person writes with customers may be seen in the CRM: a conversation alone, or a deal in place of a contact, cannot be chosen there, and files stay in the mailbox.',
    fr: 'L’intégration e-mail de Zoho CRM (IMAP ou Microsoft) affiche chaque e-mail d’une boîte connectée sur la fiche de son expéditeur. Utilisez-la si tout ce qu’une personne écrit à des clients peut être vu dans le CRM\u00a0: on n’y choisit ni une conversation seule, ni une affaire plutôt qu’un contact, et les fichiers restent dans la boîte.',
  },
  roles: { source: { offers: 'mails' }, target: { connector: 'zoho-crm' } },
  settings,
  chosenFirst: true,
  trigger: { kind: 'offered', role: 'source' },
  trial: conversationTrial,
  steps,
  run: followConversation,
});

import type { Sentence } from '../../server/core/sentence.ts';

/** What Outlook shows of Liaison before a page of it is open. Lengths are those of Microsoft's schemas. */
export const MANIFEST_TEXTS = {
  name: { en: 'Liaison', fr: 'Liaison' },
  fullName: { en: 'Liaison: Zoho CRM beside the mail', fr: 'Liaison\u00a0: Zoho CRM à côté du message' },
  /** At most 80 characters. */
  short: {
    en: 'Who writes, in Zoho CRM, beside the mail; and the mail logged on the record.',
    fr: 'Qui écrit, dans Zoho CRM, à côté du message, et le message classé à la fiche.',
  },
  full: {
    en: 'Shows beside a mail who its sender is in Zoho CRM, with their account, open deals and last notes. Makes a lead or a contact of a stranger, logs mails with their attachments on contacts and deals, and inserts a contact or the link of a deal into what you write. People sign in with Zoho.',
    fr: 'Montre à côté d’un message qui est son expéditeur dans Zoho CRM, avec son compte, ses affaires en cours et les dernières notes. Fait d’un inconnu une piste ou un contact, classe les messages et leurs pièces jointes aux contacts et aux affaires, et insère un contact ou le lien d’une affaire dans ce que vous écrivez. On s’y connecte avec Zoho.',
  },
  group: { en: 'Liaison', fr: 'Liaison' },
  button: { en: 'Liaison', fr: 'Liaison' },
  tipTitle: { en: 'The CRM beside the mail', fr: 'Le CRM à côté du message' },
  tip: {
    en: 'Opens the pane: who this is in Zoho CRM, and what can be done with this mail.',
    fr: 'Ouvre le volet\u00a0: qui est cette personne dans Zoho CRM, et ce que l’on peut faire de ce message.',
  },
} as const satisfies Record<string, Sentence>;

import { defineAutomation } from '../../core/flow.ts';
import { askedMail } from '../../core/mail/asked-mail.ts';
import { logMail } from './log-mail.ts';
import { settings } from './settings.ts';
import { steps } from './steps.ts';
import { mailTrial } from './try-mail.ts';

/** Mails that people have logged from their mail program, on records of the CRM. */
export const mailToCrm = defineAutomation({
  kind: 'automation',
  id: 'mail-to-crm',
  purpose: 'mail',
  titles: { en: 'E-mails logged in the CRM', fr: 'E-mails enregistrés dans le CRM' },
  direction: {
    en: 'An e-mail that somebody logs from Outlook is put on the contact, lead or deal of their choice in Zoho CRM, with its attachments, once.',
    fr: 'Un e-mail que quelqu’un enregistre depuis Outlook est mis sur le contact, le prospect ou l’affaire de son choix dans Zoho CRM, avec ses pièces jointes, une fois.',
  },
  native: {
    en: 'Zoho CRM for Outlook, Zoho’s own add-in, adds e-mails to contacts and leads from a pane of its own, and Zoho’s IMAP integration shows every mail of a connected mailbox on the record of its sender. Use them when each person’s whole mailbox may be seen in the CRM, and when nothing else is to stand beside a mail: which attachments were left out, and what failed and can be taken up again, they do not tell.',
    fr: 'Zoho CRM for Outlook, le complément de Zoho, ajoute les e-mails aux contacts et prospects depuis son propre volet, et l’intégration IMAP de Zoho affiche chaque e-mail d’une boîte connectée sur la fiche de son expéditeur. Utilisez-les si toute la boîte de chacun peut être vue dans le CRM et si rien d’autre ne doit accompagner un e-mail\u00a0: quelles pièces jointes ont été laissées de côté, ce qui a échoué et peut être repris, ils ne le disent pas.',
  },
  roles: { target: { connector: 'zoho-crm' } },
  settings,
  trigger: {
    kind: 'asked',
    wish: 'log-mail',
    connector: 'zoho-crm',
    when: {
      en: 'When somebody logs an e-mail from Outlook.',
      fr: 'Quand quelqu’un enregistre un e-mail depuis Outlook.',
    },
    record: ({ body }) => {
      const { module, record } = askedMail(body);
      return { object: OBJECTS[module] ?? 'zohoCrm.contacts', id: record };
    },
  },
  trial: mailTrial,
  steps,
  run: logMail,
});

/** Of the modules on whose records mails are logged. */
const OBJECTS: Readonly<Record<string, string>> = {
  Contacts: 'zohoCrm.contacts',
  Leads: 'zohoCrm.leads',
  Accounts: 'zohoCrm.accounts',
  Deals: 'zohoCrm.deals',
};

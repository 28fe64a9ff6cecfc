import { announcing } from './announcement.ts';
import { readSettings, settings } from './settings.ts';

/** Records of any module of the CRM, announced in any application that offers messages. */
export const announce = announcing({
  id: 'announce',
  titles: { en: 'Announcements', fr: 'Annonces' },
  direction: {
    en: 'When a record of Zoho CRM is created, changed, or reaches a stage, a message is posted where you choose.',
    fr: 'Quand une fiche de Zoho CRM est créée, modifiée ou atteint une étape, un message est publié où vous voulez.',
  },
  native: {
    en: 'Zoho CRM posts to Zoho Cliq by a workflow rule and has extensions for Slack and Microsoft Teams, with fixed messages; Zoho Flow has actions that post messages. Use them when the wording does not matter and a doubled message now and then is fine.',
    fr: 'Zoho CRM publie dans Zoho Cliq par une règle de workflow et a des extensions pour Slack et Microsoft Teams, aux messages figés\u00a0; Zoho Flow a des actions qui publient des messages. Utilisez-les si le texte importe peu et si un doublon occasionnel ne gêne pas.',
  },
  nativePage:
    'https://help.zoho.com/portal/en/kb/crm/automate-business-processes/workflow-management/articles/automating-workflows',
  target: { offers: 'messages' },
  settings,
  read: readSettings,
  names: { module: 'module', when: 'when', stage: 'stage', place: 'place', template: 'template' },
  reading: { name: 'record', titles: { en: 'Read the record', fr: 'Lire la fiche' } },
});

import { defineAutomation } from '../../core/flow.ts';
import { formFilter } from './form-filter.ts';
import { columns, crmFields, form, momentFields, question } from './setting-sources.ts';
import { settings } from './settings.ts';
import { steps } from './steps.ts';
import { takeAnswer } from './take-answer.ts';
import { answerTrial } from './try-answer.ts';

export const formAnswers = defineAutomation({
  kind: 'automation',
  id: 'form-answers',
  purpose: 'leads',
  titles: {
    en: 'Form answers to leads and contacts',
    fr: 'Réponses de formulaire vers prospects et contacts',
  },
  direction: {
    en: 'When somebody answers a form, Zoho CRM gets the person: the contact or lead that is there is completed, or one is created, with the whole answer as a note, its files, where it came from, and the consent with its time.',
    fr: 'Quand quelqu’un répond à un formulaire, Zoho CRM reçoit la personne\u00a0: le contact ou prospect déjà là est complété, sinon créé, avec toute la réponse en note, ses fichiers, sa provenance, et le consentement avec son moment.',
  },
  native: {
    en: 'Zoho Forms writes into Zoho CRM by itself, with files and subforms: use it when all your forms are made there and each answer may become a record. This flow takes forms of any tool, finds the contact or lead before it creates one, and shows in the log what became of each answer.',
    fr: 'Zoho Forms écrit lui-même dans Zoho CRM, avec fichiers et sous-formulaires\u00a0: utilisez-le si tous vos formulaires y sont faits et que chaque réponse peut devenir une fiche. Ce flux prend les formulaires de n’importe quel outil, retrouve le contact ou prospect avant d’en créer un, et montre dans le journal ce que devient chaque réponse.',
  },
  nativePage: 'https://www.zoho.com/forms/help/integrations/zoho-crm.html',
  roles: { source: { offers: 'forms' }, target: { connector: 'zoho-crm' } },
  settings,
  vendorSettings: {
    form,
    columns,
    'columns.header': question,
    'columns.field': crmFields,
    consent: question,
    consentAt: momentFields,
    fileAddress: question,
    honeypot: question,
  },
  trigger: { kind: 'offered', role: 'source', about: 'form' },
  filter: formFilter,
  trial: answerTrial,
  steps,
  run: takeAnswer,
});

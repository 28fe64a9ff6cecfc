import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

const crm = 'zoho-crm';
const chat = 'source';

/** Their names are in the log for ever. */
export const steps = {
  chat: { titles: { en: 'Read the chat', fr: 'Lire le chat' }, role: chat, effect: 'read' },
  who: {
    titles: { en: 'Look up who writes', fr: 'Chercher qui écrit' },
    connector: crm,
    effect: 'read',
  },
  tell: {
    titles: { en: 'Tell the operator who writes', fr: 'Dire à l’opérateur qui écrit' },
    role: chat,
    effect: 'keyed',
  },
  said: { titles: { en: 'Read what was said', fr: 'Lire ce qui a été dit' }, role: chat, effect: 'read' },
  rating: { titles: { en: 'Read the rating', fr: 'Lire l’évaluation' }, role: chat, effect: 'read' },
  look: {
    titles: { en: 'Look for the visitor', fr: 'Chercher le visiteur' },
    connector: crm,
    effect: 'read',
  },
  fields: {
    titles: { en: 'Read what the fields take', fr: 'Lire ce que les champs acceptent' },
    connector: crm,
    effect: 'read',
  },
  upsert: {
    titles: {
      en: 'Create the record, or find the one with this e-mail',
      fr: 'Créer la fiche, ou retrouver celle qui a cet e-mail',
    },
    connector: crm,
    effect: 'keyed',
  },
  create: {
    titles: { en: 'Create the record (no e-mail)', fr: 'Créer la fiche (sans e-mail)' },
    connector: crm,
    effect: 'lookup',
  },
  note: {
    titles: { en: 'Add the chat as a note', fr: 'Ajouter le chat en note' },
    connector: crm,
    effect: 'lookup',
  },
  rewrite: {
    titles: { en: 'Write the note anew', fr: 'Réécrire la note' },
    connector: crm,
    effect: 'keyed',
  },
} as const satisfies Readonly<Record<string, StepDeclaration>>;

export type Step = keyof typeof steps;
export type Context = RunContext<Settings, Step>;

import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

const connector = 'zoho-crm';

export const steps = {
  look: {
    titles: { en: 'Look for the person', fr: 'Chercher la personne' },
    connector,
    effect: 'read',
  },
  fields: {
    titles: { en: 'Read what the fields take', fr: 'Lire ce que les champs acceptent' },
    connector,
    effect: 'read',
  },
  update: {
    titles: { en: 'Complete the record that is there', fr: 'Compléter la fiche déjà là' },
    connector,
    effect: 'keyed',
  },
  upsert: {
    titles: {
      en: 'Create the record, or update the one with this e-mail',
      fr: 'Créer la fiche, ou mettre à jour celle qui a cet e-mail',
    },
    connector,
    effect: 'keyed',
  },
  create: {
    titles: { en: 'Create the record (no e-mail)', fr: 'Créer la fiche (sans e-mail)' },
    connector,
    effect: 'lookup',
  },
  there: {
    titles: { en: 'See which files are there', fr: 'Voir quels fichiers y sont' },
    connector,
    effect: 'read',
  },
  file: {
    titles: { en: 'Attach a file', fr: 'Joindre un fichier' },
    connector,
    effect: 'lookup',
  },
  note: {
    titles: { en: 'Add the answer as a note', fr: 'Ajouter la réponse en note' },
    connector,
    effect: 'lookup',
  },
} as const satisfies Readonly<Record<string, StepDeclaration>>;

export type Step = keyof typeof steps;
export type Context = RunContext<Settings, Step>;

import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

const crm = { connector: 'zoho-crm', effect: 'read' } as const;
const seen = { connector: 'notion', effect: 'read' } as const;
const keyed = { connector: 'notion', effect: 'keyed' } as const;
const lookup = { connector: 'notion', effect: 'lookup' } as const;

/** Their names are in the log for ever. */
export const steps = {
  record: { titles: { en: 'Read the record', fr: 'Lire la fiche' }, ...crm },
  fields: { titles: { en: 'See what its fields hold', fr: 'Voir ce que contiennent ses champs' }, ...crm },
  schema: { titles: { en: 'See the database’s properties', fr: 'Voir les propriétés de la base' }, ...seen },
  property: {
    titles: { en: 'Make the property for the id', fr: 'Créer la propriété de l’identifiant' },
    ...keyed,
  },
  seen: { titles: { en: 'See its page', fr: 'Voir sa page' }, ...seen },
  found: { titles: { en: 'Look for a page of it', fr: 'Chercher une page pour elle' }, ...seen },
  values: {
    titles: { en: 'Find people and related pages', fr: 'Trouver les personnes et les pages liées' },
    ...seen,
  },
  page: { titles: { en: 'Make the page', fr: 'Créer la page' }, ...lookup },
  body: { titles: { en: 'Write the rest of its text', fr: 'Écrire la suite de son texte' }, ...lookup },
  change: { titles: { en: 'Update the page', fr: 'Mettre à jour la page' }, ...keyed },
  restore: {
    titles: { en: 'Take the page out of the trash', fr: 'Sortir la page de la corbeille' },
    ...keyed,
  },
  trash: { titles: { en: 'Put the page into the trash', fr: 'Mettre la page à la corbeille' }, ...lookup },
} as const satisfies Readonly<Record<string, StepDeclaration>>;

export type Step = keyof typeof steps;
export type Context = RunContext<Settings, Step>;

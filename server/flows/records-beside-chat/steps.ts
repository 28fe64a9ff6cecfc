import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

const crm = { connector: 'zoho-crm', effect: 'read' } as const;

/** Their names are in the log for ever. */
export const steps = {
  record: { titles: { en: 'Read the record', fr: 'Lire la fiche' }, ...crm },
  person: { titles: { en: 'Read the deal’s contact', fr: 'Lire le contact de l’affaire' }, ...crm },
  tell: {
    titles: { en: 'Tell the operators', fr: 'Dire aux opérateurs' },
    role: 'target',
    effect: 'keyed',
  },
} as const satisfies Readonly<Record<string, StepDeclaration>>;

export type Step = keyof typeof steps;
export type Context = RunContext<Settings, Step>;

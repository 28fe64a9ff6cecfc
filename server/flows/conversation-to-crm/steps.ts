import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import { steps as putSteps } from '../mail-to-crm/steps.ts';
import type { Settings } from './settings.ts';

export const steps = {
  head: {
    titles: { en: 'See which conversation it is of', fr: 'Voir de quelle conversation il est' },
    role: 'source',
    effect: 'read',
  },
  folders: {
    titles: { en: 'See in which folder it lies', fr: 'Voir dans quel dossier il se trouve' },
    role: 'source',
    effect: 'read',
  },
  circle: {
    titles: { en: 'See who takes part in it', fr: 'Voir qui y prend part' },
    role: 'source',
    effect: 'read',
  },
  staff: {
    titles: { en: 'See who are colleagues', fr: 'Voir qui sont des collègues' },
    connector: 'zoho-crm',
    effect: 'read',
  },
  whole: { titles: { en: 'Read the mail', fr: 'Lire l’e-mail' }, role: 'source', effect: 'read' },
  ...putSteps,
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;

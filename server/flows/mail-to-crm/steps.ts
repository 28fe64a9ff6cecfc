import type { RunContext, StepDeclaration } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

export const steps = {
  known: {
    titles: { en: 'See whether the mail is there', fr: 'Voir si l’e-mail y est déjà' },
    connector: 'zoho-crm',
    effect: 'read',
  },
  // A file that no mail names is seen nowhere: one that is sent again changes nothing.
  file: {
    titles: { en: 'Send an attachment', fr: 'Envoyer une pièce jointe' },
    connector: 'zoho-crm',
    effect: 'keyed',
  },
  mail: {
    titles: { en: 'Put the mail on the record', fr: 'Mettre l’e-mail sur la fiche' },
    connector: 'zoho-crm',
    effect: 'lookup',
  },
} as const satisfies Record<string, StepDeclaration>;

export type Context = RunContext<Settings, keyof typeof steps>;

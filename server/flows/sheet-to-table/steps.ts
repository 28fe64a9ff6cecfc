import type { StepDeclaration } from '../../core/flow.ts';

export type Step =
  | 'sheet'
  | 'table'
  | 'make'
  | 'column'
  | 'columns'
  | 'send'
  | 'result'
  | 'take-out'
  | 'again';

export const steps: Readonly<Record<Step, StepDeclaration>> = {
  sheet: {
    titles: { en: 'Read the columns of the sheet', fr: 'Lire les colonnes du tableur' },
    connector: 'google-sheets',
    effect: 'read',
  },
  table: {
    titles: { en: 'Look for the table', fr: 'Chercher la table' },
    connector: 'zoho-analytics',
    effect: 'read',
  },
  make: {
    titles: { en: 'Make the table', fr: 'Créer la table' },
    connector: 'zoho-analytics',
    effect: 'lookup',
  },
  column: {
    titles: { en: 'Add a column to the table', fr: 'Ajouter une colonne à la table' },
    connector: 'zoho-analytics',
    effect: 'lookup',
  },
  columns: {
    titles: { en: 'Read the columns of the table', fr: 'Lire les colonnes de la table' },
    connector: 'zoho-analytics',
    effect: 'read',
  },
  send: {
    titles: { en: 'Read a lot of rows and send it', fr: 'Lire un lot de lignes et l’envoyer' },
    connector: 'zoho-analytics',
    effect: 'lookup',
  },
  result: {
    titles: { en: 'See what became of a lot', fr: 'Voir ce qu’un lot est devenu' },
    connector: 'zoho-analytics',
    effect: 'read',
  },
  'take-out': {
    titles: {
      en: 'Take out rows that an earlier try added and the sheet no longer has',
      fr: 'Retirer les lignes ajoutées par un essai précédent et que le tableur n’a plus',
    },
    connector: 'zoho-analytics',
    effect: 'keyed',
  },
  again: {
    titles: { en: 'Read a row again that was set aside', fr: 'Relire une ligne mise de côté' },
    connector: 'google-sheets',
    effect: 'read',
  },
};

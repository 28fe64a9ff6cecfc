import type { OAuthAuthorisation } from '../../core/connector.ts';

const needs = (scope: string, en: string, fr: string): OAuthAuthorisation['scopes'][number] => ({
  scope: `ZohoAnalytics.${scope}`,
  reason: { en, fr },
});

/** What the connector uses, and why: shown before an admin consents. */
export const scopes: OAuthAuthorisation['scopes'] = [
  needs(
    'metadata.read',
    'Offer your workspaces and tables to choose from, and read their columns.',
    'Proposer vos espaces et vos tables au choix, et lire leurs colonnes.',
  ),
  needs('modeling.create', 'Make a table that is new.', 'Créer une nouvelle table.'),
  needs('data.create', 'Import rows into the table.', 'Importer des lignes dans la table.'),
  needs(
    'data.delete',
    'Take out rows that Liaison itself added, where an import began anew and the sheet no longer has them.',
    'Retirer les lignes que Liaison a lui-même ajoutées, quand un import a recommencé et que le tableur ne les a plus.',
  ),
];

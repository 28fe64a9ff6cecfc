import { integrationTitle } from '../core/integration-title.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Sql } from '../store/database.ts';
import { integrationNames } from '../store/integrations.ts';

/** What an organisation's integration is called; one that nobody knows by its id. */
export type TitlesOf = (organisationId: string, integration: string) => Sentence;

/** The names of all integrations, as they are now. */
export async function integrationTitles(
  sql: Sql,
  declared: ReadonlyMap<string, { readonly titles: Sentence }>,
): Promise<TitlesOf> {
  const rows = await integrationNames(sql);
  const titles = new Map(
    rows.map((row) => [`${row.organisationId} ${row.id}`, integrationTitle(row, declared)] as const),
  );
  return (organisationId, integration) =>
    titles.get(`${organisationId} ${integration}`) ??
    integrationTitle({ flow: integration, name: null }, declared);
}

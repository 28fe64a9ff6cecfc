import { integrationTitle } from '../../core/integration-title.ts';
import type { Sentence } from '../../core/sentence.ts';
import { copyIntegration } from '../../store/copy-integration.ts';
import type { Database } from '../../store/database.ts';
import type { IntegrationKey } from '../../store/integrations.ts';
import { integrationById, integrationMadeBy, integrationsOf, lockNames } from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { checkName, copyName } from './integration-names.ts';
import { ONE_UNDER_TEMPLATE, refuseAll } from './integration-refusals.ts';

export interface CopyParts {
  readonly database: Database;
  readonly titles: ReadonlyMap<string, { readonly titles: Sentence }>;
  readonly newId: () => string;
}

/**
 * Sets an integration up as another one is set, off, under another name.
 *
 * @param name null: one that says that it is a copy.
 * @param onceBy names the copying: repeated with the same, it makes nothing more.
 * @returns the copy's id; null: there is nothing to copy.
 */
export async function storedCopy(
  { database, titles, newId }: CopyParts,
  key: IntegrationKey,
  name: string | null,
  onceBy: string | null,
): Promise<string | null> {
  const { organisationId, integration } = key;
  const made = onceBy === null ? null : await integrationMadeBy(database, organisationId, onceBy);
  if (made !== null) return made;
  const [row, organisation] = await Promise.all([
    integrationById(database, organisationId, integration),
    organisationById(database, organisationId),
  ]);
  if (row === null) return null;
  if (row.template != null) refuseAll([ONE_UNDER_TEMPLATE]);
  const locale = organisation?.locale ?? 'en';
  const copied = await database.transaction(async (sql) => {
    await lockNames(sql, organisationId);
    const rows = await integrationsOf(sql, organisationId);
    if (name !== null) refuseAll(checkName(name, null, rows, titles));
    return copyIntegration(sql, key, {
      id: newId(),
      name: name ?? copyName(integrationTitle(row, titles), locale, rows, titles),
      madeBy: onceBy,
    });
  });
  // The very same request was faster, or the integration was deleted meanwhile.
  return copied ?? (onceBy === null ? null : integrationMadeBy(database, organisationId, onceBy));
}

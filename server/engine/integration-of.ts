import type { IntegrationRow } from '../store/integrations.ts';
import type { Account, World } from './ports.ts';

/**
 * One integration of an organisation. What is not remembered may have been made a moment ago, by another process:
 * then the database is asked.
 *
 * @returns null when there is none, or it was deleted.
 */
export async function integrationOf(
  world: Pick<World, 'integrations'>,
  organisationId: string,
  id: string,
): Promise<IntegrationRow | null> {
  const find = (rows: readonly IntegrationRow[]) => rows.find((row) => row.id === id);
  return (
    find(await world.integrations(organisationId)) ??
    find(await world.integrations(organisationId, true)) ??
    null
  );
}

/** The account that an integration uses in one of its roles. */
export const accountOf = (
  { organisationId, roles }: Pick<IntegrationRow, 'organisationId' | 'roles'>,
  role: string,
): Account => ({
  organisationId,
  connectionId: roles.find((bound) => bound.role === role)?.connectionId,
});

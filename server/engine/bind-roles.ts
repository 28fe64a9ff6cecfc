import type { Automation } from '../core/flow.ts';
import { canTake, type Roles, type Taker } from '../core/roles.ts';
import type { SyncFlow } from '../core/sync-flow.ts';
import type { Sql } from '../store/database.ts';
import { bindOpenRoles, type OpenRole, rebindRoles } from '../store/integration-roles.ts';

/** The roles of everything that is offered, by the flow's id. */
export function offeredRoles(
  flows: ReadonlyMap<string, Pick<Automation, 'roles'>>,
  syncs: ReadonlyMap<string, Pick<SyncFlow, 'roles'>>,
): ReadonlyMap<string, Roles> {
  return new Map([...flows, ...syncs].map(([id, { roles }]) => [id, roles] as const));
}

/**
 * Gives roles their accounts: those that were connected again take the roles that they had, and an organisation's
 * only account that can takes those that nobody chose one for. Safe to repeat.
 *
 * @param organisationId absent: of every organisation.
 */
export async function bindAccounts(
  sql: Sql,
  offered: ReadonlyMap<string, Roles>,
  connectors: ReadonlyMap<string, Taker>,
  organisationId?: string,
): Promise<void> {
  const open = new Map<string, readonly OpenRole[]>(
    [...offered].map(([flow, roles]) => [
      flow,
      Object.entries(roles).flatMap(([role, declared]) =>
        [...connectors.values()]
          .filter((one) => canTake(declared, one))
          .map(({ id: connector }) => ({ role, connector })),
      ),
    ]),
  );
  await rebindRoles(sql, organisationId);
  await bindOpenRoles(sql, open, organisationId);
}

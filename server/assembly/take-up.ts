import type { ConnectDeps } from '../connect/deps.ts';
import { looksAround } from '../core/trigger-of.ts';
import { bindAccounts, offeredRoles } from '../engine/bind-roles.ts';
import { flows, syncs } from '../flows/index.ts';
import type { SandboxHost } from '../sandbox/host.ts';
import { setUpSandbox } from '../sandbox/set-up.ts';
import { reviveConnections } from '../store/connections.ts';
import { ensureCursors } from '../store/cursors.ts';
import { OWN_REGISTRATION } from '../vault/token-failure.ts';
import { underSetUpLock } from './set-up-lock.ts';
import type { Work } from './work.ts';

/**
 * Takes up what the last process left, and on the sandbox's first start connects its accounts.
 *
 * @returns the id of the sandbox's organisation; null in production.
 */
export async function takeUp(
  connect: ConnectDeps,
  sandbox: SandboxHost | null,
  { connected, directory, money }: Work,
): Promise<string | null> {
  const { database, connectors } = connect;
  // This process may have been given another registration at a vendor than the last one had.
  for (const organisationId of await reviveConnections(database, [...OWN_REGISTRATION])) {
    await connected(organisationId);
  }
  const sandboxOrganisation =
    sandbox === null ? null : await underSetUpLock(database, () => setUpSandbox(connect, flows, syncs));
  await bindAccounts(database, offeredRoles(flows, syncs), connectors);
  await ensureCursors(
    database,
    [...flows.values()].filter(looksAround).map(({ id }) => id),
  );
  const begunTwice = [...flows.values()].filter(({ second }) => second !== undefined).map(({ id }) => id);
  await ensureCursors(database, begunTwice, 'second');
  directory.forget();
  // Shown from the first page on; the others’ are kept by the first round.
  if (sandboxOrganisation !== null) await money.keepPairs(sandboxOrganisation);
  return sandboxOrganisation;
}

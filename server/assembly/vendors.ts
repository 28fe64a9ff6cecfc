import { randomBytes, randomUUID } from 'node:crypto';
import type { ConnectDeps } from '../connect/deps.ts';
import { connectors as registry } from '../connectors/index.ts';
import type { Connector } from '../core/connector.ts';
import type { SandboxHost } from '../sandbox/host.ts';
import { sandboxKeys } from '../vault/key-file.ts';
import { parseKeyring } from '../vault/keyring.ts';
import { openVault } from '../vault/vault.ts';
import type { Beginning } from './beginning.ts';
import type { Ground } from './ground.ts';
import { openWayOut } from './way-out.ts';

/** Opens the vault and the way out: what is needed to connect an account and to call a vendor. */
export async function openVendors(
  { config, log, stops }: Beginning,
  { database, dataFolder, publicUrl, clock, onError }: Ground,
  sandbox: SandboxHost | null,
): Promise<ConnectDeps> {
  // Calls are spaced out as vendors ask; where the sandbox's limits are relaxed nobody asks.
  const keepsBudgets = config.mode === 'production' || config.sandboxLimits === 'real';
  const connectors: ReadonlyMap<string, Connector> = new Map(
    registry.map((one) => [one.id, keepsBudgets ? one : { ...one, budgets: [] }]),
  );
  const keyring = parseKeyring(
    config.mode === 'production' ? (config.key ?? '') : await sandboxKeys(dataFolder, config.key),
  );
  const vault = await openVault(database, keyring);
  const { oauthClient } = config;
  const sandboxUrl = sandbox?.url ?? null;
  const out = { database, vault, connectors, oauthClient, sandboxUrl, clock: clock.now, log, onError, stops };
  const { door, outbound } = openWayOut(out);
  return {
    database,
    vault,
    door,
    outbound,
    connectors,
    oauthClient,
    publicUrl,
    clock: clock.now,
    randomBytes,
    randomUUID,
    log,
  };
}

import type { Connector } from '../core/connector.ts';
import type { Log } from '../core/log.ts';
import type { Door } from '../outbound/door.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { Database } from '../store/database.ts';
import type { FindClient } from '../vault/registration.ts';
import type { Vault } from '../vault/vault.ts';

/** What connecting needs of the rest of the server. */
export interface ConnectDeps {
  readonly database: Database;
  readonly vault: Vault;
  readonly door: Door;
  readonly outbound: Outbound;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Liaison's registration of a name at a vendor; null when this server was not told. */
  readonly oauthClient: FindClient;
  /** Where vendors and browsers reach this server, without a trailing slash. */
  readonly publicUrl: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly randomBytes: (size: number) => Buffer;
  readonly randomUUID: () => string;
  readonly log: Log;
}

/** Where vendors send the browser back to: registered with each of them. */
export function redirectUri(deps: Pick<ConnectDeps, 'publicUrl'>): string {
  return `${deps.publicUrl}/oauth/callback`;
}

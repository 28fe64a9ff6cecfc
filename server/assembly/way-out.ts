import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Connector } from '../core/connector.ts';
import { parseBody } from '../engine/event-body.ts';
import { announce } from '../engine/notify.ts';
import { createDoor, type Door } from '../outbound/door.ts';
import { createHealth } from '../outbound/health.ts';
import { createOutbound, type Outbound } from '../outbound/outbound.ts';
import { markReconnect } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { markGrantReconnect } from '../store/grants.ts';
import { receivedBy } from '../store/received.ts';
import { createTokens } from '../vault/tokens.ts';
import type { Vault } from '../vault/vault.ts';
import type { StopList } from './stop-list.ts';

/** How long what is known of connections gathers before it is stored. */
const HEALTH_EVERY_MS = 2_000;

export interface WayOutParts extends Pick<Config, 'oauthClient'> {
  readonly database: Database;
  readonly vault: Vault;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Null: vendors themselves are reached. */
  readonly sandboxUrl: string | null;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly log: Logger;
  readonly onError: (error: unknown) => void;
  readonly stops: StopList;
}

/** The only way out, with tokens that are fresh and a note of how each call went. */
export function openWayOut(parts: WayOutParts): { door: Door; outbound: Outbound } {
  const { database, vault, connectors, oauthClient, clock, log, onError, stops } = parts;
  const door = createDoor({ sandboxUrl: parts.sandboxUrl });
  stops.add(async () => door.close());
  const health = createHealth({
    database,
    clock,
    later: (work) => void setTimeout(work, HEALTH_EVERY_MS).unref(),
    onError,
  });
  stops.add(() => health.flush());
  const tokens = createTokens({ database, vault, door, connectors, oauthClient, clock, log });
  const outbound = createOutbound({
    door,
    tokens,
    clock,
    log,
    onOutcome: health.note,
    async received({ id }, most) {
      const rows = await receivedBy(database, id, most);
      return rows.map(({ contentType, body, ...row }) => ({ ...row, body: parseBody(contentType, body) }));
    },
    async onReconnect({ id, grantId }, _error, lost) {
      const isNews =
        lost === 'grant' ? await markGrantReconnect(database, grantId) : await markReconnect(database, id);
      if (isNews) await announce(database, 'directory');
    },
  });
  return { door, outbound };
}

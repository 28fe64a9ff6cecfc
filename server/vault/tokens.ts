import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connector } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import { failureSentence } from '../core/failure-sentences.ts';
import type { Log } from '../core/log.ts';
import { clientOfGrant, type FindClient } from '../core/registration.ts';
import { DEFAULT_TIMEOUT_MS, type Door } from '../outbound/door.ts';
import type { TokenSource } from '../outbound/outbound.ts';
import type { ConnectionRow } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { passingFailure } from '../store/database-failure.ts';
import { extendLease, type Lease, releaseLease } from '../store/secret-leases.ts';
import { noteRest, type RefreshLimit } from '../store/token-refreshes.ts';
import { claimRefresh, noteIfAllowed } from './refresh-claim.ts';
import { createTokenEndpoint, type Issuer, type TokenGrant } from './token-endpoint.ts';
import { notRegistered } from './token-failure.ts';
import { isDue, KEY, readTokens, type StoredTokens, TOKENS, writeTokens } from './tokens-text.ts';
import { grantOf, type Vault } from './vault.ts';

export interface TokensDeps {
  readonly database: Database;
  readonly vault: Vault;
  readonly door: Door;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Liaison's registration of this name at a vendor; null when this server was not told. */
  readonly oauthClient: FindClient;
  /** Epoch milliseconds: only for telling when to come back. Leases and expiry go by the database's. */
  readonly clock: () => number;
  readonly log: Log;
  readonly timing?: Partial<TokensTiming>;
}

export interface TokensTiming {
  /** Of the request to the vendor. */
  readonly timeoutMs: number;
  /**
   * Longer than the request, so that a process that died in mid-refresh is followed by another only when
   * its request can no longer be under way. Extended while the refresh goes on.
   */
  readonly leaseMs: number;
  /** Between two looks at what another process refreshes. */
  readonly pollMs: number;
  /** How long a caller waits for another process at most. */
  readonly patienceMs: number;
}

const TIMING: TokensTiming = {
  timeoutMs: DEFAULT_TIMEOUT_MS,
  leaseMs: DEFAULT_TIMEOUT_MS + 15_000,
  pollMs: 100,
  patienceMs: 2 * DEFAULT_TIMEOUT_MS + 30_000,
};

/** New tokens that the database does not take are kept for so long: the old ones may be worthless. */
const KEPT_FOR_MS = 15 * 60_000;
const LONGEST_PAUSE_MS = 2_000;

// A request reaches the vendor up to this much after it was noted, so windows are counted so much longer.
const LIMIT_MARGIN_MS = DEFAULT_TIMEOUT_MS;

interface Held {
  readonly tokens: StoredTokens;
  readonly version: number;
  readonly remainingMs: number | null;
  readonly grantState: ConnectionRow['state'];
}

/**
 * Gives out access tokens, and refreshes them: one refresh at a time per grant, over all processes and over all
 * connections that stand on it.
 */
export function createTokens(deps: TokensDeps): TokenSource {
  const timing = { ...TIMING, ...deps.timing };
  const endpoint = createTokenEndpoint({ door: deps.door, clock: deps.clock, timeoutMs: timing.timeoutMs });
  const readSecret = deps.vault.reader(deps.database);
  const flights = new Map<string, Promise<string>>();
  /** One refresh at a time: a lease that still stands under this name was let go by an answer that got lost. */
  const owner = randomUUID();
  /** Where the vendor named a time and declares no limit: by grant, in milliseconds of `performance.now`. */
  const resting = new Map<string, number>();

  function connectorOf(connection: ConnectionRow): Connector {
    const connector = deps.connectors.get(connection.connector);
    if (connector === undefined) throw new Error(`no connector is called ${connection.connector}`);
    return connector;
  }

  function reconnect(connection: ConnectionRow): LiaisonError {
    return new LiaisonError('reconnect', {
      sentence: failureSentence('reconnect', connectorOf(connection).titles.en),
    });
  }

  async function readKey(connection: ConnectionRow): Promise<string> {
    const held = await readSecret(grantOf(connection), KEY);
    if (held === null) throw reconnect(connection);
    return held.text;
  }

  async function readHeld(connection: ConnectionRow): Promise<Held> {
    const held = await readSecret(grantOf(connection), TOKENS);
    if (held === null) throw reconnect(connection);
    const { version, remainingMs, ownerState } = held;
    return { tokens: readTokens(held.text), version, remainingMs, grantState: ownerState };
  }

  /** Callers of this process that want the same refresh share one. */
  function refreshed(connection: ConnectionRow, version: number): Promise<string> {
    const running = flights.get(connection.grantId);
    if (running !== undefined) return running;
    const flight = refreshOrWait(connection, version).finally(() => flights.delete(connection.grantId));
    flights.set(connection.grantId, flight);
    return flight;
  }

  /** Resolves with the token that follows `version`, whoever fetched it. */
  async function refreshOrWait(connection: ConnectionRow, version: number): Promise<string> {
    const limit = limitOf(connectorOf(connection));
    const deadline = performance.now() + timing.patienceMs;
    for (;;) {
      const held = await readHeld(connection);
      if (held.version !== version) return held.tokens.accessToken;
      // Found dead before: the vendor is not asked again until an admin has connected.
      if (held.grantState === 'reconnect') throw reconnect(connection);
      const restMs = (resting.get(connection.grantId) ?? 0) - performance.now();
      if (restMs > 0) throw limited(connection, restMs);
      const claim = await claimRefresh(deps.database, {
        grantId: connection.grantId,
        name: TOKENS,
        version,
        owner,
        leaseMs: timing.leaseMs,
        limit,
      });
      if (claim.state === 'ours') return refreshUnder(claim.lease, connection, held, limit);
      if (claim.state === 'limited') throw limited(connection, claim.delayMs);
      if (performance.now() > deadline) throw stillWaiting(connection);
      await wait(timing.pollMs);
    }
  }

  async function refreshUnder(
    lease: Lease,
    connection: ConnectionRow,
    held: Held,
    limit: RefreshLimit | undefined,
  ): Promise<string> {
    const heartbeat = setInterval(() => {
      extendLease(deps.database, lease, timing.leaseMs).catch((error: Error) => {
        deps.log.warn(
          { connection: connection.id, reason: error.message },
          'a refresh lease was not extended',
        );
      });
    }, timing.leaseMs / 3);
    try {
      const grant = await ask(connection, held, limit);
      return grant === null
        ? (await readHeld(connection)).tokens.accessToken
        : await keep(grant, connection, held);
    } catch (error) {
      if (error instanceof LiaisonError && error.kind === 'rate-limited')
        throw await rested(connection, limit, error);
      throw error;
    } finally {
      clearInterval(heartbeat);
      // What was had, or what went wrong, matters more: the lease runs out by itself.
      await releaseLease(deps.database, lease).catch((error: Error) => {
        deps.log.warn({ connection: connection.id, reason: error.message }, 'a refresh lease was not let go');
      });
    }
  }

  /**
   * The vendor wants no more requests for a while: for as long as it says, and where it says nothing, it counts
   * otherwise than we do, and for one whole window nobody asks again.
   *
   * @returns the error that tells when to come back.
   */
  async function rested(
    connection: ConnectionRow,
    limit: RefreshLimit | undefined,
    error: LiaisonError,
  ): Promise<LiaisonError> {
    const { retryAt } = error.details;
    const toldMs = retryAt === undefined ? undefined : Math.max(0, retryAt - deps.clock());
    if (limit !== undefined) await noteRest(deps.database, connection.grantId, limit, toldMs ?? limit.perMs);
    else if (toldMs !== undefined) resting.set(connection.grantId, performance.now() + toldMs);
    return limit === undefined || toldMs !== undefined ? error : limited(connection, limit.perMs);
  }

  /**
   * Asks the vendor. A refresh token that it does not know is believed only after another look into the
   * vault (an admin may have connected again meanwhile) and a second refusal.
   *
   * @returns null when the vault holds newer tokens.
   */
  async function ask(
    connection: ConnectionRow,
    held: Held,
    limit: RefreshLimit | undefined,
  ): Promise<TokenGrant | null> {
    const connector = connectorOf(connection);
    const client = clientOfGrant(deps.oauthClient, connector, connection.registration);
    if (client === null) throw notRegistered(connector.titles.en);
    const { dataCentre, site } = connection;
    const issuer: Issuer = { connector, dataCentre, site, client };
    const refreshToken = held.tokens.refreshToken;
    if (refreshToken === null) throw reconnect(connection);
    try {
      return await endpoint.refresh(issuer, refreshToken);
    } catch (error) {
      if (!(error instanceof LiaisonError) || error.kind !== 'reconnect') throw error;
      if ((await readHeld(connection)).version !== held.version) return null;
      const delayMs = limit ? await noteIfAllowed(deps.database, connection.grantId, limit) : 0;
      if (delayMs > 0) throw limited(connection, delayMs);
      return endpoint.refresh(issuer, refreshToken);
    }
  }

  /**
   * Saves what the vendor gave, if nobody saved anything newer. The vendor may have made the old refresh
   * token worthless by now, so a database that is away for a moment must not lose the new one.
   */
  async function keep(grant: TokenGrant, connection: ConnectionRow, held: Held): Promise<string> {
    const tokens: StoredTokens = {
      accessToken: grant.accessToken,
      refreshToken: grant.refreshToken ?? held.tokens.refreshToken,
      lifetimeMs: grant.lifetimeMs,
    };
    const change = { version: held.version, text: writeTokens(tokens), lifetimeMs: grant.lifetimeMs };
    const givenUpAt = performance.now() + KEPT_FOR_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const isOurs = await deps.vault.swap(deps.database, grantOf(connection), TOKENS, change);
        return isOurs ? tokens.accessToken : (await readHeld(connection)).tokens.accessToken;
      } catch (error) {
        const isOver = passingFailure(error) === undefined ? attempt === 6 : performance.now() > givenUpAt;
        if (error instanceof LiaisonError || isOver) throw error;
        await wait(Math.min(100 * 2 ** attempt, LONGEST_PAUSE_MS), undefined, { ref: false });
      }
    }
  }

  function limited(connection: ConnectionRow, delayMs: number): LiaisonError {
    const vendor = connectorOf(connection).titles.en;
    const sentence = failureSentence('rate-limited', vendor);
    return new LiaisonError('rate-limited', { sentence, retryAt: deps.clock() + delayMs });
  }

  /** Never "bad credentials": nobody has said that they are. */
  function stillWaiting(connection: ConnectionRow): LiaisonError {
    const sentence = failureSentence('retry-later', connectorOf(connection).titles.en);
    return new LiaisonError('retry-later', {
      sentence,
      vendorMessage: 'A new access token is still awaited.',
    });
  }

  return {
    async authorization(connection) {
      if (connectorOf(connection).authorisation.kind === 'key') return readKey(connection);
      const { tokens, version, remainingMs } = await readHeld(connection);
      if (tokens.refreshToken === null || !isDue(tokens, remainingMs)) return tokens.accessToken;
      try {
        return await refreshed(connection, version);
      } catch (error) {
        // It is still good for a while: what kept us from refreshing may be over by the next call.
        if (
          (remainingMs ?? 0) > timing.timeoutMs &&
          error instanceof LiaisonError &&
          error.kind !== 'reconnect'
        ) {
          return tokens.accessToken;
        }
        throw error;
      }
    },

    async renew(connection, refusedToken) {
      if (connectorOf(connection).authorisation.kind === 'key') throw reconnect(connection);
      const { tokens, version } = await readHeld(connection);
      if (tokens.accessToken !== refusedToken) return tokens.accessToken;
      if (tokens.refreshToken === null) throw reconnect(connection);
      const token = await refreshed(connection, version);
      // The flight that we joined may have begun before the refused token was even given out.
      return token === refusedToken ? refreshed(connection, version) : token;
    },
  };
}

function limitOf(connector: Connector): RefreshLimit | undefined {
  const limit = connector.authorisation.kind === 'oauth' ? connector.authorisation.refresh?.limit : undefined;
  return limit && { count: limit.count, perMs: limit.perMs + LIMIT_MARGIN_MS };
}

import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { refuseWrites } from '../../test/postgres/trouble.ts';
import { until } from '../../test/system/liaison-process.ts';
import type { Connector, OAuthAuthorisation } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import { createDoor, type Door } from '../outbound/door.ts';
import type { TokenSource } from '../outbound/outbound.ts';
import {
  type FakeVendor,
  fakeConnector,
  silentLog,
  startFakeVendor,
} from '../outbound/testing/fake-vendor.ts';
import { type ConnectionRow, deleteConnection } from '../store/connections.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { deleteUnusedGrant, markGrantReconnect } from '../store/grants.ts';
import { noteRefreshes } from '../store/token-refreshes.ts';
import { parseKeyring } from './keyring.ts';
import { storeConnection, storeTokens } from './testing/stored-connection.ts';
import { createTokens, type TokensTiming } from './tokens.ts';
import { readTokens, type StoredTokens, TOKENS } from './tokens-text.ts';
import { grantOf, openVault, type Vault } from './vault.ts';

const keyring = parseKeyring(randomBytes(32).toString('base64'));
let test: TestDatabase;
let database: Database;
let vault: Vault;
let vendor: FakeVendor;
let door: Door;
let connection: ConnectionRow;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 8, onError: () => {} });
  vault = await openVault(database, keyring);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  vendor = await startFakeVendor();
  door = createDoor({ sandboxUrl: vendor.url });
  connection = await storeConnection(database);
});
afterEach(async () => {
  door.close();
  await vendor.close();
});

function tokens(
  authorisation: Partial<OAuthAuthorisation> = {},
  timing: Partial<TokensTiming> = {},
): TokenSource {
  const base = fakeConnector();
  const connector: Connector = {
    ...base,
    authorisation: { ...(base.authorisation as OAuthAuthorisation), ...authorisation },
  };
  return createTokens({
    database,
    vault,
    door,
    connectors: new Map([['acme', connector]]),
    oauthClient: () => ({ id: 'client-id', secret: 'client-secret' }),
    clock: Date.now,
    log: silentLog,
    timing: { pollMs: 20, ...timing },
  });
}

const LIMITED = { refresh: { limit: { count: 10, perMs: 600_000 } } };

/** Answers each next token request with the next of these; the last one for ever. */
function answerWith(
  ...answers: { status?: number; body: unknown; headers?: Record<string, string> }[]
): void {
  let next = 0;
  vendor.answer = (_request, response) => {
    const { status = 200, body, headers = {} } = answers[Math.min(next, answers.length - 1)]!;
    next += 1;
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

async function stored(): Promise<StoredTokens> {
  return readTokens((await vault.read(database, grantOf(connection), TOKENS))!.text);
}

async function failureOf(promise: Promise<unknown>): Promise<LiaisonError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof LiaisonError) return error;
  throw new Error(`expected a LiaisonError, got ${String(error)}`);
}

const fresh = { access_token: 'access-1', expires_in: 3600, token_type: 'Bearer' };

describe('an access token', () => {
  it('that is good for longer than five minutes is given out as it is', async () => {
    await storeTokens(database, vault, connection, { remainingMs: 310_000 });
    expect(await tokens().authorization(connection)).toBe('access-0');
    expect(vendor.requests).toEqual([]);
  });

  it('with less than five minutes left is refreshed with the grant and the client of the connector', async () => {
    await storeTokens(database, vault, connection, { remainingMs: 290_000 });
    answerWith({ body: fresh });
    expect(await tokens().authorization(connection)).toBe('access-1');
    const [request] = vendor.requests;
    expect(request!.path).toBe('/acme-accounts/oauth/token');
    expect(Object.fromEntries(new URLSearchParams(request!.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-0',
      client_id: 'client-id',
      client_secret: 'client-secret',
    });
  });

  it('that lives for a minute is not refreshed at every call', async () => {
    await storeTokens(database, vault, connection, { lifetimeMs: 60_000, remainingMs: 40_000 });
    expect(await tokens().authorization(connection)).toBe('access-0');
  });

  it('without an expiry is never refreshed by itself', async () => {
    await storeTokens(database, vault, connection, { lifetimeMs: null, remainingMs: null });
    expect(await tokens().authorization(connection)).toBe('access-0');
  });

  it('that is still good is used when the refresh fails for now', async () => {
    await storeTokens(database, vault, connection, { remainingMs: 200_000 });
    answerWith({ status: 503, body: 'busy' });
    expect(await tokens().authorization(connection)).toBe('access-0');
  });

  it('that the vendor refused is replaced, unless another caller already did', async () => {
    await storeTokens(database, vault, connection, { remainingMs: 3_000_000 });
    answerWith({ body: fresh });
    const source = tokens();
    expect(
      await Promise.all([source.renew(connection, 'access-0'), source.renew(connection, 'access-0')]),
    ).toEqual(['access-1', 'access-1']);
    expect(await source.renew(connection, 'access-0')).toBe('access-1');
    expect(vendor.requests).toHaveLength(1);
  });
});

describe('what a refresh answers', () => {
  it.each([
    ['no refresh_token: the old one stays', fresh, 'refresh-0', 3_600_000],
    ['an empty refresh_token: the old one stays', { ...fresh, refresh_token: '' }, 'refresh-0', 3_600_000],
    [
      'a new refresh_token replaces the old one',
      { ...fresh, refresh_token: 'refresh-1' },
      'refresh-1',
      3_600_000,
    ],
    ['expires_in as text', { ...fresh, expires_in: '1800' }, 'refresh-0', 1_800_000],
    [
      'expires_in in milliseconds, beside expires_in_sec',
      { ...fresh, expires_in: 3_600_000, expires_in_sec: 3600 },
      'refresh-0',
      3_600_000,
    ],
    [
      'another api_domain, listed or not: calls go where the account was connected',
      { ...fresh, api_domain: 'https://www.zohoapis.in' },
      'refresh-0',
      3_600_000,
    ],
    ['expires_in missing', { access_token: 'access-1' }, 'refresh-0', null],
    ['expires_in 0', { ...fresh, expires_in: 0 }, 'refresh-0', null],
    ['expires_in senseless', { ...fresh, expires_in: 'soon' }, 'refresh-0', null],
    ['another token type', { ...fresh, token_type: 'bot' }, 'refresh-0', 3_600_000],
  ])('%s', async (_name, body, refreshToken, lifetimeMs) => {
    await storeTokens(database, vault, connection);
    answerWith({ body });
    expect(await tokens().authorization(connection)).toBe('access-1');
    expect(await stored()).toEqual({ accessToken: 'access-1', refreshToken, lifetimeMs });
  });

  it.each([
    ['invalid_grant', 400],
    ['invalid_code', 200],
  ])('%s once, then fine: nobody notices', async (error, status) => {
    await storeTokens(database, vault, connection);
    answerWith({ status, body: { error } }, { body: fresh });
    expect(await tokens().authorization(connection)).toBe('access-1');
  });

  it('invalid_grant for good: reconnect, after two requests, and none once it is marked', async () => {
    await storeTokens(database, vault, connection);
    answerWith({ status: 400, body: { error: 'invalid_grant', error_description: 'refresh-0 is revoked' } });
    const source = tokens();
    const error = await failureOf(source.authorization(connection));
    expect(error.kind).toBe('reconnect');
    expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain('refresh-0');
    expect(vendor.requests).toHaveLength(2);
    await markGrantReconnect(database, connection.grantId);
    expect((await failureOf(source.authorization(connection))).kind).toBe('reconnect');
    expect(vendor.requests).toHaveLength(2);
  });

  it('invalid_grant while an admin connects again: the new tokens are used', async () => {
    await storeTokens(database, vault, connection);
    vendor.answer = (_request, response) => {
      void storeTokens(database, vault, connection, { accessToken: 'by-admin', remainingMs: 3_000_000 }).then(
        () => response.writeHead(400).end('{"error":"invalid_grant"}'),
      );
    };
    expect(await tokens().authorization(connection)).toBe('by-admin');
    expect(vendor.requests).toHaveLength(1);
  });

  it.each([
    ['Access Denied inside a 200', { body: { error: 'Access Denied', status: 'failure' } }],
    ['Access Denied in a 400', { status: 400, body: { error: 'Access Denied' } }],
  ])('%s is a limit, never bad credentials, and nobody asks again within it', async (_name, answer) => {
    await storeTokens(database, vault, connection);
    answerWith(answer);
    const source = tokens(LIMITED);
    const error = await failureOf(source.authorization(connection));
    expect(error.kind).toBe('rate-limited');
    expect(error.details.retryAt! - Date.now()).toBeGreaterThan(590_000);
    expect((await failureOf(source.authorization(connection))).kind).toBe('rate-limited');
    expect(vendor.requests).toHaveLength(1);
  });

  it.each([
    ['429', { status: 429, body: '', headers: { 'retry-after': '30' } }, 'rate-limited'],
    ['500', { status: 500, body: 'oops' }, 'retry-later'],
    ['a page', { body: '<html>maintenance</html>' }, 'retry-later'],
    ['JSON cut short', { body: '{"access_token":"acc' }, 'retry-later'],
    ['a list', { body: [] }, 'retry-later'],
    ['nothing of use', { body: {} }, 'unknown'],
    ['a wrong client secret', { status: 401, body: { error: 'invalid_client' } }, 'reconnect'],
    ['a wrong client id inside a 200', { body: { error: 'invalid_client' } }, 'reconnect'],
  ] as const)('%s: %s', async (_name, answer, kind) => {
    await storeTokens(database, vault, connection);
    answerWith(answer);
    const error = await failureOf(tokens().authorization(connection));
    expect([error.kind, error.details.mayHaveHappened ?? false]).toEqual([kind, false]);
    expect(await stored()).toMatchObject({ accessToken: 'access-0' });
  });

  it('nothing, because the connection is reset: later, and the lease is free at once', async () => {
    await storeTokens(database, vault, connection);
    vendor.answer = (request) => request.socket.resetAndDestroy();
    const source = tokens();
    expect((await failureOf(source.authorization(connection))).kind).toBe('retry-later');
    answerWith({ body: fresh });
    expect(await source.authorization(connection)).toBe('access-1');
  });

  it('after a disconnect in mid-refresh nothing is stored', async () => {
    await storeTokens(database, vault, connection);
    vendor.answer = (_request, response) => {
      void deleteConnection(database, connection.id)
        .then(() => deleteUnusedGrant(database, connection.grantId))
        .then(() => response.end(JSON.stringify(fresh)));
    };
    expect((await failureOf(tokens().authorization(connection))).kind).toBe('reconnect');
    expect(await vault.read(database, grantOf(connection), TOKENS)).toBeNull();
  });
});

describe('the vendor’s limit on refreshes', () => {
  it('the eleventh in ten minutes is not even asked for, whichever process asks', async () => {
    answerWith({ body: { ...fresh, expires_in: 1 } });
    for (let count = 0; count < 10; count += 1) {
      await storeTokens(database, vault, connection);
      expect(await tokens(LIMITED).authorization(connection)).toBe('access-1');
    }
    await storeTokens(database, vault, connection);
    const error = await failureOf(tokens(LIMITED).authorization(connection));
    expect(error.kind).toBe('rate-limited');
    expect(error.details.retryAt! - Date.now()).toBeGreaterThan(600_000);
    expect(vendor.requests).toHaveLength(10);
  });

  it('a second look after invalid_grant counts too', async () => {
    await noteRefreshes(database, connection.grantId, LIMITED.refresh.limit, 9);
    await storeTokens(database, vault, connection);
    answerWith({ status: 400, body: { error: 'invalid_grant' } });
    expect((await failureOf(tokens(LIMITED).authorization(connection))).kind).toBe('rate-limited');
    expect(vendor.requests).toHaveLength(1);
  });

  it('what was asked for longer ago than the window does not count', async () => {
    await noteRefreshes(database, connection.grantId, LIMITED.refresh.limit, 10);
    await database.query(`update token_refreshes set at = at - interval '11 minutes' where grant_id = $1`, [
      connection.grantId,
    ]);
    await storeTokens(database, vault, connection);
    answerWith({ body: fresh });
    expect(await tokens(LIMITED).authorization(connection)).toBe('access-1');
  });
});

describe('a vendor that wants no more requests for a while', () => {
  const told = (after: string) =>
    answerWith({ status: 429, body: '', headers: { 'retry-after': after, date: new Date().toUTCString() } });

  it.each([
    ['with a declared limit', LIMITED],
    ['without one', {}],
  ])(
    '%s: is left alone for as long as it says, whoever asks, and no longer',
    async (_name, authorisation) => {
      await storeTokens(database, vault, connection);
      told('0.8');
      const source = tokens(authorisation);
      const began = performance.now();
      const error = await failureOf(source.authorization(connection));
      expect(error.details.retryAt! - Date.now()).toBeLessThanOrEqual(800);
      answerWith({ body: fresh });
      const again = await failureOf(source.authorization(connection));
      expect(again.details.retryAt! - Date.now()).toBeLessThanOrEqual(800);
      expect(vendor.requests).toHaveLength(1);
      for (;;) {
        const token = await source.authorization(connection).catch(() => null);
        if (token === 'access-1') break;
      }
      expect(performance.now() - began).toBeGreaterThan(750);
      expect(performance.now() - began).toBeLessThan(3_000);
    },
  );

  it('a date counts against the answer’s own clock, and the window is not lengthened by it', async () => {
    await storeTokens(database, vault, connection);
    const wrong = Date.now() - 3_600_000;
    answerWith({
      status: 429,
      body: '',
      headers: {
        'retry-after': new Date(wrong + 5_000).toUTCString(),
        date: new Date(wrong).toUTCString(),
      },
    });
    const error = await failureOf(tokens(LIMITED).authorization(connection));
    const waitMs = error.details.retryAt! - Date.now();
    expect(waitMs).toBeGreaterThan(3_000);
    expect(waitMs).toBeLessThanOrEqual(5_000);
    // Another process learns of it too.
    const other = await failureOf(tokens(LIMITED).authorization(connection));
    expect(other.details.retryAt! - Date.now()).toBeLessThanOrEqual(5_000);
    expect(vendor.requests).toHaveLength(1);
  });
});

describe('a database that refuses to store for a while', () => {
  it('loses no token that the vendor gave: it is stored when the database takes it', async () => {
    await storeTokens(database, vault, connection);
    let end: (() => Promise<void>) | undefined;
    vendor.answer = (_request, response) => {
      void refuseWrites(database, ['secrets']).then((over) => {
        end = over;
        response.end(JSON.stringify({ ...fresh, refresh_token: 'refresh-1' }));
      });
    };
    const source = tokens();
    const token = source.authorization(connection);
    await until(async () => end !== undefined);
    expect(await Promise.race([token, until(async () => false, 700).catch(() => 'waits')])).toBe('waits');
    await end?.();
    expect(await token).toBe('access-1');
    expect(await stored()).toMatchObject({ refreshToken: 'refresh-1' });
    expect(vendor.requests).toHaveLength(1);
  });
});

describe('the lease', () => {
  it('outlives itself while the refresh goes on: a slow one is not joined by a second', async () => {
    await storeTokens(database, vault, connection);
    vendor.answer = (_request, response) => {
      setTimeout(() => response.end(JSON.stringify(fresh)), 900);
    };
    const timing = { leaseMs: 300, timeoutMs: 5000 };
    const sources = [tokens({}, timing), tokens({}, timing), tokens({}, timing)];
    expect(await Promise.all(sources.map((source) => source.authorization(connection)))).toEqual([
      'access-1',
      'access-1',
      'access-1',
    ]);
    expect(vendor.requests).toHaveLength(1);
  });

  it('of an owner that vanished is taken over when it ends, not before', async () => {
    await storeTokens(database, vault, connection);
    await database.query(
      `update secrets set lease_owner = gen_random_uuid(), lease_fence = 7, lease_until = clock_timestamp() + interval '400 ms'
       where grant_id = $1`,
      [connection.grantId],
    );
    answerWith({ body: fresh });
    const started = performance.now();
    expect(await tokens().authorization(connection)).toBe('access-1');
    expect(performance.now() - started).toBeGreaterThan(350);
    const [row] = await database.query('select lease_fence, lease_owner from secrets where grant_id = $1', [
      connection.grantId,
    ]);
    expect(row).toEqual({ lease_fence: '8', lease_owner: null });
  });

  it('that never ends is waited for with patience, then told as what it is', async () => {
    await storeTokens(database, vault, connection);
    await database.query(
      `update secrets set lease_owner = gen_random_uuid(), lease_until = clock_timestamp() + interval '1 hour'
       where grant_id = $1`,
      [connection.grantId],
    );
    const error = await failureOf(tokens({}, { patienceMs: 150 }).authorization(connection));
    expect([error.kind, vendor.requests.length]).toEqual(['retry-later', 0]);
  });

  it('is no longer the owner’s when a later one saved: the later tokens stay', async () => {
    await storeTokens(database, vault, connection);
    vendor.answer = (_request, response) => {
      void storeTokens(database, vault, connection, { accessToken: 'later', remainingMs: 3_000_000 }).then(
        () => response.end(JSON.stringify(fresh)),
      );
    };
    expect(await tokens().authorization(connection)).toBe('later');
    expect((await stored()).accessToken).toBe('later');
  });
});

import type { OAuthAuthorisation } from '../core/connector.ts';
import {
  type ConnectionRow,
  connectionOf,
  connectionsOf,
  listConnections,
  markReconnect,
} from '../store/connections.ts';
import { listOrganisations } from '../store/organisations.ts';
import { storeConnection } from '../vault/testing/stored-connection.ts';
import { readTokens, TOKENS } from '../vault/tokens-text.ts';
import { grantOf } from '../vault/vault.ts';
import { beginConnect } from './begin.ts';
import { disconnect } from './disconnect.ts';
import { finishConnect } from './finish.ts';
import { connectWithKey } from './key.ts';
import { connectInSandbox } from './sandbox.ts';
import { ACCOUNT, behave, failureOf, startRig, type VendorState } from './testing/rig.ts';

let rig: Awaited<ReturnType<typeof startRig>>;
let vendor: VendorState;

beforeEach(async () => {
  rig = await startRig();
  vendor = behave(rig.vendor);
});
afterEach(() => rig.close());

/** A browser that has come to the consent page. */
async function begin(
  sessionId = 'session-1',
  returnTo = '/settings',
  organisationId: string | null = null,
  connectionId?: string,
) {
  const wish = { organisationId, connector: rig.crm, sessionId, returnTo, connectionId };
  const address = await beginConnect(rig.deps, wish);
  vendor.challenge = address.searchParams.get('code_challenge');
  const state = address.searchParams.get('state') ?? '';
  const callback = (changes: Record<string, string> = {}) => ({
    query: new URLSearchParams({
      state,
      code: 'good-code',
      'accounts-server': 'https://accounts.acme-eu.example',
      ...changes,
    }),
    sessionId,
  });
  return { address, state, callback };
}

async function expectNothingStored(): Promise<void> {
  expect(await listConnections(rig.deps.database)).toEqual([]);
  expect(await listOrganisations(rig.deps.database)).toEqual([]);
}

const tokenRequests = () => rig.vendor.requests.filter(({ path }) => path.endsWith('/oauth/token'));

describe('the way to the consent page', () => {
  it('asks for a code with state, scopes and an S256 challenge, at the simulator’s own page', async () => {
    const { address } = await begin();
    expect(address.href.startsWith(`${rig.vendor.url}/crm-accounts/authorize?`)).toBe(true);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client-crm',
      redirect_uri: 'http://127.0.0.1:3000/oauth/callback',
      scope: 'records.read,Hooks.write',
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
  });

  it('keeps neither state nor verifier in the clear', async () => {
    const { state } = await begin();
    const [row] = await rig.deps.database.query<{ row: string }>(
      'select t::text as row from oauth_attempts t',
    );
    expect(row!.row).not.toContain(state);
    expect(row!.row).not.toContain(Buffer.from(state).toString('hex'));
  });
});

describe('the way back', () => {
  it('stores organisation, connection and sealed tokens, at the account’s data centre', async () => {
    const { callback } = await begin();
    const { connection, returnTo } = await finishConnect(rig.deps, callback());
    expect(returnTo).toBe('/settings');
    expect(connection).toMatchObject({
      connector: 'crm',
      dataCentre: 'eu',
      state: 'active',
      account: ACCOUNT,
    });
    expect(connection.hookKey).toMatch(/^[\w-]{32}$/);
    expect(await listOrganisations(rig.deps.database)).toEqual([
      expect.objectContaining({
        externalId: 'org-1',
        name: 'Atelier Lumen',
        locale: 'fr-FR',
        currency: 'EUR',
      }),
    ]);
    const held = await rig.deps.vault.read(rig.deps.database, grantOf(connection), TOKENS);
    expect(readTokens(held!.text)).toEqual({
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      lifetimeMs: 3_600_000,
    });
    expect(tokenRequests().map(({ path }) => path)).toEqual(['/crm-accounts-eu/oauth/token']);
    const [counted] = await rig.deps.database.query('select count(*)::int as count from token_refreshes');
    expect(counted).toEqual({ count: 1 });
  });

  it('without an accounts-server the code goes to the vendor’s first', async () => {
    const { callback } = await begin();
    const { query, sessionId } = callback();
    query.delete('accounts-server');
    expect((await finishConnect(rig.deps, { query, sessionId })).connection.dataCentre).toBe('us');
    expect(tokenRequests()[0]!.path).toBe('/crm-accounts/oauth/token');
  });

  it.each([
    'https://evil.example',
    'evil.example',
    'https://accounts.acme-eu.example.evil.example',
    'https://accounts.acme-eu.example@evil.example',
    'https://evil.example/https://accounts.acme-eu.example',
    'https://evil.example#https://accounts.acme-eu.example',
    'http://accounts.acme-eu.example',
    'https://accounts.acme-eu.example:8443',
    'https://accounts.acme-eu.example/',
    'https://api.acme-eu.example',
    'https://ACCOUNTS.acme-eu.example',
    ' https://accounts.acme-eu.example',
    'accounts.acme-eu.example',
    '',
  ])('refuses accounts-server %j before a secret is sent anywhere', async (server) => {
    const { callback } = await begin();
    const error = await failureOf(finishConnect(rig.deps, callback({ 'accounts-server': server })));
    expect(error.details.sentence.en).toContain('sign-in server');
    expect(rig.vendor.requests).toEqual([]);
    await expectNothingStored();
  });

  it('refuses two accounts-servers', async () => {
    const { callback } = await begin();
    const { query, sessionId } = callback();
    query.append('accounts-server', 'https://accounts.acme.example');
    await failureOf(finishConnect(rig.deps, { query, sessionId }));
    expect(rig.vendor.requests).toEqual([]);
  });

  it.each([
    ['missing', (query: URLSearchParams) => query.delete('state')],
    ['empty', (query: URLSearchParams) => query.set('state', '')],
    ['forged', (query: URLSearchParams) => query.set('state', 'x'.repeat(43))],
  ])('refuses a %s state', async (_name, change) => {
    const { query, sessionId } = (await begin()).callback();
    change(query);
    const error = await failureOf(finishConnect(rig.deps, { query, sessionId }));
    expect(error.details.sentence.en).toContain('no longer valid');
    expect(rig.vendor.requests).toEqual([]);
  });

  it('refuses a state of another session, and leaves it good for its own', async () => {
    const { callback } = await begin();
    for (const sessionId of ['session-2', '']) {
      await failureOf(finishConnect(rig.deps, { ...callback(), sessionId }));
    }
    expect(rig.vendor.requests).toEqual([]);
    await finishConnect(rig.deps, callback());
  });

  it('takes a state once, however many come back with it together', async () => {
    const { callback } = await begin();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => finishConnect(rig.deps, callback())),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(tokenRequests()).toHaveLength(1);
    await failureOf(finishConnect(rig.deps, callback()));
  });

  it('refuses a state after ten minutes', async () => {
    const { callback } = await begin();
    const [row] = await rig.deps.database.query<{ minutes: number }>(
      'select extract(epoch from expires_at - now())::float8 / 60 as minutes from oauth_attempts',
    );
    expect(row!.minutes).toBeGreaterThan(9.5);
    expect(row!.minutes).toBeLessThanOrEqual(10);
    await rig.deps.database.query(`update oauth_attempts set expires_at = now() - interval '1 second'`);
    await failureOf(finishConnect(rig.deps, callback()));
    await expectNothingStored();
  });

  it('a user who denies is told so, and nothing is stored', async () => {
    const { callback } = await begin();
    const { query, sessionId } = callback({ error: 'access_denied' });
    query.delete('code');
    const error = await failureOf(finishConnect(rig.deps, { query, sessionId }));
    expect(error.details.sentence.fr).toContain('Vous n’avez pas donné');
    expect(rig.vendor.requests).toEqual([]);
    await expectNothingStored();
  });

  it('another visit’s verifier does not fit: a code that was planted is worthless', async () => {
    const { callback } = await begin();
    await begin('session-2');
    await failureOf(finishConnect(rig.deps, callback()));
    await expectNothingStored();
  });

  it.each([
    ['less than asked for', { scope: 'records.read' }],
    ['more than asked for', { scope: 'records.read Hooks.write Users.delete' }],
    ['no lasting access', { refresh_token: undefined }],
  ])('%s is given back and refused', async (_name, change) => {
    vendor.grant = { ...vendor.grant, ...change };
    const { callback } = await begin();
    expect((await failureOf(finishConnect(rig.deps, callback()))).kind).toBe('rejected');
    expect(vendor.revoked).toEqual([vendor.grant.refresh_token ?? 'access-1']);
    await expectNothingStored();
  });

  it('a permission that was unticked is named, in words', async () => {
    vendor.grant = { ...vendor.grant, scope: 'openid email records.read' };
    const { callback } = await begin();
    const { details } = await failureOf(finishConnect(rig.deps, callback()));
    expect(details.sentence.en).toContain('Not given: Be told of changes. Nothing was connected.');
    expect(details.sentence.fr).toContain('Il manque\u00a0: Être prévenu des changements.');
    expect(details.vendorMessage).toBe('Hooks.write');
  });

  it('a location in the callback is no data centre: the server that it names is', async () => {
    const { callback } = await begin();
    const answer = callback();
    answer.query.set('location', 'us');
    answer.query.set('accounts-server', 'https://accounts.acme-eu.example');
    expect((await finishConnect(rig.deps, answer)).connection.dataCentre).toBe('eu');
  });

  it('a client that the vendor does not know, told inside a 200, connects nothing', async () => {
    vendor.grant = { error: 'invalid_client' };
    const { callback } = await begin();
    const error = await failureOf(finishConnect(rig.deps, callback()));
    expect(error.details.vendorMessage).toBe('invalid_client');
    expect(error.details.sentence.en).toContain('Whoever runs the server must correct them');
    await expectNothingStored();
  });

  it.each(['HOOKS.write,Records.Read', 'openid email records.read Hooks.write', undefined])(
    'scopes %j are those that were asked for',
    async (scope) => {
      vendor.grant = { ...vendor.grant, scope };
      const { callback } = await begin();
      await finishConnect(rig.deps, callback());
    },
  );
});

describe('a data centre that the account names', () => {
  const naming = (dataCentre: string | undefined): void => {
    const facts = { ...ACCOUNT.facts, ...(dataCentre === undefined ? {} : { dataCentre }) };
    rig.connectors.set('crm', {
      ...rig.crm,
      authorisation: { ...(rig.crm.authorisation as OAuthAuthorisation), dataCentreFrom: 'account' },
      identify: async () => ({ ...ACCOUNT, facts }),
    });
  };

  it('is the connection’s, whatever the callback says', async () => {
    naming('eu');
    const { callback } = await begin();
    const query = callback({ 'accounts-server': 'https://evil.example' });
    expect((await finishConnect(rig.deps, query)).connection.dataCentre).toBe('eu');
    expect(tokenRequests().map(({ path }) => path)).toEqual(['/crm-accounts/oauth/token']);
  });

  it.each(['elsewhere', undefined])(
    'is refused when it is %j: nothing stored, all given back',
    async (named) => {
      naming(named);
      const { callback } = await begin();
      expect((await failureOf(finishConnect(rig.deps, callback()))).kind).toBe('rejected');
      expect(vendor.revoked).toEqual([vendor.grant.refresh_token]);
      await expectNothingStored();
    },
  );
});

describe('connecting again', () => {
  it('to the same account keeps the connection, its hook key and its history', async () => {
    const first = (await finishConnect(rig.deps, (await begin()).callback())).connection;
    await markReconnect(rig.deps.database, first.id);
    vendor.grant = { ...vendor.grant, access_token: 'access-2', refresh_token: 'refresh-2' };
    const again = (await finishConnect(rig.deps, (await begin()).callback())).connection;
    expect(again).toMatchObject({
      id: first.id,
      hookKey: first.hookKey,
      state: 'active',
      createdAt: first.createdAt,
    });
    const held = await rig.deps.vault.read(rig.deps.database, grantOf(again), TOKENS);
    expect(readTokens(held!.text).refreshToken).toBe('refresh-2');
    expect(await listOrganisations(rig.deps.database)).toHaveLength(1);
  });

  it('an account of another person or company is added beside the first, with a grant and a hook key of its own', async () => {
    const first = (await finishConnect(rig.deps, (await begin()).callback())).connection;
    const { organisationId } = first;
    vendor.account = { id: 'org-2', name: 'Autre' };
    vendor.grant = { ...vendor.grant, refresh_token: 'refresh-other' };
    const second = (await finishConnect(rig.deps, (await begin('s', '/', organisationId)).callback()))
      .connection;
    expect(second.organisationId).toBe(organisationId);
    expect(second.hookKey).not.toBe(first.hookKey);
    expect(second.grantId).not.toBe(first.grantId);
    const tokensOf = async (connection: ConnectionRow) =>
      readTokens((await rig.deps.vault.read(rig.deps.database, grantOf(connection), TOKENS))!.text);
    expect((await tokensOf(first)).refreshToken).toBe('refresh-1');
    expect((await tokensOf(second)).refreshToken).toBe('refresh-other');
    const all = await connectionsOf(rig.deps.database, organisationId, 'crm');
    expect(all.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect((await connectionOf(rig.deps.database, organisationId, 'crm'))?.id).toBe(first.id);

    await disconnect(rig.deps, first);
    expect(vendor.revoked).toEqual(['refresh-1']);
    expect((await listConnections(rig.deps.database)).map(({ id }) => id)).toEqual([second.id]);
  });

  it('of one connection to another account by mistake is refused with both names: nothing stored, all given back', async () => {
    const first = (await finishConnect(rig.deps, (await begin()).callback())).connection;
    const { organisationId, id: connectionId } = first;
    vendor.account = { id: 'org-2', name: 'Autre' };
    vendor.grant = { ...vendor.grant, refresh_token: 'refresh-other' };
    const again = await begin('s', '/', organisationId, connectionId);
    const { sentence } = (await failureOf(finishConnect(rig.deps, again.callback()))).details;
    for (const text of [sentence.en, sentence.fr])
      expect(text).toMatch(/Atelier Lumen.*Autre.*Atelier Lumen/);
    expect(vendor.revoked).toEqual(['refresh-other']);
    expect(await listConnections(rig.deps.database)).toEqual([first]);
    const held = await rig.deps.vault.read(rig.deps.database, grantOf(first), TOKENS);
    expect(readTokens(held!.text).refreshToken).toBe('refresh-1');
  });

  it('two accounts that are called the same are told apart by their ids', async () => {
    const { organisationId, id } = (await finishConnect(rig.deps, (await begin()).callback())).connection;
    vendor.account = { id: 'org-2', name: 'Atelier Lumen' };
    const again = await begin('s', '/', organisationId, id);
    const { sentence } = (await failureOf(finishConnect(rig.deps, again.callback()))).details;
    expect(sentence.en).toContain('Atelier Lumen · org-1');
    expect(sentence.en).toContain('Atelier Lumen · org-2');
  });

  it('of a connection that was ended meanwhile, or of another organisation, connects nothing', async () => {
    const first = (await finishConnect(rig.deps, (await begin()).callback())).connection;
    const foreign = await storeConnection(rig.deps.database, 'crm');
    const again = await begin('s', '/', first.organisationId, foreign.id);
    const error = await failureOf(finishConnect(rig.deps, again.callback()));
    expect(error.details.sentence.en).toContain('was ended meanwhile');
    const ended = await begin('s', '/', first.organisationId, first.id);
    await disconnect(rig.deps, first);
    expect((await failureOf(finishConnect(rig.deps, ended.callback()))).kind).toBe('rejected');
    expect((await listConnections(rig.deps.database)).map(({ id }) => id)).toEqual([foreign.id]);
  });

  it('to the home app of another organisation is refused: nothing stored, what was given given back', async () => {
    const { organisationId } = (await finishConnect(rig.deps, (await begin()).callback())).connection;
    await rig.deps.database.query('delete from connections');
    vendor.account = {
      ...ACCOUNT,
      id: 'org-2',
      name: 'Autre',
      facts: { ...ACCOUNT.facts, organisationId: 'org-2' },
    };
    vendor.grant = { ...vendor.grant, refresh_token: 'refresh-other' };
    const error = await failureOf(
      finishConnect(rig.deps, (await begin('session-1', '/', organisationId)).callback()),
    );
    expect(error.details.sentence.en).toContain('belongs to another organisation (Autre)');
    expect(vendor.revoked).toEqual(['refresh-other']);
    expect(await rig.deps.database.query('select id from connections')).toEqual([]);
    expect(await listOrganisations(rig.deps.database)).toHaveLength(1);
  });

  it('two callbacks for two visits at once end in one connection', async () => {
    const visits = [await begin('a'), await begin('b')];
    const challenges = visits.map(({ address }) => address.searchParams.get('code_challenge'));
    vendor.challenge = challenges[0] ?? null;
    const first = await finishConnect(rig.deps, visits[0]!.callback());
    vendor.challenge = challenges[1] ?? null;
    const second = await finishConnect(rig.deps, visits[1]!.callback());
    expect(second.connection.id).toBe(first.connection.id);
  });
});

describe('a key', () => {
  async function organisation(): Promise<string> {
    return (await connectInSandbox(rig.deps, { organisationId: null, connector: rig.crm })).organisationId;
  }

  it('is asked about before it is kept, and is kept sealed', async () => {
    const organisationId = await organisation();
    vendor.account = { id: 'acct_1', name: 'Atelier Lumen SARL' };
    const connection = await connectWithKey(rig.deps, {
      organisationId,
      connector: rig.keyed,
      key: ' rk_test_sandbox\n',
    });
    expect(connection.account.name).toBe('Atelier Lumen SARL');
    expect((await rig.deps.vault.read(rig.deps.database, grantOf(connection), 'key'))?.text).toBe(
      'rk_test_sandbox',
    );
  });

  it.each(['', 'short', 'with space inside', 'line\nbreak-inside', 'é'.repeat(20), 'x'.repeat(2000)])(
    'that cannot be one is refused unasked: %j',
    async (key) => {
      const organisationId = await organisation();
      const before = rig.vendor.requests.length;
      await failureOf(connectWithKey(rig.deps, { organisationId, connector: rig.keyed, key }));
      expect(rig.vendor.requests).toHaveLength(before);
    },
  );

  it('that the vendor refuses is not kept', async () => {
    const organisationId = await organisation();
    const error = await failureOf(
      connectWithKey(rig.deps, { organisationId, connector: rig.keyed, key: 'rk_test_wrong' }),
    );
    expect(error.kind).toBe('rejected');
    expect(error.details.sentence.en).toContain('does not accept this key. Nothing was connected.');
    expect(await connectionOf(rig.deps.database, organisationId, 'keyed')).toBeNull();
  });

  it('that the vendor refuses leaves the one in use in place, and the answer says so', async () => {
    const organisationId = await organisation();
    vendor.account = { id: 'acct_1', name: 'Atelier Lumen SARL' };
    const wish = { organisationId, connector: rig.keyed };
    const standing = await connectWithKey(rig.deps, { ...wish, key: 'rk_test_sandbox' });
    const error = await failureOf(connectWithKey(rig.deps, { ...wish, key: 'rk_test_wrong' }));
    expect(error.details.sentence.en).toContain('stays in place and goes on working');
    expect(error.details.sentence.fr).toContain('reste en place et continue de fonctionner');
    expect(await connectionOf(rig.deps.database, organisationId, 'keyed')).toEqual(standing);
    expect((await rig.deps.vault.read(rig.deps.database, grantOf(standing), 'key'))?.text).toBe(
      'rk_test_sandbox',
    );
  });
});

describe('in the sandbox', () => {
  it('everything is connected without a browser, through the same path', async () => {
    const crm = await connectInSandbox(rig.deps, { organisationId: null, connector: rig.crm });
    expect(crm).toMatchObject({ dataCentre: 'eu', account: ACCOUNT });
    const keyed = await connectInSandbox(rig.deps, {
      organisationId: crm.organisationId,
      connector: rig.keyed,
    });
    expect(keyed.organisationId).toBe(crm.organisationId);
    const again = await connectInSandbox(rig.deps, {
      organisationId: crm.organisationId,
      connector: rig.crm,
    });
    expect(again.id).toBe(crm.id);
  });

  it('a vendor that does not name the organisation cannot be first', async () => {
    vendor.account = { id: 'x', name: 'X' };
    const error = await failureOf(connectInSandbox(rig.deps, { organisationId: null, connector: rig.crm }));
    expect(error.details.sentence.en).toContain('Connect your CRM first');
    await expectNothingStored();
  });
});

describe('disconnecting', () => {
  it('revokes at the vendor and leaves no secret, no subscription, no row', async () => {
    const connection = await connectInSandbox(rig.deps, { organisationId: null, connector: rig.crm });
    const report = await disconnect(rig.deps, connection);
    expect(report).toEqual({ unsubscribed: 0, token: 'revoked', failures: [] });
    expect(vendor.revoked).toEqual(['refresh-1']);
    for (const table of ['connections', 'secrets', 'token_refreshes', 'subscriptions']) {
      expect(await rig.deps.database.query(`select 1 from ${table}`)).toEqual([]);
    }
    expect(await listOrganisations(rig.deps.database)).toHaveLength(1);
    expect((await disconnect(rig.deps, connection)).failures).toEqual([]);
  });

  it('goes through when the vendor is down, and says what stayed behind', async () => {
    const connection = await connectInSandbox(rig.deps, { organisationId: null, connector: rig.crm });
    await rig.vendor.close();
    const report = await disconnect(rig.deps, connection);
    expect(report.token).toBe('not-revoked');
    expect(report.failures).toEqual([expect.objectContaining({ what: 'token' })]);
    expect(await listConnections(rig.deps.database)).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { ROUTES, type Route } from '../../server/api/contract.ts';
import { BASE_PATH } from '../../server/api/paths.ts';
import type { Connector } from '../../server/core/connector.ts';
import { lookAtStaff } from '../../server/engine/personal/look-at-staff.ts';
import { keepAges } from '../../server/store/ages.ts';
import {
  answerConsent,
  ask,
  codeFor,
  exchange,
  FIRST,
  formOn,
  type Given,
  letIn,
  openConsent,
  post,
  refresh,
  SECOND,
} from './access-rig.ts';
import { makeOtherOrganisation, type OtherOrganisation } from './other-organisation.ts';
import { openSecurityRig, type SecurityRig } from './rig.ts';
import { bearer, locationOf, signIn, type Tokens, Visitor } from './visitor.ts';

/** Other applications that people let act in Liaison: what they may, and what nobody may with what they hold. */

let rig: SecurityRig;
let other: OtherOrganisation;
let admin: Tokens;
const visitor = new Visitor();

beforeAll(async () => {
  rig = await openSecurityRig();
  admin = await signIn(rig.url, 'hugo');
  await signIn(rig.url, 'claire');
  other = await makeOtherOrganisation(rig.database, rig.url);
}, 60_000);
afterAll(() => rig.close());

const api = (token: string, method: string, path: string, body?: object) =>
  fetch(`${rig.url}${BASE_PATH}${path}`, {
    method,
    headers: { ...bearer(token), 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
const statusOf = async (given: Given): Promise<number> =>
  (await api(given.access_token, 'GET', '/me')).status;
const errorOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error: string }).error,
];
const HOOK = { url: 'https://hooks.example.com/one', facts: ['deal.won'] };

describe('letting an application in', () => {
  it('asks whoever signed in, names organisation and application, and gives it what was allowed', async () => {
    const asked = ask(rig.url, FIRST, { scope: 'read hooks' });
    const page = await openConsent(visitor, asked.url);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self' https://first.example.com;");
    const html = await page.text();
    for (const shown of ['Hugo Marchetti', 'Atelier Lumen', 'first.example.com', 'new leads'])
      expect(html).toContain(shown);
    expect(html).not.toContain('post messages');
    const back = locationOf(await answerConsent(visitor, rig.url, html));
    expect(`${back.origin}${back.pathname}`).toBe(FIRST.redirectUri);
    expect(back.searchParams.get('state')).toBe(asked.state);
    expect(back.searchParams.get('iss')).toBe(rig.url);
    const code = back.searchParams.get('code') ?? '';
    const answer = await exchange(rig.url, FIRST, { code, verifier: asked.verifier });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const given = (await answer.json()) as Given;
    expect(given).toMatchObject({ token_type: 'Bearer', expires_in: 3_600, scope: 'read hooks' });
    const me = await (await api(given.access_token, 'GET', '/me')).json();
    expect(me).toMatchObject({ user: { name: 'Hugo Marchetti' }, organisation: { name: 'Atelier Lumen' } });
    // Nothing of it stands in the database as it was given.
    const [{ text }] = (await rig.database.query(
      `select coalesce(string_agg(t::text, ' '), '') as text from (select to_jsonb(a) as t from access_tokens a
         union all select to_jsonb(c) from access_codes c) rows`,
    )) as [{ text: string }];
    for (const secret of [code, given.access_token, given.refresh_token]) {
      expect(text).not.toContain(secret);
      expect(rig.logged()).not.toContain(secret);
    }
  });

  it('an independent client library goes the whole way by what the server says of itself', async () => {
    const issuer = new URL(rig.url);
    const options = { [oauth.allowInsecureRequests]: true };
    const server = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' }),
    );
    const client: oauth.Client = { client_id: FIRST.id };
    const secret = oauth.ClientSecretBasic(FIRST.secret);
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const authorise = new URL(server.authorization_endpoint ?? '');
    authorise.search = new URLSearchParams({
      response_type: 'code',
      client_id: FIRST.id,
      redirect_uri: FIRST.redirectUri,
      scope: 'read',
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();
    const page = await openConsent(visitor, authorise.href);
    const back = locationOf(await answerConsent(visitor, rig.url, await page.text()));
    const parameters = oauth.validateAuthResponse(server, client, back, state);
    const tokens = await oauth.processAuthorizationCodeResponse(
      server,
      client,
      await oauth.authorizationCodeGrantRequest(
        server,
        client,
        secret,
        parameters,
        FIRST.redirectUri,
        verifier,
        options,
      ),
    );
    const next = await oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, secret, tokens.refresh_token ?? '', options),
    );
    expect((await api(next.access_token, 'GET', '/me')).status).toBe(200);
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(server, client, secret, next.refresh_token ?? '', options),
    );
    expect((await api(next.access_token, 'GET', '/me')).status).toBe(401);
  });

  it('only an admin may; who says no, or may not, sends the application back with nothing', async () => {
    const rep = new Visitor();
    const asked = ask(rig.url, FIRST);
    const html = await (await openConsent(rep, asked.url, 'claire')).text();
    expect(html).toContain('Claire Fontaine');
    expect(html).not.toContain('value="allow"');
    for (const [who, page, decision] of [
      [rep, html, 'allow'],
      [visitor, await (await openConsent(visitor, asked.url)).text(), 'deny'],
    ] as const) {
      const back = locationOf(await answerConsent(who, rig.url, page, { decision }));
      expect(back.searchParams.get('error')).toBe('access_denied');
      expect(back.searchParams.get('state')).toBe(asked.state);
      expect(back.searchParams.has('code')).toBe(false);
    }
  });
});

describe('a browser is sent nowhere, or back with a reason', () => {
  it.each([
    ['an unknown application', { client_id: 'nobody' }],
    ['another application’s address', { redirect_uri: SECOND.redirectUri }],
    ['a longer address', { redirect_uri: `${FIRST.redirectUri}/more` }],
    ['an address with a query', { redirect_uri: `${FIRST.redirectUri}?to=evil` }],
    ['an address of this machine', { redirect_uri: 'http://127.0.0.1:9/return' }],
    ['no address', { redirect_uri: null }],
  ])('%s is refused here', async (_, change) => {
    const answer = await visitor.visit(ask(rig.url, FIRST, change).url);
    expect(answer.status).toBe(400);
    expect(answer.headers.has('location')).toBe(false);
  });

  it.each([
    ['no challenge', { code_challenge: null, code_challenge_method: null }, 'invalid_request'],
    ['a challenge in the clear', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without its method', { code_challenge_method: null }, 'invalid_request'],
    ['a challenge that is none', { code_challenge: 'short' }, 'invalid_request'],
    ['a token at once', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope that is none', { scope: 'read everything' }, 'invalid_scope'],
    ['no scope at all in it', { scope: ' ' }, 'invalid_scope'],
  ])('%s goes back as %s', async (_, change, error) => {
    const back = locationOf(await visitor.visit(ask(rig.url, FIRST, change).url));
    expect(back.href.startsWith(FIRST.redirectUri)).toBe(true);
    expect(back.searchParams.get('error')).toBe(error);
  });

  it('a parameter that is given twice is not chosen from', async () => {
    const { url } = ask(rig.url, FIRST);
    const twice = locationOf(await visitor.visit(`${url}&scope=read`));
    expect(twice.searchParams.get('error')).toBe('invalid_request');
    expect((await visitor.visit(`${url}&redirect_uri=${encodeURIComponent(FIRST.redirectUri)}`)).status).toBe(
      400,
    );
  });
});

describe('nobody answers for somebody else', () => {
  it('a form that was not shown to this browser, or was changed, is refused', async () => {
    const html = await (await openConsent(visitor, ask(rig.url, FIRST, { scope: 'read' }).url)).text();
    const stranger = new Visitor();
    await openConsent(stranger, ask(rig.url, FIRST).url);
    const tries: [Visitor, Record<string, string>, Record<string, string>][] = [
      [stranger, {}, {}],
      [new Visitor(), {}, {}],
      [visitor, { consent: '' }, {}],
      [visitor, { scope: 'read write hooks' }, {}],
      [visitor, { client_id: SECOND.id, redirect_uri: SECOND.redirectUri }, {}],
      [visitor, { code_challenge: 'A'.repeat(43) }, {}],
      [visitor, {}, { origin: 'https://evil.example' }],
      [visitor, {}, { 'sec-fetch-site': 'cross-site' }],
    ];
    const answers = await Promise.all(
      tries.map(([who, change, headers]) => answerConsent(who, rig.url, html, change, headers)),
    );
    expect(answers.map(({ status }) => status)).toEqual(tries.map(() => 400));
    expect(answers.every(({ headers }) => !headers.has('location'))).toBe(true);
    expect(formOn(html).get('consent')).toMatch(/^[\w-]{43}$/);
  });

  it('a sign-in leads back to the question and nowhere else', async () => {
    for (const returnTo of [
      'https://evil.example/oauth/authorize?a',
      '//evil.example/oauth/authorize?a',
      '/\\evil.example/oauth/authorize?a',
      '/oauth/authorize/../../settings?a',
      '/settings',
    ]) {
      const answer = await new Visitor().visit(
        `${rig.url}/auth/zoho/start?returnTo=${encodeURIComponent(returnTo)}`,
      );
      expect(answer.status).toBe(400);
    }
  });
});

describe('a code', () => {
  it.each<[string, Parameters<typeof exchange>[3]]>([
    ['forged', { code: `lic_${'A'.repeat(43)}` }],
    ['with another verifier', { code_verifier: 'A'.repeat(43) }],
    ['with another address', { redirect_uri: `${FIRST.redirectUri}/` }],
  ])('%s is worth nothing, and is used up', async (_, change) => {
    const code = await codeFor(visitor, rig.url, FIRST);
    expect(await errorOf(await exchange(rig.url, FIRST, code, change))).toEqual([400, 'invalid_grant']);
    const after = await exchange(rig.url, FIRST, code);
    expect(after.status).toBe(change?.code === undefined ? 400 : 200);
  });

  it('is of no use to another application, and is not used up by its try', async () => {
    const code = await codeFor(visitor, rig.url, FIRST);
    const stolen = await exchange(rig.url, SECOND, code, { redirect_uri: FIRST.redirectUri });
    expect(await errorOf(stolen)).toEqual([400, 'invalid_grant']);
    expect((await exchange(rig.url, FIRST, code)).status).toBe(200);
  });

  it('that comes a second time ends what it was exchanged for', async () => {
    const code = await codeFor(visitor, rig.url, FIRST);
    const given = (await (await exchange(rig.url, FIRST, code)).json()) as Given;
    expect(await statusOf(given)).toBe(200);
    expect(await errorOf(await exchange(rig.url, FIRST, code))).toEqual([400, 'invalid_grant']);
    expect(await statusOf(given)).toBe(401);
    expect((await refresh(rig.url, FIRST, given.refresh_token)).status).toBe(400);
  });

  it('of many exchanges at once a single one succeeds', async () => {
    const code = await codeFor(visitor, rig.url, FIRST);
    const answers = await Promise.all(Array.from({ length: 5 }, () => exchange(rig.url, FIRST, code)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('that is over is worth nothing', async () => {
    const code = await codeFor(visitor, rig.url, FIRST);
    await rig.database.query('update access_codes set expires_at = now() where spent_at is null');
    expect((await exchange(rig.url, FIRST, code)).status).toBe(400);
  });
});

describe('tokens', () => {
  it('are renewed once; a refresh token that comes again ends its family, and no other', async () => {
    const [first, second] = [await letIn(visitor, rig.url), await letIn(visitor, rig.url)];
    const next = (await (await refresh(rig.url, FIRST, first.refresh_token)).json()) as Given;
    expect(next.refresh_token).not.toBe(first.refresh_token);
    expect(await statusOf(next)).toBe(200);
    expect(await errorOf(await refresh(rig.url, FIRST, first.refresh_token))).toEqual([400, 'invalid_grant']);
    expect(await Promise.all([statusOf(first), statusOf(next)])).toEqual([401, 401]);
    expect((await refresh(rig.url, FIRST, next.refresh_token)).status).toBe(400);
    expect(await statusOf(second)).toBe(200);
  });

  it('are of no use to another application', async () => {
    const given = await letIn(visitor, rig.url);
    expect((await refresh(rig.url, SECOND, given.refresh_token)).status).toBe(400);
    await post(rig.url, '/oauth/revoke', {
      client_id: SECOND.id,
      client_secret: SECOND.secret,
      token: given.refresh_token,
    });
    expect(await statusOf(given)).toBe(200);
    expect((await refresh(rig.url, FIRST, given.access_token)).status).toBe(400);
    expect((await api(given.refresh_token, 'GET', '/me')).status).toBe(401);
  });

  it('open nothing once their time is over', async () => {
    const given = await letIn(visitor, rig.url);
    await rig.database.query(`update access_tokens set expires_at = now() where kind = 'access'`);
    const answer = await api(given.access_token, 'GET', '/me');
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await refresh(rig.url, FIRST, given.refresh_token)).status).toBe(200);
  });

  it('are given to nobody who does not prove which application it is', async () => {
    const code = await codeFor(visitor, rig.url, FIRST);
    const basic = (id: string, secret: string) => ({
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
    });
    const form = { grant_type: 'authorization_code', code: code.code, code_verifier: code.verifier };
    for (const [fields, headers] of [
      [{ client_id: FIRST.id, client_secret: 'wrong' }, {}],
      [{ client_id: FIRST.id }, {}],
      [{ client_id: 'nobody', client_secret: '' }, {}],
      [{ client_id: FIRST.id, client_secret: SECOND.secret }, {}],
      [{}, basic(FIRST.id, 'wrong')],
      [{ client_id: SECOND.id }, basic(FIRST.id, FIRST.secret)],
      [{ client_secret: FIRST.secret }, basic(FIRST.id, FIRST.secret)],
    ] as const) {
      const answer = await post(
        rig.url,
        '/oauth/token',
        { ...form, ...fields } as Record<string, string>,
        headers,
      );
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/);
      expect(await errorOf(answer)).toEqual([401, 'invalid_client']);
    }
    const right = { client_id: FIRST.id, client_secret: FIRST.secret };
    expect(await errorOf(await post(rig.url, '/oauth/token', { ...right }))).toEqual([
      400,
      'invalid_request',
    ]);
    expect(await errorOf(await post(rig.url, '/oauth/token', { ...right, grant_type: 'password' }))).toEqual([
      400,
      'unsupported_grant_type',
    ]);
    const json = await fetch(`${rig.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...right, ...form }),
    });
    expect(await errorOf(json)).toEqual([400, 'invalid_request']);
    const large = await post(rig.url, '/oauth/token', { ...right, code: 'x'.repeat(20_000) });
    expect(await errorOf(large)).toEqual([400, 'invalid_request']);
  });
});

describe('an application may', () => {
  it('call what it was let do, and nothing that is for people alone', async () => {
    const [reading, hooking] = [
      await letIn(visitor, rig.url, FIRST, 'read'),
      await letIn(visitor, rig.url, FIRST, 'hooks'),
    ];
    const routes = Object.values(ROUTES) as Route[];
    const closed = routes.filter(({ role, scope }) => role !== 'anyone' && scope === undefined);
    expect(closed.length).toBeGreaterThan(60);
    for (const { method, path } of closed) {
      const filled = path.replaceAll(/:\w+/g, 'x');
      const answer = await api(reading.access_token, method, filled);
      expect([method, path, answer.status]).toEqual([method, path, 403]);
      expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
    }
    expect((await api(reading.access_token, 'POST', '/receivers', HOOK)).status).toBe(403);
    expect((await api(hooking.access_token, 'GET', '/me')).status).toBe(403);
    expect((await api(hooking.access_token, 'POST', '/receivers', HOOK)).status).toBe(200);
  });

  it('do no more than the person may by then', async () => {
    const given = await letIn(visitor, rig.url);
    await rig.database.query(`update users set role = 'rep' where name like 'Hugo%'`);
    expect((await api(given.access_token, 'POST', '/receivers', HOOK)).status).toBe(403);
    await rig.database.query(`update users set role = 'admin' where name like 'Hugo%'`);
  });

  it('see and remove the receivers that it made, and nobody else’s, here or elsewhere', async () => {
    const [given, another] = [await letIn(visitor, rig.url), await letIn(visitor, rig.url, SECOND)];
    const make = async (token: string, url: string) =>
      (await (await api(token, 'POST', '/receivers', { ...HOOK, url })).json()) as {
        receiver: { id: string; application: { id: string } | null };
        secret: string;
      };
    const mine = await make(given.access_token, 'https://hooks.example.com/mine');
    expect(mine.receiver.application).toMatchObject({ id: 'first' });
    const again = await make(given.access_token, 'https://hooks.example.com/mine');
    expect(again.receiver.id).toBe(mine.receiver.id);
    const persons = await make(admin.token, 'https://hooks.example.com/persons');
    expect(persons.receiver.application).toBeNull();
    for (const id of [persons.receiver.id, other.receiver, randomUUID(), 'x'])
      for (const [method, path] of [
        ['GET', `/receivers/${id}`],
        ['DELETE', `/receivers/${id}`],
        ['GET', `/receivers/${id}/dispatches`],
      ] as const)
        expect([path, (await api(given.access_token, method, path)).status]).toEqual([path, 404]);
    expect((await api(another.access_token, 'DELETE', `/receivers/${mine.receiver.id}`)).status).toBe(404);
    const ended = await api(given.access_token, 'DELETE', `/receivers/${mine.receiver.id}`);
    expect([ended.status, await ended.json()]).toEqual([200, { deleted: true }]);
  });
});

describe('an access ends', () => {
  const list = async (tokens: Tokens) =>
    (
      (await (await api(tokens.token, 'GET', '/accesses')).json()) as {
        accesses: { id: string; hooks: number }[];
      }
    ).accesses;

  it('when an admin ends it, with the tokens and the receivers, in one organisation', async () => {
    const given = await letIn(visitor, rig.url);
    await api(given.access_token, 'POST', '/receivers', HOOK);
    const [shown] = (await list(admin)).filter(({ hooks }) => hooks > 0);
    expect((await list(other.tokens)).map(({ id }) => id)).toEqual([other.access]);
    expect((await list(admin)).some(({ id }) => id === other.access)).toBe(false);
    expect((await list(await signIn(rig.url, 'claire'))).length).toBe(0);
    expect((await api(other.tokens.token, 'DELETE', `/accesses/${shown?.id}`)).status).toBe(404);
    const claire = await signIn(rig.url, 'claire');
    expect((await api(claire.token, 'DELETE', `/accesses/${shown?.id}`)).status).toBe(404);
    expect((await api(admin.token, 'DELETE', `/accesses/${shown?.id}`)).status).toBe(200);
    expect(await statusOf(given)).toBe(401);
    expect((await refresh(rig.url, FIRST, given.refresh_token)).status).toBe(400);
    const left = await rig.database.query('select from receivers where access_id = $1', [shown?.id]);
    expect(left).toEqual([]);
  });

  it('when nobody renewed it in time: then it is shown to be let do nothing, and its receivers go on', async () => {
    const given = await letIn(visitor, rig.url);
    await api(given.access_token, 'POST', '/receivers', HOOK);
    await keepAges(rig.database, new Date());
    expect(await statusOf(given)).toBe(200);
    await rig.database.query(
      `update access_tokens t set expires_at = now() - interval '1 minute' from access_families f join accesses a on a.id = f.access_id
       where f.id = t.family_id and a.organisation_id <> $1`,
      [other.id],
    );
    await keepAges(rig.database, new Date());
    expect(await statusOf(given)).toBe(401);
    expect((await refresh(rig.url, FIRST, given.refresh_token)).status).toBe(400);
    const [shown] = (await list(admin)).filter(({ hooks }) => hooks > 0);
    expect(shown).toMatchObject({ scopes: [], hooks: 1 });
  });

  it('when the application gives it up', async () => {
    const given = await letIn(visitor, rig.url, SECOND);
    const revoke = () =>
      post(rig.url, '/oauth/revoke', {
        client_id: SECOND.id,
        client_secret: SECOND.secret,
        token: given.refresh_token,
      });
    expect((await revoke()).status).toBe(200);
    expect(await statusOf(given)).toBe(401);
    expect((await revoke()).status).toBe(200);
  });

  it.each([
    ['works there no longer', { active: false, role: 'admin' as const }],
    ['is an admin no longer, though they never signed in since', { active: true, role: 'rep' as const }],
  ])('when the CRM says that the person %s, at the next look', async (_, staffed) => {
    const given = await letIn(visitor, rig.url);
    await api(given.access_token, 'POST', '/receivers', HOOK);
    const [user] = await rig.database.query<{ organisationId: string; externalId: string }>(
      `select organisation_id as "organisationId", external_id as "externalId" from users where name like 'Hugo%'`,
    );
    const { organisationId, externalId } = user!;
    const staff = {
      ownerOption: 'owner',
      all: async () => [{ id: externalId, name: 'Hugo Marchetti', email: null, ...staffed }],
      one: async () => null,
    };
    const home = { id: 'home', staff, client: () => ({}) } as unknown as Connector;
    await lookAtStaff(
      {
        database: rig.database,
        world: { connectors: new Map([['home', home]]), open: async () => ({}) as never },
        disconnect: async () => {},
        onFlowChange: async () => {},
      },
      organisationId,
    );
    expect(await statusOf(given)).toBe(401);
    expect((await refresh(rig.url, FIRST, given.refresh_token)).status).toBe(400);
    const left = await rig.database.query(
      'select from receivers where access_id is not null and organisation_id <> $1',
      [other.id],
    );
    expect(left).toEqual([]);
    const back = await signIn(rig.url, 'hugo');
    expect((await api(back.token, 'GET', '/receivers')).status).toBe(200);
    expect(await statusOf(await letIn(visitor, rig.url))).toBe(200);
  });

  it('when its organisation is removed', async () => {
    const given = await letIn(visitor, rig.url);
    await rig.database.query(`delete from organisations where id <> $1`, [other.id]);
    expect(await statusOf(given)).toBe(401);
    // The other organisation’s one stays.
    const [left] = await rig.database.query('select count(*)::int as count from access_tokens');
    expect(left).toEqual({ count: 1 });
  });
});

import { zohoSignIn } from '../../server/connectors/zoho-crm/sign-in.ts';
import { openSecurityRig, type SecurityRig } from './rig.ts';
import {
  bearer,
  codeOn,
  decide,
  locationOf,
  newPage,
  openPopup,
  postJson,
  signIn,
  startUrl,
  type Tokens,
  Visitor,
} from './visitor.ts';

let rig: SecurityRig;

beforeEach(async () => {
  rig = await openSecurityRig();
});
afterEach(() => rig.close());

const api = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${rig.url}/api/v1${path}`, { headers });

/** How many rows signing in has left. */
async function rows(): Promise<Record<string, number>> {
  const [row] = await rig.database.query<Record<string, number>>(
    `select (select count(*) from organisations)::int as organisations, (select count(*) from users)::int as users,
       (select count(*) from sign_ins)::int as "signIns", (select count(*) from sign_in_codes)::int as codes,
       (select count(*) from sessions)::int as sessions, (select count(*) from sign_in_attempts)::int as attempts`,
  );
  return row!;
}

const NOTHING = { organisations: 0, users: 0, signIns: 0, codes: 0, sessions: 0 };

describe('signing in', () => {
  it('gives an admin a session, with the organisation and the role that the CRM itself names', async () => {
    const { token, expiresIn } = await signIn(rig.url, 'hugo');
    const me = await (await api('/me', bearer(token))).json();
    expect(me).toMatchObject({
      organisation: { name: 'Atelier Lumen', currency: 'EUR', timeZone: 'Europe/Paris' },
      user: { name: 'Hugo Marchetti' },
      role: 'admin',
      locale: 'fr-FR',
    });
    expect(expiresIn).toBeGreaterThan(890);
    expect(expiresIn).toBeLessThanOrEqual(900);
    const [organisation] = await rig.database.query('select external_id from organisations');
    expect(organisation).toEqual({ external_id: '20098765432' });
  });

  it('installs with the first admin; before that, a rep is told who can, and nothing is stored', async () => {
    const visitor = new Visitor();
    const callback = await decide(visitor, await openPopup(visitor, rig.url, newPage()), 'accept', 'claire');
    const answer = await visitor.visit(callback);
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain('Liaison n’est pas encore installé pour Atelier Lumen');
    expect(codeOn(html)).toBeNull();
    expect(await rows()).toMatchObject(NOTHING);

    await signIn(rig.url, 'hugo');
    const { token } = await signIn(rig.url, 'claire');
    expect(await (await api('/me', bearer(token))).json()).toMatchObject({
      user: { name: 'Claire Fontaine' },
      role: 'rep',
    });
    expect(await rows()).toMatchObject({ organisations: 1, users: 2 });
  });

  it('keeps none of the vendor’s tokens, and gives them back', async () => {
    await signIn(rig.url);
    const accounts = rig.sandbox.desk('zoho-accounts');
    expect(accounts.table('access-tokens', { kept: true }).all()).toEqual([]);
    expect(accounts.table('grants', { kept: true }).all()).toEqual([]);
  });

  it('asks the vendor with PKCE, for who and which organisation, and nothing else', async () => {
    const consent = await openPopup(new Visitor(), rig.url, newPage());
    const asked = Object.fromEntries(consent.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'ZohoCRM.users.READ,ZohoCRM.org.READ',
      access_type: 'online',
      redirect_uri: `${rig.url}/auth/zoho/callback`,
    });
    expect(asked.code_challenge).toMatch(/^[\w-]{43}$/);
    expect(asked.state).toMatch(/^[\w-]{43}$/);
  });

  it('is not asked of the vendor again while the popup’s session lives, unless the user wants to choose', async () => {
    const visitor = new Visitor();
    await signIn(rig.url, 'hugo', visitor);
    const page = newPage();
    const again = await visitor.visit(startUrl(rig.url, page));
    expect(again.status).toBe(200);
    const code = codeOn(await again.text());
    expect((await postJson(rig.url, '/session', { code, verifier: page.verifier })).status).toBe(200);

    expect((await visitor.visit(startUrl(rig.url, newPage(), { again: '1' }))).status).toBe(303);
    expect((await visitor.visit(startUrl(rig.url, newPage(), { organisation: '999' }))).status).toBe(303);
    await rig.database.query(`update sign_ins set expires_at = now() - interval '1 second'`);
    expect((await visitor.visit(startUrl(rig.url, newPage()))).status).toBe(303);
  });
});

describe('a callback is refused, with a page in the user’s language and nothing stored, when', () => {
  async function refused(visitor: Visitor, callback: URL | string): Promise<string> {
    const answer = await visitor.visit(callback, { headers: { 'accept-language': 'fr' } });
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('Vous n’êtes pas connecté');
    expect(codeOn(html)).toBeNull();
    expect(answer.headers.getSetCookie()).toEqual([]);
    return html;
  }

  async function accepted(visitor = new Visitor()) {
    return {
      visitor,
      callback: await decide(visitor, await openPopup(visitor, rig.url, newPage()), 'accept'),
    };
  }

  it.each([
    ['missing', (url: URL) => url.searchParams.delete('state')],
    ['forged', (url: URL) => url.searchParams.set('state', 'A'.repeat(43))],
    ['empty', (url: URL) => url.searchParams.set('state', '')],
    ['doubled', (url: URL) => url.searchParams.append('state', 'A'.repeat(43))],
  ])('its state is %s', async (what, change) => {
    const { visitor, callback } = await accepted();
    change(callback);
    // Doubled: the first one is right, and it is refused all the same.
    const answer = await visitor.visit(callback, { headers: { 'accept-language': 'fr' } });
    expect([400, 502]).toContain(answer.status);
    if (what !== 'doubled') expect(answer.status).toBe(400);
    expect(codeOn(await answer.text())).toBeNull();
    expect(await rows()).toMatchObject(NOTHING);
  });

  it('its state was used already', async () => {
    const { visitor, callback } = await accepted();
    expect((await visitor.visit(callback)).status).toBe(200);
    const before = await rows();
    await refused(visitor, callback);
    expect(await rows()).toEqual(before);
  });

  it('its state is older than ten minutes', async () => {
    const { visitor, callback } = await accepted();
    const [attempt] = await rig.database.query<{ minutes: number }>(
      'select extract(epoch from expires_at - now())::float8 / 60 as minutes from sign_in_attempts',
    );
    expect(attempt!.minutes).toBeLessThanOrEqual(10);
    await rig.database.query('update sign_in_attempts set expires_at = now()');
    await refused(visitor, callback);
    expect(await rows()).toMatchObject(NOTHING);
  });

  it('it comes back in another browser, with or without a session of its own', async () => {
    const { callback } = await accepted();
    await refused(new Visitor(), callback);
    const other = new Visitor();
    await openPopup(other, rig.url, newPage());
    await refused(other, callback);
    expect(await rows()).toMatchObject(NOTHING);
  });

  it('its code was used already, also with a fresh state', async () => {
    const { visitor, callback } = await accepted();
    const code = callback.searchParams.get('code')!;
    await visitor.visit(callback);
    const before = await rows();
    const second = await decide(visitor, await openAgain(visitor), 'accept');
    second.searchParams.set('code', code);
    const answer = await visitor.visit(second);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(codeOn(await answer.text())).toBeNull();
    expect(await rows()).toEqual(before);
  });

  it('its code was given to another visit (PKCE)', async () => {
    const first = await accepted();
    const second = await accepted();
    second.callback.searchParams.set('code', first.callback.searchParams.get('code')!);
    const answer = await second.visitor.visit(second.callback);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await rows()).toMatchObject(NOTHING);
  });

  it.each([
    'https://evil.com',
    'https://accounts.zoho.com.evil.com',
    'https://accounts.zoho.com@evil.com',
    'https://zoho.com.evil.com',
    'https://zoho.com@evil',
    'http://accounts.zoho.eu',
    'https://accounts.zoho.eu/',
    'https://accounts.zoho.eu:8443',
    'https://ACCOUNTS.zoho.eu.',
    '',
  ])('it names the accounts server «%s»: no secret is sent anywhere', async (server) => {
    const { visitor, callback } = await accepted();
    callback.searchParams.set('accounts-server', server);
    await refused(visitor, callback);
    expect(await rows()).toMatchObject(NOTHING);
    // Its code is as good as before: nobody was asked.
    expect(rig.sandbox.desk('zoho-accounts').table('codes', { kept: true }).size).toBe(1);
  });

  it('it names two accounts servers', async () => {
    const { visitor, callback } = await accepted();
    callback.searchParams.append('accounts-server', 'https://evil.com');
    await refused(visitor, callback);
    expect(await rows()).toMatchObject(NOTHING);
  });

  it('the user denied', async () => {
    const visitor = new Visitor();
    const html = await refused(
      visitor,
      await decide(visitor, await openPopup(visitor, rig.url, newPage()), 'deny'),
    );
    expect(html).toContain('Vous n’avez pas autorisé Zoho');
    expect(await rows()).toMatchObject({ ...NOTHING, attempts: 0 });
  });

  it('the vendor gave more than was asked for, or less: what it gave is given back', async () => {
    for (const scope of ['ZohoCRM.users.READ,ZohoCRM.org.READ,ZohoCRM.modules.ALL', 'ZohoCRM.org.READ']) {
      const visitor = new Visitor();
      const consent = await openPopup(visitor, rig.url, newPage());
      const callback = await decide(visitor, consent, 'accept', 'hugo', (form) => form.set('scope', scope));
      await refused(visitor, callback);
    }
    expect(await rows()).toMatchObject(NOTHING);
    const accounts = rig.sandbox.desk('zoho-accounts');
    expect(accounts.table('access-tokens', { kept: true }).all()).toEqual([]);
  });

  async function openAgain(visitor: Visitor): Promise<URL> {
    return locationOf(await visitor.visit(startUrl(rig.url, newPage(), { again: '1' })));
  }
});

describe('a popup is opened by our own pages only', () => {
  it.each([
    ['another origin', { opener: 'https://evil.example' }],
    ['an origin that looks like ours', { opener: 'http://127.0.0.1.evil.example' }],
    ['another port of this machine', { opener: 'http://127.0.0.1:1' }],
    ['no origin', { opener: '' }],
    ['no challenge', { challenge: '' }],
    ['a challenge that is none', { challenge: '"><script>' }],
  ])('and refused with %s, before the vendor is asked', async (_, change) => {
    const answer = await new Visitor().visit(startUrl(rig.url, newPage(), change));
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('<script>alert');
    expect(await rows()).toMatchObject({ ...NOTHING, attempts: 0 });
  });

  it('tells its code to the origin that opened it, and to no other', async () => {
    const visitor = new Visitor();
    const callback = await decide(visitor, await openPopup(visitor, rig.url, newPage()), 'accept');
    const html = await (await visitor.visit(callback)).text();
    expect(html).toContain(`data-opener="${rig.url}"`);
    expect(html).toContain('postMessage({type:');
    expect(html).not.toMatch(/postMessage\([^)]*'\*'/);
  });

  it('replaces the browser’s cookie when somebody signs in: one that was planted opens nothing', async () => {
    const visitor = new Visitor();
    visitor.setCookie(rig.url, 'liaison_sign_in', 'A'.repeat(43));
    await signIn(rig.url, 'hugo', visitor);
    expect(visitor.cookiesOf(rig.url).get('liaison_sign_in')).not.toBe('A'.repeat(43));
    const thief = new Visitor();
    thief.setCookie(rig.url, 'liaison_sign_in', 'A'.repeat(43));
    expect((await thief.visit(startUrl(rig.url, newPage()))).status).toBe(303);
  });
});

describe('the one-time code', () => {
  async function code() {
    const visitor = new Visitor();
    const page = newPage();
    const callback = await decide(visitor, await openPopup(visitor, rig.url, page), 'accept');
    return { page, code: codeOn(await (await visitor.visit(callback)).text())! };
  }
  const exchange = (body: object) => postJson(rig.url, '/session', body);

  it('is good once', async () => {
    const { page, code: once } = await code();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => exchange({ code: once, verifier: page.verifier })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)]);
    expect(await rows()).toMatchObject({ sessions: 1 });
  });

  it('is good for a minute', async () => {
    const { page, code: late } = await code();
    const [row] = await rig.database.query<{ seconds: number }>(
      'select extract(epoch from expires_at - now())::float8 as seconds from sign_in_codes',
    );
    expect(row!.seconds).toBeLessThanOrEqual(60);
    await rig.database.query('update sign_in_codes set expires_at = now()');
    expect((await exchange({ code: late, verifier: page.verifier })).status).toBe(401);
    expect(await rows()).toMatchObject({ sessions: 0 });
  });

  it('is refused with a verifier that is not the page’s, and used up by it', async () => {
    const { page, code: stolen } = await code();
    const wrong = await exchange({ code: stolen, verifier: newPage().verifier });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await exchange({ code: stolen, verifier: page.verifier })).status).toBe(401);
    expect(await rows()).toMatchObject({ sessions: 0 });
  });

  it('gives no session for another organisation than the page’s', async () => {
    const { page, code: other } = await code();
    const answer = await exchange({ code: other, verifier: page.verifier, organisation: '999' });
    expect(answer.status).toBe(409);
    expect(await rows()).toMatchObject({ sessions: 0 });
  });
});

describe('a session', () => {
  const renew = (body: object, init: RequestInit = {}) => postJson(rig.url, '/session/renew', body, init);

  it('is renewed by a token that is good once; using it again ends the whole session', async () => {
    const first = await signIn(rig.url);
    const second = (await (await renew({ renewal: first.renewal })).json()) as Tokens;
    expect(second.token).not.toBe(first.token);
    expect(second.renewal).not.toBe(first.renewal);
    // What was on its way with the former bearer token arrives.
    expect((await api('/me', bearer(first.token))).status).toBe(200);
    expect((await api('/me', bearer(second.token))).status).toBe(200);

    expect((await renew({ renewal: first.renewal })).status).toBe(401);
    expect((await api('/me', bearer(second.token))).status).toBe(401);
    expect((await renew({ renewal: second.renewal })).status).toBe(401);
    expect(rig.logged()).toContain('used twice');
  });

  it('ends when two use one renewal token at the same moment', async () => {
    const { renewal } = await signIn(rig.url);
    const answers = await Promise.all([renew({ renewal }), renew({ renewal })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await rows()).toMatchObject({ sessions: 0 });
  });

  it('lasts fifteen minutes by its bearer token, and no longer than the popup’s session in all', async () => {
    const { token, renewal } = await signIn(rig.url);
    const [row] = await rig.database.query<{ bearer: number; hours: number }>(
      `select (select extract(epoch from expires_at - now())::float8 / 60 from session_tokens where kind = 'bearer') as bearer,
         (select extract(epoch from expires_at - now())::float8 / 3600 from sign_ins) as hours`,
    );
    expect(row!.bearer).toBeLessThanOrEqual(15);
    expect(row!.hours).toBeLessThanOrEqual(8);
    await rig.database.query(`update session_tokens set expires_at = now() where kind = 'bearer'`);
    expect((await api('/me', bearer(token))).status).toBe(401);
    await rig.database.query('update sign_ins set expires_at = now()');
    expect((await renew({ renewal })).status).toBe(401);
  });

  it('begins on a further page of the same browser without a click, and for the same organisation only', async () => {
    const visitor = new Visitor();
    const page = newPage();
    const callback = await decide(visitor, await openPopup(visitor, rig.url, page), 'accept');
    const code = codeOn(await (await visitor.visit(callback)).text());
    const opened = await postJson(rig.url, '/session', { code, verifier: page.verifier });
    const [line] = opened.headers.getSetCookie();
    expect(line).toMatch(
      /^liaison_frame=[\w-]{43}; Path=\/api\/v1\/session; HttpOnly; Max-Age=28800; SameSite=Lax$/,
    );
    const cookie = line!.split(';')[0]!;
    const resumed = await renew({}, { headers: { cookie } });
    const { token } = (await resumed.json()) as Tokens;
    expect((await api('/me', bearer(token))).status).toBe(200);
    expect((await renew({ organisation: '999' }, { headers: { cookie } })).status).toBe(409);
    expect((await renew({})).status).toBe(401);
    // The cookie opens nothing by itself.
    expect((await api('/me', { cookie })).status).toBe(401);
  });

  it('is over on every page once one signed out', async () => {
    const visitor = new Visitor();
    const first = await signIn(rig.url, 'hugo', visitor);
    const page = newPage();
    const code = codeOn(await (await visitor.visit(startUrl(rig.url, page))).text());
    const second = (await (
      await postJson(rig.url, '/session', { code, verifier: page.verifier })
    ).json()) as Tokens;
    const out = await fetch(`${rig.url}/api/v1/session`, { method: 'DELETE', headers: bearer(first.token) });
    expect(await out.json()).toEqual({ closed: true });
    expect(out.headers.getSetCookie()[0]).toMatch(/^liaison_frame=; .*Max-Age=0/);
    for (const { token, renewal } of [first, second]) {
      expect((await api('/me', bearer(token))).status).toBe(401);
      expect((await renew({ renewal })).status).toBe(401);
    }
    expect((await visitor.visit(startUrl(rig.url, newPage()))).status).toBe(303);
  });

  it('has the role that the CRM named last', async () => {
    const { token } = await signIn(rig.url, 'hugo');
    await rig.database.query(`update users set role = 'rep'`);
    expect(await (await api('/me', bearer(token))).json()).toMatchObject({ role: 'rep' });
  });

  it('ends its live line when its bearer token does', async () => {
    const { token } = await signIn(rig.url);
    await rig.database.query(
      `update session_tokens set expires_at = clock_timestamp() + interval '1.5 seconds' where kind = 'bearer'`,
    );
    const line = await api('/live', bearer(token));
    expect(line.status).toBe(200);
    expect(await line.text()).toContain('welcome');
  });
});

it('no secret of a sign-in stands in the database or the log', async () => {
  const visitor = new Visitor();
  const page = newPage();
  const consent = await openPopup(visitor, rig.url, page);
  const callback = await decide(visitor, consent, 'accept');
  const code = codeOn(await (await visitor.visit(callback)).text())!;
  const opened = await postJson(rig.url, '/session', { code, verifier: page.verifier });
  const { token, renewal } = (await opened.json()) as Tokens;
  const renewed = (await (await postJson(rig.url, '/session/renew', { renewal })).json()) as Tokens;
  await postJson(rig.url, '/session/renew', { renewal });
  await visitor.visit(callback);

  const secrets = [
    token,
    renewal,
    renewed.token,
    renewed.renewal,
    code,
    page.verifier,
    consent.searchParams.get('state')!,
    callback.searchParams.get('code')!,
    ...visitor.cookiesOf(rig.url).values(),
    opened.headers.getSetCookie()[0]!.split(/[=;]/)[1]!,
    `sandbox-secret-${zohoSignIn.connector.id}`,
  ];
  expect(secrets.length).toBeGreaterThan(11);
  const tables = await rig.database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  let dump = '';
  for (const { name } of tables) {
    const [row] = await rig.database.query<{ text: string | null }>(
      `select string_agg(t::text, ' ') as text from "${name}" t`,
    );
    dump += row?.text ?? '';
  }
  expect(dump).toContain('Hugo Marchetti');
  const raw = (secret: string) => Buffer.from(secret, 'base64url').toString('hex');
  for (const secret of secrets) {
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(raw(secret));
    expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
    expect(rig.logged()).not.toContain(secret);
  }
  expect(rig.logged()).toContain('a user signed in');
});

import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openDatabase } from '../../server/store/database.ts';
import { tell } from '../../server/store/dispatches.ts';
import { answerConsent, openConsent } from '../security/access-rig.ts';
import { locationOf, Visitor } from '../security/visitor.ts';
import { endAll } from './aftermath.ts';
import { json, type Liaison, ledger, play, startLiaison, until, webhookOf } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { call } from './tried.ts';

/** The application that stands in Zapier, played by Zapier's own tester against a running server. */

const RETURN = 'https://zapier.com/dashboard/auth/oauth/return/App000CLIAPI/';

type Bundle = Readonly<Record<string, unknown>>;
type Method = (z: unknown, bundle: unknown) => unknown;
type Tester = <T>(method: Method | object, bundle: Bundle) => Promise<T>;
interface Trigger {
  readonly key: string;
  readonly operation: {
    readonly type: string;
    readonly perform: Method;
    readonly performList: Method;
    readonly performSubscribe: Method;
    readonly performUnsubscribe: Method;
    readonly sample: Record<string, unknown>;
  };
}
interface Step {
  readonly operation: { readonly perform: Method; readonly inputFields: readonly (Method | object)[] };
}
interface App {
  readonly authentication: {
    readonly test: object;
    readonly oauth2Config: {
      readonly authorizeUrl: object;
      readonly getAccessToken: object;
      readonly refreshAccessToken: object;
    };
  };
  readonly triggers: Readonly<Record<string, Trigger>>;
  readonly creates: Readonly<Record<'hand_record' | 'start_integration' | 'post_message', Step>>;
  readonly searches: Readonly<Record<'find_person' | 'find_run', Step>>;
}
interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}
interface Message {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}
interface Arrival {
  readonly address: string;
  readonly body: string;
}

const require = createRequire(import.meta.url);
const app = require(join(import.meta.dirname, '..', '..', 'zapier', 'index.js')) as App;
const { createAppTester } = require('zapier-platform-core') as { createAppTester: (app: App) => Tester };
const tester = createAppTester(app);
const hooks = Object.values(app.triggers).filter(({ operation }) => operation.type === 'hook');

// The platform puts its own `request` in Node's modules, which all suites of this process share; it takes no address beside its options.
const own = [http, https].map((node) => ({ node, request: node.request }));
afterAll(() => {
  for (const { node, request } of own) {
    node.request = request;
    Reflect.deleteProperty(node, 'patchedByZapier');
  }
});

let place: ServedPlace;
let liaison: Liaison;
let authData: Tokens;
const visitor = new Visitor();

/** What Zapier does when somebody connects an account. */
async function connect(): Promise<Tokens> {
  const { authorizeUrl, getAccessToken } = app.authentication.oauth2Config;
  const state = randomBytes(9).toString('base64url');
  const address = new URL(await tester<string>(authorizeUrl, { inputData: { state, redirect_uri: RETURN } }));
  const verifier = randomBytes(32).toString('base64url');
  address.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
  address.searchParams.set('code_challenge_method', 'S256');
  address.searchParams.set('scope', 'read write hooks');
  const page = await openConsent(visitor, address.href);
  const back = locationOf(await answerConsent(visitor, liaison.url, await page.text()));
  expect(`${back.origin}${back.pathname}`).toBe(RETURN);
  expect(back.searchParams.get('state')).toBe(state);
  return tester<Tokens>(getAccessToken, {
    inputData: { code: back.searchParams.get('code'), redirect_uri: RETURN, code_verifier: verifier },
  });
}

beforeAll(async () => {
  place = await newServedPlace({ LIAISON_ZAPIER_REDIRECT_URI: RETURN });
  liaison = await startLiaison(place);
  process.env.LIAISON_URL = liaison.url;
  process.env.CLIENT_ID = 'sandbox-zapier';
  process.env.CLIENT_SECRET = 'sandbox-secret-zapier';
  authData = await connect();
  await until(() => webhookOf(liaison.sandboxUrl, 'zoho-crm').catch(() => null));
}, 120_000);
afterAll(() => endAll(place, [liaison]));

const play1 = <T>(method: Method, bundle: Bundle = {}) => tester<T>(method, { authData, ...bundle });
const targetOf = (key: string): string => `https://hooks.zapier.com/hooks/standard/1/${key}/`;
async function cameTo(key: string): Promise<Message[]> {
  const state = await json<{ tables: { arrivals?: Arrival[] } }>(
    `${liaison.sandboxUrl}/_sandbox/state/receiver`,
  );
  // The table is there once something came.
  return (state.tables.arrivals ?? [])
    .filter(({ address }) => address === `hooks.zapier.com/hooks/standard/1/${key}`)
    .map(({ body }) => JSON.parse(body) as Message);
}
const receivers = async () =>
  (
    await call<{ receivers: { id: string; application: { id: string } | null }[] }>(
      liaison,
      'GET',
      '/receivers',
    )
  ).receivers;
/** By the whole of it, in the database: tells what no scenario of a few seconds tells. */
async function inDatabase<T>(work: (database: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const database = openDatabase(place.connectionString, { max: 1, onError: () => {} });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
const tellOf = (type: 'record.changed' | 'run.failed', key: string, data: unknown) =>
  inDatabase(async (database) => {
    const [row] = await database.query<{ organisationId: string }>(
      `select organisation_id as "organisationId" from integrations where id = 'deal-won-to-slack'`,
    );
    await tell(
      database,
      { organisationId: row?.organisationId ?? '', integration: 'deal-won-to-slack' },
      { type, key, data },
    );
  });

it('connects, and says who and for which organisation', async () => {
  // Zapier makes the account's label of it.
  expect(await tester(app.authentication.test, { authData })).toMatchObject({
    organisation: { name: expect.stringMatching(/./) },
    user: { name: 'Hugo Marchetti' },
  });
});

it('every trigger subscribes, is sent what happens, shows the same in its list, and unsubscribes', async () => {
  const subscribed = new Map<string, { id: string }>();
  for (const { key, operation } of hooks) {
    const inputData = {};
    const [example] = await play1<Message[]>(operation.performList, { inputData });
    expect(Object.keys(example ?? {})).toEqual(Object.keys(operation.sample));
    subscribed.set(key, await play1(operation.performSubscribe, { inputData, targetUrl: targetOf(key) }));
  }
  const made = (await receivers()).filter(({ application }) => application?.id === 'zapier');
  expect(made.map(({ id }) => id).sort()).toEqual([...subscribed.values()].map(({ id }) => id).sort());

  await play(liaison.sandboxUrl, 'deal-won');
  await play(liaison.sandboxUrl, 'webhook-answer', {
    firstName: 'Inès',
    lastName: 'Dupré',
    email: 'ines.dupre@exemple.example',
  });
  await play(liaison.sandboxUrl, 'stripe-payment');
  // What a trigger of changes tells of one record again and again is another event each time.
  for (const change of ['1', '2', '3'])
    await tellOf('record.changed', `write ${change}`, {
      ...(app.triggers.changed_record?.operation.sample.data as object),
    });
  await tellOf('run.failed', 'run 1', app.triggers.failed_sync?.operation.sample.data);
  const expected: Readonly<Record<string, number>> = { changed_record: 3 };
  for (const { key, operation } of hooks) {
    const came = await until(async () => {
      const all = await cameTo(key);
      return all.length >= (expected[key] ?? 1) && all;
    });
    const listed = await play1<Message[]>(operation.performList, { inputData: {} });
    for (const cleanedRequest of came) {
      const [item] = await play1<Message[]>(operation.perform, { cleanedRequest });
      expect(listed).toContainEqual(item);
    }
    expect(new Set(came.map(({ id }) => id)).size).toBe(came.length);
  }
  for (const { key, operation } of hooks) {
    const subscribeData = subscribed.get(key);
    await play1(operation.performUnsubscribe, { subscribeData });
    // Zapier may ask for it again.
    await play1(operation.performUnsubscribe, { subscribeData });
  }
  expect((await receivers()).filter(({ application }) => application !== null)).toEqual([]);
}, 120_000);

it('an address that answers 410 is removed, nobody is alerted, and unsubscribing it is no failure', async () => {
  const { performSubscribe, performUnsubscribe } = app.triggers.failed_sync!.operation;
  const targetUrl = targetOf('gone');
  const subscribeData = await play1<{ id: string }>(performSubscribe, { inputData: {}, targetUrl });
  await json(`${liaison.sandboxUrl}/_sandbox/acts/receiver`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      act: 'set-answer',
      address: targetUrl,
      status: 410,
      body: '{"event_type":"subscriber_gone"}',
    }),
  });
  await tellOf('run.failed', 'run 2', app.triggers.failed_sync?.operation.sample.data);
  await until(async () => !(await receivers()).some(({ id }) => id === subscribeData.id));
  const { alerts } = await call<{ alerts: { cause?: string }[] }>(liaison, 'GET', '/alerts');
  expect(JSON.stringify(alerts)).not.toContain('hooks.zapier.com');
  await play1(performUnsubscribe, { subscribeData });
});

it('hands a record to a mapping: one lead, told of, and no second one for the same reference', async () => {
  const { perform, inputFields } = app.creates.hand_record.operation;
  const [integration = { id: '' }] = await play1<{ id: string }[]>(app.triggers.hand_list!.operation.perform);
  const values = {
    prenom: 'Zoé',
    nom: 'Lacombe',
    email: 'zoe.zapier@exemple.example',
    societe: 'Café Müller',
  };
  const inputData = { integration: integration.id, values, reference: 'answer 1' };
  const [field] = await play1<{ key: string; dict: boolean }[]>(
    inputFields.find((one): one is Method => typeof one === 'function')!,
    { inputData },
  );
  expect(field).toMatchObject({ key: 'values', dict: true });
  const first = await play1<Record<string, unknown>>(perform, { inputData });
  expect(first).toMatchObject({ state: 'done', record_object: 'zohoCrm.leads' });
  expect(await play1(perform, { inputData })).toEqual(first);
  // Another reference with the same values is another answer, of the same person.
  const next = await play1<Record<string, unknown>>(perform, {
    inputData: { ...inputData, reference: 'answer 2' },
  });
  expect(next).toMatchObject({ state: 'done', record_id: first.record_id });
  expect(next.id).not.toBe(first.id);
  const leads = (await ledger(liaison.sandboxUrl)).filter(
    ({ object, action, record }) => object === 'lead' && action === 'create' && record.Email === values.email,
  );
  expect(leads).toHaveLength(1);
  const found = await play1<{ id: string }[]>(app.searches.find_person.operation.perform, {
    inputData: { email: values.email.toUpperCase() },
  });
  expect(found).toMatchObject([{ id: first.record_id, module: 'Leads', email: values.email }]);
  expect(
    await play1(app.searches.find_person.operation.perform, {
      inputData: { email: 'nobody@exemple.example' },
    }),
  ).toEqual([]);
});

it('finds in the log what was done for a record, and says why something was not', async () => {
  const { perform } = app.searches.find_run.operation;
  const find = (inputData: Bundle) => play1<Record<string, unknown>[]>(perform, { inputData });
  const found = await find({ record: 'zoe LACOMBE' });
  expect(found).toHaveLength(2);
  expect(found[0]).toMatchObject({
    state: 'done',
    reason: null,
    record_name: expect.stringContaining('Lacombe'),
  });
  expect(String(found[0]?.summary)).toContain('Lacombe');
  expect(await find({ record: 'zoe LACOMBE', integration: 'deal-won-to-slack' })).toEqual([]);
  expect(await find({ record: 'nobody at all' })).toEqual([]);
});

it('announces where an announcement goes, once for a reference, its signs as they are', async () => {
  const { perform } = app.creates.post_message.operation;
  const places = await play1<{ id: string }[]>(app.triggers.post_list!.operation.perform);
  const integration = places.find(({ id }) => id === 'deal-won-to-slack')?.id;
  const text = 'Déjeuner <!here> & *bravo*';
  const inputData = { integration, text, reference: 'lunch 1' };
  const first = await play1<{ id: string }>(perform, { inputData });
  expect(first).toEqual({ id: expect.any(String), is_new: true });
  expect(await play1(perform, { inputData })).toEqual({ id: first.id, is_new: false });
  const posted = (await ledger(liaison.sandboxUrl)).filter(
    ({ vendor, record }) => vendor === 'slack' && JSON.stringify(record).includes('Déjeuner'),
  );
  expect(posted).toHaveLength(1);
  expect(JSON.stringify(posted)).toContain('Déjeuner &lt;!here&gt; &amp;');
});

it('does once what is asked several times at once, whatever the reference is written with', async () => {
  const atOnce = <T>(perform: Method, inputData: Bundle) =>
    Promise.all([1, 2, 3].map(() => play1<T>(perform, { inputData })));
  // Longer than any header should be, and of signs that no header may hold.
  const reference = `réponse nº 1 ✓ ${'x'.repeat(300)}`;
  const [form = { id: '' }] = await play1<{ id: string }[]>(app.triggers.hand_list!.operation.perform);
  const values = { nom: 'Œuvrard', email: 'oeuvrard@exemple.example', societe: 'L’Œuvre & Fils' };
  const handed = await atOnce<Record<string, unknown>>(app.creates.hand_record.operation.perform, {
    integration: form.id,
    values,
    reference,
  });
  expect(new Set(handed.map(({ id, record_id }) => `${id} ${record_id}`)).size).toBe(1);
  const posted = await atOnce<{ id: string; is_new: boolean }>(app.creates.post_message.operation.perform, {
    integration: 'deal-won-to-slack',
    text: 'Trois fois rien',
    reference,
  });
  expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
  expect(posted.filter(({ is_new }) => is_new)).toHaveLength(1);
  // One that begins alike is another one.
  const other = await play1<{ id: string; is_new: boolean }>(app.creates.post_message.operation.perform, {
    inputData: { integration: 'deal-won-to-slack', text: 'Trois fois rien', reference: `${reference}y` },
  });
  expect(other.is_new).toBe(true);
  const lines = await ledger(liaison.sandboxUrl);
  expect(
    lines.filter(({ object, record }) => object === 'lead' && record.Email === values.email),
  ).toHaveLength(1);
  expect(lines.filter(({ record }) => JSON.stringify(record).includes('Trois fois rien'))).toHaveLength(2);
});

it('refuses what cannot be, in the language that is asked for, and keeps nothing of it', async () => {
  const ask = async (path: string, body: unknown, language = 'en') => {
    const answer = await fetch(`${liaison.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${authData.access_token}`,
        'content-type': 'application/json',
        'accept-language': language,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return [answer.status, await answer.text()] as const;
  };
  const [form = { id: '' }] = await play1<{ id: string }[]>(app.triggers.hand_list!.operation.perform);
  const before = (await ledger(liaison.sandboxUrl)).length;
  const intake = `/integrations/${form.id}/intake`;
  const messages = '/integrations/deal-won-to-slack/messages';
  const receiver = (url: string) => ({ url, facts: ['deal.won'] });
  const refusals: readonly (readonly [string, unknown, number])[] = [
    [intake, {}, 422],
    [intake, { values: [] }, 422],
    [intake, { values: 'nom=Zoé' }, 422],
    [intake, { values: {} }, 422],
    [intake, { values: { nom: '' } }, 422],
    [intake, { values: { ['x'.repeat(201)]: 'y' } }, 422],
    [intake, '{"values":', 400],
    [intake, '{"values":{"nom":"a\\u0000b"}}', 422],
    [intake, '{"values":{"a\\u0000b":"nom"}}', 422],
    [intake, { values: { nom: 'x'.repeat(110_000) } }, 413],
    [messages, { text: '  ' }, 422],
    [messages, { text: 7 }, 422],
    [messages, { text: 'x'.repeat(4_001) }, 422],
    [messages, { text: 'x'.repeat(8_001) }, 422],
    ['/integrations/nothing/messages', { text: 'x' }, 404],
    [`/integrations/${form.id}/messages`, { text: 'x' }, 409],
    ['/integrations/deal-won-to-slack/intake', { values: { nom: 'x' } }, 409],
    ['/receivers', receiver('https://127.0.0.1/hook'), 422],
    ['/receivers', receiver('https://[::1]/hook'), 422],
    ['/receivers', receiver('https://2130706433/hook'), 422],
    ['/receivers', receiver('https://metadata.google.internal/hook'), 422],
    ['/receivers', receiver('https://localhost/hook'), 422],
    ['/receivers', receiver('http://hooks.zapier.com/hook'), 422],
    ['/receivers', receiver('https://hooks.zapier.com:8443/hook'), 422],
    ['/receivers', { ...receiver('https://hooks.zapier.com/hook'), facts: ['everything'] }, 422],
    ['/receivers', { ...receiver('https://hooks.zapier.com/hook'), integrations: ['nothing'] }, 422],
  ];
  for (const [path, body, status] of refusals)
    for (const language of ['en', 'fr']) {
      const [answered, text] = await ask(path, body, language);
      expect([path, JSON.stringify(body).slice(0, 60), answered]).toEqual([
        path,
        JSON.stringify(body).slice(0, 60),
        status,
      ]);
      expect((JSON.parse(text) as { detail: string }).detail).toMatch(
        language === 'en' ? / (the|is|be|must|no|this|at|of) /i : / (le|la|est|ne|une?|de|au|à|à\u00a0) /i,
      );
    }
  expect((await ledger(liaison.sandboxUrl)).length).toBe(before);
  expect((await receivers()).filter(({ application }) => application !== null)).toEqual([]);
});

it('starts what looks at a source, and says in words why something cannot be started', async () => {
  const { perform } = app.creates.start_integration.operation;
  const list = await play1<{ id: string; title: string }[]>(app.triggers.start_list!.operation.perform);
  expect(list.length).toBeGreaterThan(1);
  const inputData = { integration: 'sheet-row-to-lead' };
  expect(await play1(perform, { inputData })).toEqual({ id: 'sheet-row-to-lead', started: true });
  const sync = play1(perform, { inputData: { integration: 'contacts-google-crm' } });
  await expect(sync).rejects.toThrow('Look at its preview');
  await expect(play1(perform, { inputData: { integration: 'nothing' } })).rejects.toThrow('nothing here');
});

it('renews a token that is over, and a refresh token that was used is the end of its family', async () => {
  await inDatabase((database) =>
    database.query(`update access_tokens set expires_at = now() where kind = 'access'`),
  );
  await expect(tester(app.authentication.test, { authData })).rejects.toMatchObject({
    name: 'RefreshAuthError',
  });
  const { refreshAccessToken } = app.authentication.oauth2Config;
  // Zapier hands the dead token along as well: it must not stand in the way.
  const renewed = await tester<Tokens>(refreshAccessToken, { authData });
  expect(renewed.access_token).not.toBe(authData.access_token);
  const before = authData;
  authData = { ...authData, ...renewed };
  await tester(app.authentication.test, { authData });
  await expect(tester(refreshAccessToken, { authData: before })).rejects.toThrow('ask the person anew');
  await expect(tester(app.authentication.test, { authData })).rejects.toMatchObject({
    name: 'RefreshAuthError',
  });
  authData = await connect();
});

it('can do nothing more once an admin ended it', async () => {
  const { performSubscribe } = app.triggers.won_deal!.operation;
  await play1(performSubscribe, { inputData: {}, targetUrl: targetOf('ended') });
  const { accesses } = await call<{ accesses: { id: string; person: { name: string }; hooks: number }[] }>(
    liaison,
    'GET',
    '/accesses',
  );
  expect(accesses).toMatchObject([{ person: { name: 'Hugo Marchetti' }, hooks: 1 }]);
  await call(liaison, 'DELETE', `/accesses/${accesses[0]?.id}`);
  await expect(tester(app.authentication.test, { authData })).rejects.toMatchObject({
    name: 'RefreshAuthError',
  });
  await expect(tester(app.authentication.oauth2Config.refreshAccessToken, { authData })).rejects.toThrow(
    'ask the person anew',
  );
  expect((await receivers()).filter(({ application }) => application !== null)).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { endAll } from './aftermath.ts';
import { connectAccount } from './connect-account.ts';
import { json, type Liaison, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';

/** The interface of integrations as any program meets it, on a sandbox that was just begun. */

let place: ServedPlace;
let liaison: Liaison;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  await connectAccount(liaison, 'google-people', 'google-accounts', 'claire');
});
afterAll(() => endAll(place, [liaison]));

interface Account {
  readonly id: string;
  readonly connector: { readonly id: string };
  readonly grant: string;
  readonly owner: string;
  readonly account: { readonly name: string };
}
interface Role {
  readonly connection: string | null;
  readonly account: { readonly name: string } | null;
}
interface Made {
  readonly id: string;
  readonly flow: { readonly id: string };
  readonly name: string | null;
  readonly enabled: boolean;
  readonly phase?: string;
  readonly connections: Readonly<Record<string, Role>>;
  readonly settings: Record<string, unknown>;
}

const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'fr', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
async function done<T>(...wish: Parameters<typeof send>): Promise<T> {
  const answer = await send(...wish);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${wish[0]} ${wish[1]}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}
const all = async () => (await done<{ integrations: Made[] }>('GET', '/integrations')).integrations;
/** What anybody set; when sources were looked at last changes by itself. */
const allAsSet = async () => (await all()).map((one) => ({ ...one, looks: null }));
const accounts = async () => (await done<{ connections: Account[] }>('GET', '/connections')).connections;
const accountOf = async (connector: string, name = /./) =>
  (await accounts()).find((one) => one.connector.id === connector && name.test(one.account.name))!.id;

const WHERE = {
  '/flows': ['get'],
  '/connections': ['get'],
  '/integrations': ['get', 'post'],
  '/integrations/{id}': ['get', 'patch', 'delete'],
  '/integrations/{id}/preview': ['get', 'post'],
  '/integrations/{id}/apply': ['post'],
  '/integrations/{id}/stop': ['post'],
  '/integrations/{id}/resume': ['post'],
  '/integrations/{id}/records': ['get'],
  '/integrations/{id}/shelf/retry': ['post'],
  '/integrations/{id}/conflicts': ['post'],
  '/integrations/{id}/links': ['post'],
  '/integrations/{id}/links/{link}': ['get'],
  '/integrations/{id}/passes': ['get'],
};

it('stands where it is said to, and what it answers is described', async () => {
  const document = await json<{ paths: Record<string, Record<string, unknown>> }>(
    `${liaison.url}/api/v1/openapi.json`,
  );
  const described = Object.fromEntries(
    Object.entries(document.paths).map(([path, methods]) => [
      path.replace(/^\/api\/v1/, ''),
      Object.keys(methods),
    ]),
  );
  for (const [path, methods] of Object.entries(WHERE))
    expect([path, described[path]]).toEqual([path, expect.arrayContaining(methods)]);
});

it('offers each flow with its roles, and what an account must be or offer to take one', async () => {
  const { flows } = await done<{
    flows: {
      id: string;
      roles: Record<string, { connector: { id: string } | null; offers: string | null }>;
    }[];
  }>('GET', '/flows');
  const roles = Object.fromEntries(
    flows.map(({ id, roles }) => [
      id,
      Object.fromEntries(Object.entries(roles).map(([role, one]) => [role, one.connector?.id ?? one.offers])),
    ]),
  );
  expect(roles.announce).toEqual({ source: 'zoho-crm', target: 'messages' });
  expect(roles['contacts-google-crm']).toEqual({ left: 'google-people', right: 'zoho-crm' });
});

const FORMS = [
  ['zoho-forms', 'Réponses de formulaire vers prospects et contacts – Zoho Forms'],
  ['webhook', 'Réponses de formulaire vers prospects et contacts – Webhook (tout formulaire)'],
] as const;

it('begins with one integration of each flow that needs no choosing, one for each shop and form tool, and Cliq connected', async () => {
  expect((await all()).map(({ id, flow, name }) => [id, flow.id, name])).toEqual(
    [
      'deal-won-to-slack',
      'stripe-payment-to-books',
      'orders',
      'payment-tickets',
      'sheet-row-to-lead',
      'form-answers',
      'chat-notes',
      'mail-to-crm',
      'contacts-google-crm',
      'contacts-microsoft-crm',
      'calendar-google-crm',
      'calendar-microsoft-crm',
      'mailchimp-crm',
    ].flatMap((id) => [
      [id, id, null],
      ...(id === 'orders' ? [['orders-shopify', id, 'Commandes d’une boutique vers Zoho – Shopify']] : []),
      ...(id === 'form-answers' ? FORMS.map(([source, title]) => [`${id}-${source}`, id, title]) : []),
    ]),
  );
  const connected = await accounts();
  expect(connected.map(({ connector }) => connector.id)).toContain('zoho-cliq');
  // One consent for each vendor's account, whatever stands on it; what only delivers has none.
  const grants = (family: RegExp) =>
    new Set(connected.filter(({ connector }) => family.test(connector.id)).map(({ grant }) => grant)).size;
  expect([grants(/^zoho-(?!forms)/), grants(/^google-/)]).toEqual([1, 2]);
});

describe('what cannot be', () => {
  const made = (change: object) =>
    ['POST', '/integrations', { flow: 'announce', name: 'x', ...change }] as const;
  const DEALS = '/integrations/deal-won-to-slack';
  const CONTACTS = '/integrations/contacts-google-crm';

  it.each<readonly [string, readonly [string, string, unknown?], number, string | null]>([
    ['a flow that there is not', made({ flow: 'nope' }), 422, 'flow'],
    ['no flow', ['POST', '/integrations', {}], 422, 'flow'],
    ['an owner that is neither', made({ owner: 'you' }), 422, 'owner'],
    ['one’s own, where nobody is signed in', made({ owner: 'me' }), 422, 'owner'],
    ['a name that another one has', made({ name: ' AFFAIRES gagnées vers Slack ' }), 422, 'name'],
    ['a name of 81 letters', made({ name: 'é'.repeat(81) }), 422, 'name'],
    ['a name of nothing but spaces', made({ name: '   ' }), 422, 'name'],
    [
      'a role that the flow has not',
      made({ connections: { other: randomUUID() } }),
      422,
      'connections.other',
    ],
    ['no account where there are several', made({}), 422, 'connections.target'],
    [
      'an account that nobody has',
      made({ connections: { target: randomUUID() } }),
      404,
      'connections.target',
    ],
    ['an account that is no id', made({ connections: { target: 'nope' } }), 404, 'connections.target'],
    ['connections as a list', made({ connections: [] }), 422, 'connections'],
    ['on as a word', made({ enabled: 'yes' }), 422, 'enabled'],
    [
      'settings of a sync that are none',
      made({ flow: 'calendar-google-crm', settings: { everySeconds: 1 } }),
      422,
      'everySeconds',
    ],
    ['no JSON', ['POST', '/integrations', 'no json'], 400, null],
    ['a change of none', ['PATCH', '/integrations/nope', { enabled: true }], 404, null],
    ['the end of none', ['DELETE', '/integrations/nope'], 404, null],
    [
      'a change to a name of another',
      ['PATCH', CONTACTS, { name: 'Audience : Mailchimp ↔ CRM' }],
      422,
      'name',
    ],
    [
      'a change to a wrong account',
      ['PATCH', DEALS, { connections: { target: randomUUID() } }],
      404,
      'connections.target',
    ],
    [
      'a change to a channel that there is not',
      ['PATCH', DEALS, { settings: { channel: '#nulle-part' } }],
      422,
      'settings.channel',
    ],
    ['a change of its flow', ['PATCH', DEALS, { flow: 'announce', enabled: true }], 422, 'flow'],
    ['a change of whose it is', ['PATCH', CONTACTS, { owner: 'me' }], 422, 'owner'],
    ['a change of what there is not', ['PATCH', DEALS, { enable: false }], 422, 'enable'],
    ['an apply before a preview', ['POST', `${CONTACTS}/apply`], 409, null],
    ['a preview of what is no sync', ['POST', `${DEALS}/preview`], 404, null],
    ['a resumption by an unknown word', ['POST', `${CONTACTS}/resume`, { deletes: 'all' }], 422, 'deletes'],
  ])('%s is refused in the reader’s words, and changes nothing', async (_, wish, status, field) => {
    const before = await allAsSet();
    const answer = await send(...wish);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-language')).toBe('fr');
    const problem = (await answer.json()) as Record<string, string> & {
      fields?: { field: string; detail: string }[];
    };
    expect([problem.title, problem.detail, problem.action].every((text) => (text ?? '').length > 3)).toBe(
      true,
    );
    if (field !== null) expect(problem.fields?.map((one) => one.field)).toContain(field);
    const english = await send(wish[0], wish[1], wish[2], { 'accept-language': 'en' });
    const inEnglish = (await english.json()) as Record<string, string>;
    expect(inEnglish.detail).not.toBe(problem.detail);
    expect(await allAsSet()).toEqual(before);
  });
});

it('an integration is made once, changed, switched off and on, and ended; its id is not given again', async () => {
  const slack = await accountOf('slack');
  const key = { 'idempotency-key': randomUUID() };
  const wish = {
    flow: 'announce',
    name: 'Gagnées',
    owner: 'organisation',
    connections: { target: slack },
    settings: { module: 'Deals', place: '#ventes', template: '{Deal_Name}' },
    enabled: true,
  };
  const made = await done<Made>('POST', '/integrations', wish, key);
  expect(made).toMatchObject({ name: 'Gagnées', enabled: true, flow: { id: 'announce' } });
  expect(made.connections.target?.connection).toBe(slack);
  expect((await done<Made>('POST', '/integrations', wish, key)).id).toBe(made.id);
  const path = `/integrations/${made.id}`;
  expect(await done<Made>('PATCH', path, { name: 'Autre', enabled: false })).toMatchObject({
    name: 'Autre',
    enabled: false,
  });
  const cliq = await accountOf('zoho-cliq');
  const moved = await done<Made>('PATCH', path, { connections: { target: cliq }, enabled: true });
  expect([moved.connections.target?.connection, moved.enabled]).toEqual([cliq, true]);
  expect(await done<Made>('GET', path)).toMatchObject({ name: 'Autre', enabled: true });
  expect(await done('DELETE', path)).toEqual({ id: made.id });
  expect((await send('GET', path)).status).toBe(404);
  expect((await send('DELETE', path)).status).toBe(404);
  const again = await done<Made>('POST', '/integrations', wish);
  expect(again.id).not.toBe(made.id);
  await done('DELETE', `/integrations/${again.id}`);
});

it('what is needed beside accounts may be chosen after it was made, before it is turned on', async () => {
  const target = await accountOf('zoho-cliq');
  const made = await done<Made>('POST', '/integrations', {
    flow: 'announce',
    name: 'Plus tard',
    connections: { target },
  });
  const path = `/integrations/${made.id}`;
  const refused = await send('PATCH', path, { enabled: true });
  expect([refused.status, await refused.json()]).toMatchObject([
    422,
    { fields: [{ field: 'settings.place', detail: 'Choisissez où vont les messages.' }] },
  ]);
  expect((await done<Made>('GET', path)).enabled).toBe(false);
  const on = await done<Made>('PATCH', path, { settings: { place: '#ventes' }, enabled: true });
  expect(on).toMatchObject({ enabled: true, settings: { values: { place: '#ventes' } } });
  await done('DELETE', path);
});

it('a sync says truly whether it is on: as it was wished, then as it works', async () => {
  const left = await accountOf('google-people', /^claire/);
  const made = await done<Made>('POST', '/integrations', {
    flow: 'contacts-google-crm',
    name: 'Carnet',
    connections: { left },
  });
  const path = `/integrations/${made.id}`;
  const stands = async () => {
    const { enabled, phase } = await done<Made>('GET', path);
    return [enabled, phase];
  };
  expect(await stands()).toEqual([false, 'new']);
  expect((await done<Made>('PATCH', path, { enabled: true })).enabled).toBe(true);
  expect((await done<Made>('PATCH', path, { enabled: false })).enabled).toBe(false);
  await done('POST', `${path}/preview`);
  await until(async () => (await stands())[1] === 'previewed');
  await done('POST', `${path}/apply`);
  await until(async () => (await stands())[1] === 'live');
  expect(await stands()).toEqual([true, 'live']);
  expect((await done<Made>('PATCH', path, { enabled: false })).enabled).toBe(false);
  expect(await stands()).toEqual([false, 'paused']);
  expect((await done<Made>('PATCH', path, { enabled: true })).enabled).toBe(true);
  expect(await stands()).toEqual([true, 'live']);
  await done('POST', `${path}/stop`);
  expect(await stands()).toEqual([false, 'paused']);
  await done('POST', `${path}/resume`, {});
  expect(await stands()).toEqual([true, 'live']);
  // Its pairs are of its account: another one cannot take them over.
  const other = await accountOf('google-people', /^hugo/);
  expect((await send('PATCH', path, { connections: { left: other } })).status).toBe(422);
  await done('DELETE', path);
  expect((await all()).map(({ id }) => id)).not.toContain(made.id);
});

it('a second sync between the same records is refused before it writes, and taken where it is about others', async () => {
  const first = '/integrations/calendar-google-crm';
  const phaseOf = async (path: string) => (await done<Made>('GET', path)).phase;
  const previewed = async (path: string) => {
    await done('POST', `${path}/preview`);
    await until(async () => (await phaseOf(path)) === 'previewed');
  };
  const left = await accountOf('google-calendar');
  const wish = { flow: 'calendar-google-crm', name: 'Jumelle', connections: { left } };
  const path = `/integrations/${(await done<Made>('POST', '/integrations', wish)).id}`;
  // Whichever is applied first is the one.
  await previewed(path);
  await previewed(first);
  await done('POST', `${first}/apply`);
  for (const step of ['apply', 'preview']) {
    const refused = await send('POST', `${path}/${step}`);
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { detail: expect.stringMatching(/^«\s(Agenda\s: Google ↔ CRM)\s» maintient déjà/) },
    ]);
  }
  const { calendars } = (
    await json<{ tables: { calendars: { id: string; primary?: boolean }[] } }>(
      `${liaison.sandboxUrl}/_sandbox/state/google-calendar`,
    )
  ).tables as unknown as { calendars: { id: string }[] };
  const other = calendars.find(({ id }) => !id.includes('hugo') && !id.includes('holiday'))?.id;
  const { settings } = await done<{ settings: { options: { left: object; right: object } } }>('GET', path);
  const options = { ...settings.options, left: { ...settings.options.left, calendar: other } };
  await done('PATCH', path, { settings: { options } });
  await previewed(path);
  await done('POST', `${path}/apply`);
  await until(async () => (await phaseOf(path)) === 'live');
  await done('DELETE', path);
});

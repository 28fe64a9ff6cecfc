import { endAll } from './aftermath.ts';
import { connectAccount } from './connect-account.ts';
import { createWonDeals } from './crm.ts';
import { allSettled, json, type Liaison, ledger, startLiaison, until, webhookOf } from './liaison-process.ts';
import { outsideUser } from './outside-user.ts';
import { sendWorkflow } from './payments.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';

/** One won deal, told in two workspaces of Slack and in Zoho Cliq by three integrations of one flow. */

const FULL = process.env.LIAISON_TEST_SIZE === 'full';
const KILLS = 4;
const DEALS_PER_KILL = FULL ? 12 : 4;
const DELIVERIES = 50;
const WHERE = ['atelier', 'studio', 'cliq'] as const;
type Where = (typeof WHERE)[number];

let place: ServedPlace;
let liaison: Liaison;
const ids = new Map<Where, string>();

interface Account {
  readonly connection: string;
  readonly connector: { readonly id: string };
  readonly account: { readonly name: string };
}

const api = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const answer = await fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
};

async function targets(): Promise<Account[]> {
  const { flows } = await api<{ flows: { id: string; roles: { target: { accounts: Account[] } } }[] }>(
    'GET',
    '/flows',
  );
  return flows.find(({ id }) => id === 'announce')?.roles.target.accounts ?? [];
}

/** Texts of all messages, of every vendor and workspace. */
const texts = async (): Promise<string[]> =>
  (await ledger(liaison.sandboxUrl)).flatMap(({ object, action, record }) =>
    object === 'message' && action === 'create' ? [String(record.text)] : [],
  );
/** How often a deal was told at each place. */
async function told(deal: string): Promise<Record<Where, number>> {
  const all = await texts();
  const count = (where: Where) => all.filter((text) => text.startsWith(`${where}: ${deal}.`)).length;
  return { atelier: count('atelier'), studio: count('studio'), cliq: count('cliq') };
}
const ONCE = { atelier: 1, studio: 1, cliq: 1 };

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  await connectAccount(liaison, 'slack', 'slack', 'T07STUDIO1');
  await api('PATCH', '/integrations/deal-won-to-slack', { enabled: false });
  const accounts = await targets();
  expect(accounts.map(({ connector, account }) => [connector.id, account.name])).toEqual(
    expect.arrayContaining([
      ['slack', 'Atelier Lumen'],
      ['slack', 'Lumen Studio'],
      ['zoho-cliq', expect.any(String)],
    ]),
  );
  const accountAt = (where: Where) =>
    accounts.find(({ connector, account }) =>
      where === 'cliq'
        ? connector.id === 'zoho-cliq'
        : account.name === { atelier: 'Atelier Lumen', studio: 'Lumen Studio' }[where],
    );
  for (const where of WHERE) {
    const { id } = await api<{ id: string }>('POST', '/integrations', {
      flow: 'announce',
      name: where,
      owner: 'organisation',
      connections: { target: accountAt(where)?.connection },
      settings: { module: 'Deals', place: '#ventes', template: `${where}: {Deal_Name}.` },
      enabled: true,
    });
    ids.set(where, id);
  }
}, 90_000);
afterAll(() => endAll(place, [liaison]));

it('makes three messages, each once, though it is delivered fifty times at once', async () => {
  const hook = await webhookOf(liaison.sandboxUrl, 'zoho-crm');
  const [id] = await createWonDeals(liaison.sandboxUrl, ['Serres du Midi']);
  await Promise.all(
    Array.from({ length: DELIVERIES }, (_, number) => sendWorkflow(hook, { id, module: 'Deals', number })),
  );
  await until(async () => (await texts()).length >= 3);
  await allSettled(liaison.url);
  expect(await told('Serres du Midi')).toEqual(ONCE);
  expect(await texts()).toHaveLength(3);
}, 90_000);

it(`makes three messages of each deal, each once, while the server is killed ${KILLS} times`, async () => {
  const hook = await webhookOf(liaison.sandboxUrl, 'zoho-crm');
  const names: string[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const before = (await texts()).length;
    const share = Array.from({ length: DEALS_PER_KILL }, (_, index) => `Affaire ${kill}-${index}`);
    names.push(...share);
    const made = await createWonDeals(liaison.sandboxUrl, share);
    const again = made.flatMap((id) =>
      Array.from({ length: 3 }, (_, number) => sendWorkflow(hook, { id, module: 'Deals', kill, number })),
    );
    // In the midst of it: some are posted, others are on their way.
    await until(async () => (await texts()).length > before + kill);
    await liaison.kill();
    liaison = await startLiaison(place);
    await Promise.all(again);
  }
  await allSettled(liaison.url);
  await until(async () => (await texts()).length >= 3 * (1 + names.length));
  await allSettled(liaison.url);
  for (const name of names) expect([name, await told(name)]).toEqual([name, ONCE]);
  expect(await texts()).toHaveLength(3 * (1 + names.length));
  const counts = await json<Record<string, number>>(`${liaison.url}/api/v1/runs/counts`);
  expect(counts.shelved).toBe(0);
}, 240_000);

it('goes on with the others where one is switched off and another deleted', async () => {
  await api('PATCH', `/integrations/${ids.get('atelier')}`, { enabled: false });
  await api('DELETE', `/integrations/${ids.get('studio')}`);
  await createWonDeals(liaison.sandboxUrl, ['Maison Perrin']);
  await until(async () => (await told('Maison Perrin')).cliq > 0);
  await allSettled(liaison.url);
  expect(await told('Maison Perrin')).toEqual({ atelier: 0, studio: 0, cliq: 1 });
});

it('tells of the records of another module when they are made, and once, and of no change of them', async () => {
  const cliq = (await targets()).find(({ connector }) => connector.id === 'zoho-cliq');
  const made = await api<{ settings: { values: object } }>('POST', '/integrations', {
    flow: 'announce',
    name: 'prospects',
    owner: 'organisation',
    connections: { target: cliq?.connection },
    settings: {
      module: 'Leads',
      place: 'claire.fontaine@atelier-lumen.example',
      template: 'Prospect {Full_Name}',
    },
    enabled: true,
  });
  expect(made.settings.values).toMatchObject({ module: 'Leads', when: 'created' });
  const crm = await outsideUser(liaison.sandboxUrl, 'zoho', 'zoho-crm', 'zoho-crm', 'ZohoCRM.modules.ALL');
  const { data } = await crm.call<{ data: { details: { id: string } }[] }>('POST', '/crm/v8/Leads', {
    data: [{ Last_Name: 'Nouvelle', Company: 'Halle' }],
  });
  const seen = async () => (await texts()).filter((text) => text.startsWith('Prospect Nouvelle\n')).length;
  await until(async () => (await seen()) > 0);
  const id = data[0]?.details.id;
  await crm.call('PUT', '/crm/v8/Leads', { data: [{ id, Company: 'Halle du Sud' }] });
  await allSettled(liaison.url);
  expect(await seen()).toBe(1);
});

it('is refused where it can never work: a place, a module, a field, or an account that offers no messages', async () => {
  const wish = {
    flow: 'announce',
    name: 'never',
    owner: 'organisation',
    connections: {
      target: (await targets()).find(({ connector }) => connector.id === 'zoho-cliq')?.connection,
    },
    enabled: true,
  };
  const refused = async (change: object) => {
    const answer = await fetch(`${liaison.url}/api/v1/integrations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
      body: JSON.stringify({ ...wish, ...change }),
    });
    const { fields = [] } = (await answer.json()) as { fields?: { field: string }[] };
    return [answer.status, ...fields.map(({ field }) => field)];
  };
  const settings = { place: '#ventes', template: '{Deal_Name}' };
  expect(await refused({ settings: { ...settings, place: '#nulle-part' } })).toEqual([422, 'settings.place']);
  expect(await refused({ settings: { template: '{Deal_Name}' } })).toEqual([422, 'settings.place']);
  expect(await refused({ settings: { ...settings, module: 'Nulle_Part' } })).toContain('settings.module');
  expect(await refused({ settings: { ...settings, template: '{Dea_Name}' } })).toEqual([
    422,
    'settings.template',
  ]);
  expect(await refused({ settings, connections: {} })).toEqual([422, 'connections.target']);
  const { flows } = await api<{ flows: { id: string; roles: Record<string, { accounts: Account[] }> }[] }>(
    'GET',
    '/flows',
  );
  const crm = flows.find(({ id }) => id === 'announce')?.roles.source?.accounts[0]?.connection;
  expect(await refused({ settings, connections: { target: crm } })).toEqual([422, 'connections.target']);
});

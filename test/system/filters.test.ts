import { setTimeout as sleep } from 'node:timers/promises';
import type { CrmField } from '../../server/connectors/zoho-crm/fields.ts';
import { filterFields } from '../../server/connectors/zoho-crm/filter-fields.ts';
import { recordCurrency } from '../../server/connectors/zoho-crm/record-currency.ts';
import type { Group, Operator } from '../../server/core/filter/filter.ts';
import { judge } from '../../server/core/filter/judge.ts';
import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import { allSettled, type Liaison, ledger, startLiaison, until } from './liaison-process.ts';
import { type OutsideUser, outsideUser } from './outside-user.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { setFault } from './vendors.ts';

/** One flow, two integrations, two filters; and how many records of the CRM each filter fits. */

let place: ServedPlace;
let liaison: Liaison;
let crm: OutsideUser;
const made = new Map<string, string>();

interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}
async function ask(method: string, path: string, body?: object, language = 'en'): Promise<Answered> {
  const answer = await fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': language },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await ask(method, path, body);
  if (answer.status !== 200)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}

const texts = async (): Promise<string[]> =>
  (await ledger(liaison.sandboxUrl)).flatMap(({ object, action, record }) =>
    object === 'message' && action === 'create' ? [String(record.text)] : [],
  );
async function told(name: string): Promise<{ general: number; ventes: number }> {
  const all = await texts();
  const count = (where: string) => all.filter((text) => text.startsWith(`${where}: ${name}.`)).length;
  return { general: count('general'), ventes: count('ventes') };
}

async function createDeal(name: string, more: object): Promise<string> {
  const { data } = await crm.call<{ data: { details: { id: string } }[] }>('POST', '/crm/v8/Deals', {
    data: [{ Deal_Name: name, Stage: 'Closed Won', Closing_Date: '2026-12-31', ...more }],
    trigger: ['workflow'],
  });
  return String(data[0]?.details.id);
}
const editDeal = (id: string, change: object) =>
  crm.call('PUT', '/crm/v8/Deals', { data: [{ id, ...change }], trigger: ['workflow'] });

interface LoggedRun {
  readonly integration: { readonly id: string };
  readonly state: string;
  readonly summary: { readonly en: string; readonly fr: string } | null;
}
const runsOf = async (record: string, integration: string): Promise<LoggedRun[]> =>
  (
    await api<{ runs: LoggedRun[] }>(
      'GET',
      `/runs?record=${encodeURIComponent(record)}&integration=${integration}`,
    )
  ).runs;

const AT_LEAST: Group = { all: [{ field: 'Amount', is: 'at-least', value: 50_000 }] };
const idOf = (name: string): string => made.get(name) ?? '';
let slack: string | undefined;

const announcement = (name: string, more: object = {}) => ({
  flow: 'announce',
  name,
  owner: 'organisation',
  connections: { target: slack },
  settings: { place: `#${name}`, template: `${name}: {Deal_Name}.` },
  enabled: true,
  ...more,
});

beforeAll(async () => {
  // What nobody told of is looked for as soon as can be.
  place = await newServedPlace({ LIAISON_GRACE_SECONDS: '3' });
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  await api('PATCH', '/integrations/deal-won-to-slack', { enabled: false });
  const { flows } = await api<{
    flows: {
      id: string;
      roles: Record<string, { accounts: { connection: string; connector: { id: string } }[] }>;
    }[];
  }>('GET', '/flows');
  slack = flows
    .find(({ id }) => id === 'announce')
    ?.roles.target?.accounts.find(({ connector }) => connector.id === 'slack')?.connection;
  for (const name of ['general', 'ventes']) {
    const { id } = await api<{ id: string }>(
      'POST',
      '/integrations',
      announcement(name, name === 'ventes' ? { filter: AT_LEAST } : {}),
    );
    made.set(name, id);
  }
  crm = await outsideUser(
    liaison.sandboxUrl,
    'zoho',
    'zoho-crm',
    'zoho-crm',
    'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL',
  );
}, 90_000);
/** Sources that are looked at without a pause, for as long as something is waited for. */
const eager: EagerLooks[] = [];
async function lookAsUsual(): Promise<void> {
  for (const one of eager.splice(0)) await one.stop();
}
afterAll(async () => {
  await lookAsUsual();
  await endAll(place, [liaison]);
});

it('shows the filter with its words, also in the flow’s document and in the history', async () => {
  const shown = await api<Record<string, unknown>>('GET', `/integrations/${idOf('ventes')}`);
  expect(shown).toMatchObject({
    filters: true,
    filter: AT_LEAST,
    filterTakes: 'once',
    filterWords: { en: 'Amount is at least €50,000', fr: 'Montant est au moins 50 000 €' },
  });
  expect(await api('GET', `/integrations/${idOf('general')}`)).toMatchObject({
    filter: null,
    filterWords: null,
  });
  const { documents } = await api<{ documents: { id: string; settings: { value: object }[] }[] }>(
    'GET',
    '/documents',
  );
  expect(
    documents.find(({ id }) => id === idOf('ventes'))?.settings.map(({ value }) => value),
  ).toContainEqual(shown.filterWords);
  const { changes } = await api<{ changes: { enabled: boolean; filter: unknown }[] }>(
    'GET',
    `/integrations/${idOf('ventes')}/history`,
  );
  expect(changes[0]).toMatchObject({ enabled: true, filter: AT_LEAST });
});

it('posts a deal that fits in both places, and one that does not in one, with the reason', async () => {
  const large = await createDeal('Grande halle', { Amount: 60_000 });
  const small = await createDeal('Petite halle', { Amount: 10_000 });
  await until(async () => (await runsOf(small, idOf('ventes'))).some(({ state }) => state === 'skipped'));
  await until(async () => (await texts()).length >= 3);
  await allSettled(liaison.url);
  expect(await told('Grande halle')).toEqual({ general: 1, ventes: 1 });
  expect(await told('Petite halle')).toEqual({ general: 1, ventes: 0 });
  expect((await runsOf(large, idOf('ventes'))).map(({ state }) => state)).toContain('done');
  expect((await runsOf(small, idOf('ventes'))).map(({ summary }) => summary)).toContainEqual({
    en: 'The filter left it out: Amount was €10,000, less than €50,000. It is taken as soon as it fits.',
    fr: 'Le filtre l’a laissé de côté\u00a0: Montant était 10 000 €, moins que 50 000 €. Pris en compte dès que le filtre le permet.',
  });
});

it('is asked in a try as in a run, which says the same and writes nothing', async () => {
  await api('PATCH', `/integrations/${idOf('ventes')}`, { enabled: false });
  const small = await createDeal('Halle essayée', { Amount: 10_000 });
  const large = await createDeal('Halle essayée, agrandie', { Amount: 60_000 });
  await until(async () => (await told('Halle essayée, agrandie')).general === 1);
  await allSettled(liaison.url);
  const before = await texts();
  interface Tried {
    readonly outcome: { readonly state: string; readonly summary: { readonly en: string } };
    readonly steps: readonly { readonly effect: string }[];
  }
  const tried = (record: string) => api<Tried>('POST', `/integrations/${idOf('ventes')}/try`, { record });
  const left = await tried(small);
  expect([left.outcome.state, left.steps.map(({ effect }) => effect)]).toEqual(['skipped', ['read']]);
  expect(left.outcome.summary.en).toContain('Amount was €10,000, less than €50,000');
  const taken = await tried(large);
  expect([taken.outcome.state, taken.steps.map(({ effect }) => effect)]).toEqual(['done', ['read', 'write']]);
  expect(await texts()).toEqual(before);
  await api('PATCH', `/integrations/${idOf('ventes')}`, { enabled: true });
});

interface WhyLine {
  readonly at: string;
  readonly integration: { readonly id: string } | null;
  readonly outcome: string;
  readonly sentence: { readonly en: string; readonly fr: string };
}
const whyOf = async (record: string): Promise<WhyLine[]> =>
  (await api<{ lines: WhyLine[] }>('GET', `/why?record=${encodeURIComponent(record)}`)).lines;

it('says why, by name and by id, of each integration, and that nothing arrived since', async () => {
  const byName = await whyOf('petite halle');
  const [silence, ...lines] = byName;
  expect(silence).toMatchObject({ outcome: 'nothing', integration: null });
  expect(silence?.sentence.en).toMatch(/^No delivery about it has arrived since /);
  expect(silence?.sentence.fr).toMatch(/^Aucune notification à son sujet n’est arrivée depuis le /);
  const ofVentes = lines.find(({ integration }) => integration?.id === idOf('ventes'));
  expect(ofVentes?.outcome).toBe('skipped');
  expect(ofVentes?.sentence.en).toMatch(
    /^Arrived on .+\. The filter left it out: Amount was €10,000, less than €50,000\./,
  );
  expect(ofVentes?.sentence.fr).toMatch(
    /^Arrivé le .+ Le filtre l’a laissé de côté\u00a0: Montant était 10 000 €, moins que 50 000 €\./,
  );
  expect(lines.find(({ integration }) => integration?.id === idOf('general'))?.outcome).toBe('done');
  expect((await whyOf('Personne de ce nom'))[0]?.sentence.en).toMatch(
    /^No delivery about it has arrived yet/,
  );
});

it('says that an integration was off when something arrived, and from when until when', async () => {
  await api('PATCH', `/integrations/${idOf('ventes')}`, { enabled: false });
  const id = await createDeal('Halle du soir', { Amount: 90_000 });
  await until(async () => (await told('Halle du soir')).general > 0);
  await allSettled(liaison.url);
  const off = async () => (await whyOf(id)).find(({ integration }) => integration?.id === idOf('ventes'));
  expect(await off()).toMatchObject({ outcome: 'off' });
  expect((await off())?.sentence.fr).toMatch(
    /^Arrivé le .+\u00a0; rien n’a été fait\. L’intégration est désactivée depuis le /,
  );
  await api('PATCH', `/integrations/${idOf('ventes')}`, { enabled: true });
  expect((await off())?.sentence.en).toMatch(
    /^Arrived on .+; nothing was done\. The integration was off from .+ until .+\.$/,
  );
  expect(await told('Halle du soir')).toEqual({ general: 1, ventes: 0 });
});

it('posts a deal that is raised later when it is raised, and once', async () => {
  const id = await createDeal('Halle agrandie', { Amount: 10_000 });
  await until(async () => (await runsOf(id, idOf('ventes'))).some(({ state }) => state === 'skipped'));
  await editDeal(id, { Amount: 60_000 });
  await until(async () => (await told('Halle agrandie')).ventes > 0);
  await editDeal(id, { Amount: 10_000 });
  await allSettled(liaison.url);
  await editDeal(id, { Amount: 70_000 });
  await editDeal(id, { Next_Step: 'Facturer' });
  await allSettled(liaison.url);
  expect(await told('Halle agrandie')).toEqual({ general: 1, ventes: 1 });
});

it('posts a deal that is raised when nobody was told of it: what it waits for is looked for, and nothing else', async () => {
  const unheard = await createDeal('Halle sans attente', { Amount: 10_000 });
  await until(async () => (await told('Halle sans attente')).general > 0);
  // Vendors stamp whole seconds by clocks of their own: what is this close to turning on may count as later.
  await sleep(7_000);
  const late = await api<{ id: string }>('POST', '/integrations', {
    ...announcement('ventes', { filter: AT_LEAST }),
    name: 'raised',
    settings: { place: '#ventes', template: 'raised: {Deal_Name}.' },
  });
  const earlier = await createDeal('Halle au calme', { Amount: 10_000 });
  await until(async () => (await runsOf(earlier, late.id)).some(({ state }) => state === 'skipped'));
  await setFault(liaison.sandboxUrl, 'zoho-crm', { loseDeliveries: 1 });
  for (const id of [earlier, unheard]) await editDeal(id, { Amount: 65_000 });
  await fetch(`${liaison.sandboxUrl}/_sandbox/faults/zoho-crm`, { method: 'DELETE' });
  for (const id of [late.id, idOf('ventes')]) eager.push(lookEagerly(place.connectionString, id));
  const posted = async () => (await texts()).filter((text) => text.startsWith('raised: '));
  await until(async () => (await posted()).length > 0, 90_000);
  await allSettled(liaison.url);
  expect(await posted()).toEqual(['raised: Halle au calme.']);
  // The one that the other integration waited for, too.
  await until(async () => (await told('Halle au calme')).ventes === 1);
  await lookAsUsual();
  await api('DELETE', `/integrations/${late.id}`);
}, 150_000);

it('does not post an edit of a deal that was won before it was on, nor one in another currency', async () => {
  const id = await createDeal('Halle de jadis', { Amount: 10_000 });
  await until(async () => (await told('Halle de jadis')).general > 0);
  const late = await api<{ id: string }>('POST', '/integrations', {
    ...announcement('ventes', { filter: AT_LEAST }),
    name: 'later',
    settings: { place: '#ventes', template: 'later: {Deal_Name}.' },
  });
  await editDeal(id, { Next_Step: 'Relancer', Amount: 80_000 });
  await createDeal('Halle en dollars', { Amount: 90_000, Currency: 'USD' });
  await until(async () => (await runsOf(id, late.id)).some(({ state }) => state === 'skipped'));
  await until(async () => (await told('Halle en dollars')).general > 0);
  await allSettled(liaison.url);
  expect((await texts()).filter((text) => text.startsWith('later: '))).toEqual([]);
  expect(await told('Halle en dollars')).toEqual({ general: 1, ventes: 0 });
  await api('DELETE', `/integrations/${late.id}`);
});

it('of each change takes those that fit: once for each record, or each time, as chosen', async () => {
  const wish = (name: string, filterTakes: string) => ({
    ...announcement('ventes', { filter: AT_LEAST, filterTakes }),
    name,
    settings: { place: '#ventes', when: 'edited', template: `${name}: {Deal_Name} {Next_Step}.` },
  });
  const ids = [];
  for (const takes of ['once', 'each'] as const)
    ids.push((await api<{ id: string }>('POST', '/integrations', wish(`edited-${takes}`, takes))).id);
  const id = await createDeal('Halle suivie', { Amount: 10_000, Stage: 'Qualification' });
  const seen = async (takes: string) =>
    (await texts()).filter((text) => text.startsWith(`edited-${takes}: Halle suivie`)).length;
  for (const [step, each] of [
    [{ Amount: 60_000, Next_Step: 'A' }, 1],
    [{ Next_Step: 'B' }, 2],
    [{ Amount: 1_000, Next_Step: 'C' }, 2],
    [{ Amount: 61_000, Next_Step: 'D' }, 3],
  ] as const) {
    await editDeal(id, step);
    await until(async () => (await seen('each')) >= each);
    await allSettled(liaison.url);
    expect([await seen('each'), await seen('once')]).toEqual([each, 1]);
    // The CRM stamps changes to the second: two of one second are one.
    await new Promise((done) => setTimeout(done, 1_100));
  }
  for (const one of ids) await api('DELETE', `/integrations/${one}`);
}, 90_000);

it('refuses a filter that cannot be, by its place and in the language asked for, and changes nothing', async () => {
  const refused = async (filter: unknown, language = 'en') => {
    const { status, body } = await ask(
      'PATCH',
      `/integrations/${idOf('ventes')}`,
      { filter: filter as object },
      language,
    );
    return [
      status,
      ...((body.fields ?? []) as { field: string; detail: string }[]).map(({ field }) => field),
    ];
  };
  const one = (field: string, is: string, value?: unknown) => ({ all: [{ field, is, value }] });
  expect(await refused(one('Nowhere', 'filled'))).toEqual([422, 'filter.all.0.field']);
  expect(await refused(one('Amount', 'contains', 'x'))).toEqual([422, 'filter.all.0.is']);
  expect(await refused(one('Amount', 'at-least', 'beaucoup'), 'fr')).toEqual([422, 'filter.all.0.value']);
  expect(await refused(one('Stage', 'equals', 'Gagnée, je crois'))).toEqual([422, 'filter.all.0.value']);
  expect((await refused({ some: [] }))[0]).toBe(422);
  expect(await api('GET', `/integrations/${idOf('ventes')}`)).toMatchObject({ filter: AT_LEAST });
  const sync = await ask('PATCH', '/integrations/contacts-google-crm', { filter: AT_LEAST });
  expect([sync.status, (sync.body.fields as { field: string }[])[0]?.field]).toEqual([
    422,
    'filter.all.0.field',
  ]);
});

it('counts what fits now as its own evaluation does, whether or not the CRM’s query can say it', async () => {
  const { data: deals } = await crm.call<{ data: Record<string, unknown>[] }>(
    'GET',
    '/crm/v8/Deals?fields=id,Deal_Name,Amount,Currency,Stage,Closing_Date,Owner,Created_Time,Next_Step,Tag,Description&per_page=200',
  );
  const meta = await crm.call<{ fields: { api_name: string; data_type: string; field_label: string }[] }>(
    'GET',
    '/crm/v8/settings/fields?module=Deals',
  );
  const fields = await filterFields(
    {
      fields: async () =>
        meta.fields.map(
          (one) =>
            ({
              apiName: one.api_name,
              label: one.field_label,
              type: one.data_type,
              options: [],
            }) as unknown as CrmField,
        ),
      activeUsers: async () => [],
    },
    'Deals',
  );
  const first = deals[0] as { Owner: { id: string; email: string }; Created_Time: string };
  const asked: readonly (readonly [string, Operator, unknown?])[] = [
    ['Amount', 'at-least', 10_000],
    ['Amount', 'at-most', 10_000],
    ['Amount', 'equals', 60_000],
    ['Amount', 'not', 60_000],
    ['Amount', 'at-least', { amount: 1, currency: 'USD' }],
    ['Amount', 'in', [10_000, 60_000]],
    ['Deal_Name', 'contains', 'halle'],
    ['Deal_Name', 'equals', 'petite HALLE'],
    ['Deal_Name', 'not', 'Petite halle'],
    ['Next_Step', 'empty'],
    ['Next_Step', 'filled'],
    ['Next_Step', 'contains', '50%'],
    ['Stage', 'in', ['Closed Won', 'Qualification']],
    ['Stage', 'not', 'Closed Won'],
    ['Closing_Date', 'before', { today: 30 }],
    ['Closing_Date', 'after', '2026-11-30'],
    ['Closing_Date', 'equals', '2026-12-31'],
    ['Closing_Date', 'not', '2026-12-31'],
    ['Created_Time', 'at-least', { today: 0 }],
    ['Created_Time', 'at-most', first.Created_Time],
    ['Created_Time', 'after', 'today'],
    ['Owner', 'equals', first.Owner.id],
    ['Owner', 'equals', first.Owner.email],
    ['Owner', 'not', first.Owner.id],
    ['Tag', 'contains', 'x'],
  ];
  const filters: Group[] = [
    ...asked
      .filter(([name]) => fields.some((field) => field.name === name))
      .map(([field, is, value]): Group => ({ all: [{ field, is, value }] })),
    {
      all: [
        { field: 'Amount', is: 'at-least', value: 5_000 },
        { field: 'Stage', is: 'equals', value: 'Closed Won' },
        {
          any: [
            { field: 'Next_Step', is: 'filled' },
            { field: 'Deal_Name', is: 'contains', value: 'petite' },
          ],
        },
      ],
    },
  ];
  expect(filters.length).toBeGreaterThan(20);
  const organisation = { timeZone: 'Europe/Paris', currency: 'EUR', now: new Date() };
  const settings = { module: 'Deals', when: 'created' };
  const counted: unknown[] = [];
  for (const filter of filters) {
    const own = deals.filter(
      (deal) =>
        judge({ filter, fields }, { values: deal, currency: recordCurrency(deal) }, organisation).fits,
    );
    const answer = await api('POST', `/integrations/${idOf('general')}/filter/count`, { filter, settings });
    counted.push(answer);
    expect([filter, answer]).toEqual([
      filter,
      { count: own.length, more: false, words: expect.anything(), problem: null },
    ]);
  }
  const wonOnes = deals.filter(
    ({ Stage, Amount, Currency }) => Stage === 'Closed Won' && Number(Amount) >= 50_000 && Currency === 'EUR',
  );
  expect(await api('POST', `/integrations/${idOf('ventes')}/filter/count`, {})).toMatchObject({
    count: wonOnes.length,
  });
  expect(
    await api('POST', '/flows/filter/count', {
      flow: 'announce',
      filter: AT_LEAST,
      connections: { target: slack },
    }),
  ).toMatchObject({
    count: wonOnes.length,
  });
});

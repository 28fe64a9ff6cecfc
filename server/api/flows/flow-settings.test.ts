import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openShared, type SharedDatabase } from '../../../test/sync/rig.ts';
import type { Connector, ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { type Automation, defineAutomation } from '../../core/flow.ts';
import { integrationsOf, saveIntegration } from '../../store/integrations.ts';
import { Problem } from '../problem.ts';
import { changedFlow } from '../schemas/flow.ts';
import { storedFlowServices } from './stored-flow-services.ts';

/** The services of flows over the real store, with two vendors that answer, or do not. */

const words = (text: string) => ({ en: text, fr: `${text} (fr)` });

interface Places {
  list(): Promise<string[]>;
}

const connector = (id: string, titles: string): Connector<Places> =>
  ({
    id,
    titles: words(titles),
    objects: [],
    client: (http: ConnectorHttp) => ({
      list: async () => (await (await http.fetch(`https://${id}.example/`)).json()) as string[],
    }),
  }) as unknown as Connector<Places>;

const chat = connector('chat', 'Chat');
const crm = connector('crm', 'CRM');
const settings = z.object({
  channel: z.string().trim().min(1).max(20).default('#sales'),
  stage: z.string().default('Won'),
  every: z.number().int().min(5).max(60).default(10),
});

const offersOf = (of: Connector<Places>) => ({
  async offers({ client }: { client: <T>(one: Connector<T>) => T }) {
    return (await client(of).list()).map((value) => ({ value, title: value.toUpperCase() }));
  },
});

const flow = defineAutomation({
  kind: 'automation',
  id: 'tell',
  titles: words('Tell'),
  direction: words('Tells.'),
  native: words('Nothing.'),
  roles: { source: { connector: 'crm' }, target: { connector: 'chat' } },
  settings,
  trial: { records: async () => [], event: async () => null },
  vendorSettings: {
    channel: {
      ...offersOf(chat),
      async check({ client, settings: { channel } }) {
        const found = (await client(chat).list()).find((one) => one === `#${channel.replace('#', '')}`);
        return found === undefined ? { refused: words(`No channel “${channel}”.`) } : { value: found };
      },
    },
    stage: {
      ...offersOf(crm),
      async check({ client, settings: { stage } }) {
        return (await client(crm).list()).includes(stage) ? null : { refused: words(`No stage “${stage}”.`) };
      },
    },
  },
  trigger: {
    kind: 'event',
    connector: 'crm',
    topics: ['Deals'],
    coalesce: true,
    record: () => null,
    sweep: { everySeconds: 60, recognisedBy: 'record', look: async () => ({ events: [], cursor: null }) },
  },
  steps: {},
  preview: async ({ settings: { channel, stage } }) => ({
    title: words('The message'),
    text: `${stage} → ${channel}`,
    basis: words('An example.'),
    warnings: [],
  }),
  run: async () => ({ state: 'done', summary: words('Told.') }),
});

let shared: SharedDatabase;
let organisation: string;
let lists: Record<string, readonly string[] | Error>;
let changes: number;
let api: ReturnType<typeof storedFlowServices>;

beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());
beforeEach(async () => {
  organisation = randomUUID();
  lists = { chat: ['#sales', '#general'], crm: ['Won', 'Fermé gagné'] };
  changes = 0;
  await shared.database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, $2, 'A', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisation, organisation],
  );
  await saveIntegration(shared.database, {
    organisationId: organisation,
    id: 'tell',
    flow: 'tell',
    enabled: false,
    settings: {},
  });
  api = storedFlowServices({
    database: shared.database,
    flows: new Map([[flow.id, flow as unknown as Automation]]),
    connectors: new Map<string, Connector>([
      ['chat', chat],
      ['crm', crm],
    ]),
    world: {
      connectors: new Map([
        ['chat', chat as Connector],
        ['crm', crm as Connector],
      ]),
      open: async (_organisation, { id }) =>
        ({
          fetch: async () => {
            const list = lists[id];
            if (list instanceof Error) throw list;
            return Response.json(list);
          },
        }) as unknown as ConnectorHttp,
    },
    onFlowChange: async () => {
      changes += 1;
    },
  });
});

const set = async (change: Parameters<typeof api.setFlow>[2]) =>
  changedFlow.parse(await api.setFlow(organisation, 'tell', change));
const stored = async () => (await integrationsOf(shared.database, organisation))[0];
async function refused(change: Parameters<typeof api.setFlow>[2]) {
  const thrown = await set(change).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Problem);
  const { facts } = thrown as Problem;
  return { status: facts.status, en: facts.fields?.('en'), fr: facts.fields?.('fr') };
}
const silent = () =>
  new LiaisonError('retry-later', { sentence: words('Chat does not answer at the moment.') });

it('what a vendor offers is asked of it, and of nothing that offers nothing', async () => {
  expect(await api.listSettingOffers(organisation, 'tell', 'stage', undefined)).toEqual({
    offers: [
      { value: 'Won', title: 'WON' },
      { value: 'Fermé gagné', title: 'FERMÉ GAGNÉ' },
    ],
    problem: null,
  });
  lists.chat = silent();
  expect(await api.listSettingOffers(organisation, 'tell', 'channel', undefined)).toMatchObject({
    offers: null,
    problem: { kind: 'retry-later' },
  });
  expect(await api.listSettingOffers(organisation, 'tell', 'every', undefined)).toBeNull();
  expect(await api.listSettingOffers(organisation, 'no-such-flow', 'stage', undefined)).toBeNull();
});

it('a form that is no settings is refused, and one that is not saved yet is taken as it stands', async () => {
  for (const form of ['{', '[]', 'null', '{"every":-1}']) {
    await expect(api.listSettingOffers(organisation, 'tell', 'stage', form)).rejects.toBeInstanceOf(Problem);
  }
  const { preview } = (await api.previewFlow(organisation, 'tell', { stage: 'Signé' }))!;
  expect(preview?.text).toBe('Signé → #sales');
  expect((await stored())?.settings).toEqual({});
});

it('what can never work is refused by field in the reader’s language, and nothing is saved', async () => {
  await set({ settings: { channel: '#general', stage: 'Won' } });
  const before = changes;
  expect(await refused({ settings: { channel: '#nowhere', stage: 'Gagnéé' }, enabled: true })).toEqual({
    status: 422,
    en: expect.arrayContaining([
      { field: 'settings.channel', detail: 'No channel “#nowhere”.' },
      { field: 'settings.stage', detail: 'No stage “Gagnéé”.' },
    ]) as unknown,
    fr: expect.arrayContaining([
      { field: 'settings.channel', detail: 'No channel “#nowhere”. (fr)' },
    ]) as unknown,
  });
  expect(await stored()).toMatchObject({ enabled: false, settings: { channel: '#general', stage: 'Won' } });
  expect(changes).toBe(before);
});

it.each([-1, 4, 61, 5.5, '10', null])(
  'a number outside of its bounds is refused with a sentence, never moved: %p',
  async (every) => {
    const { status, en, fr } = await refused({ settings: { every } });
    expect(status).toBe(422);
    expect(en?.[0]).toMatchObject({ field: 'every' });
    expect(en?.[0]?.detail).not.toBe(fr?.[0]?.detail);
    expect((await stored())?.settings).toEqual({});
  },
);

it('a value is stored as its vendor writes it; what was left out stays left out', async () => {
  const { settings: shown, unchecked } = await set({ settings: { channel: 'general' } });
  expect(shown.values).toMatchObject({ channel: '#general', stage: 'Won' });
  expect(unchecked).toEqual([]);
  expect((await stored())?.settings).toEqual({ channel: '#general' });
});

it('a vendor that does not answer keeps nobody from saving, and it is said what was not checked', async () => {
  lists.chat = silent();
  const { unchecked } = await set({ settings: { channel: '#new', stage: 'Won' } });
  expect(unchecked.map(({ setting }) => setting)).toEqual(['channel']);
  expect(unchecked[0]?.sentence.en).toContain('Chat does not answer at the moment.');
  expect((await stored())?.settings).toMatchObject({ channel: '#new' });
  // What the other one says still counts.
  expect(await refused({ settings: { channel: '#new', stage: 'Lost' } })).toMatchObject({
    en: [{ field: 'settings.stage', detail: 'No stage “Lost”.' }],
  });
});

it('a flow whose settings can no longer work is not turned on, and always off', async () => {
  const id = organisation;
  await saveIntegration(shared.database, {
    organisationId: id,
    id: 'tell',
    flow: 'tell',
    enabled: true,
    settings: { stage: 'Old' },
  });
  expect(await refused({ enabled: true })).toMatchObject({ en: [{ field: 'settings.stage' }] });
  expect((await set({ enabled: false })).enabled).toBe(false);
});

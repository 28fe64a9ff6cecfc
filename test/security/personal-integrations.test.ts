import { randomUUID } from 'node:crypto';
import { ROUTES, type Route } from '../../server/api/contract.ts';
import { BASE_PATH, type RouteName } from '../../server/api/paths.ts';
import { raiseAlert } from '../../server/store/alerts.ts';
import { insertEvents } from '../../server/store/inbox.ts';
import { saveCached } from '../../server/store/record-cache.ts';
import { nameRuns, RUN_NAME } from '../../server/store/record-names.ts';
import { saveChanged, saveFailures } from '../../server/store/sync-records.ts';
import { ensureSync, saveSync } from '../../server/store/syncs.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { openSecurityRig, type SecurityRig, TEST_SYNC } from './rig.ts';
import { bearer, signIn, type Tokens } from './visitor.ts';

/** What one person set up for herself, with what it did: a colleague is told of none of it, an admin of all. */

const CANARY = 'Carnet-de-Claire';
const AUTOMATION = 'hers0001';
const SYNC = 'hers0002';
const DEAL = '5551110000000700009';

let rig: SecurityRig;
let organisationId: string;
let run: string;
let hers: Tokens;
let colleague: Tokens;
let admin: Tokens;

const PARAMS: Partial<Record<RouteName, () => Record<string, string>>> = {
  getRun: () => ({ id: run }),
  connectionEffects: () => ({ id: connection }),
  getRecord: () => ({ module: 'Deals', id: DEAL }),
  getRecordActivity: () => ({ module: 'Deals', id: DEAL }),
  getRecordWhy: () => ({ module: 'Deals', id: DEAL }),
  getRecordCard: () => ({ module: 'Deals', id: DEAL, connector: 'stripe' }),
};
let connection: string;
/** What is asked where a question is part of the path: her record by its id, and by its name. */
const QUERIES: Partial<Record<RouteName, Record<string, string>>> = {
  why: { record: DEAL, object: 'zohoCrm.deals' },
  findRecords: { search: CANARY },
};

const reads = (Object.entries(ROUTES) as [RouteName, Route][])
  .map(([name, route]) => ({ name, ...route }))
  .filter(({ method, role, name }) => method === 'GET' && role !== 'anyone' && name !== 'live');
const ofOne = reads.filter(({ path }) => path.startsWith('/integrations/:id'));
/** Where what it did, or that it is there, is told of. */
const TOLD: readonly RouteName[] = [
  'listRuns',
  'getRun',
  'getShelf',
  'listAlerts',
  'listDocuments',
  'listIntegrations',
  'integrationOverview',
  'listConnections',
  'connectionEffects',
  'getRecordActivity',
  'getRecordWhy',
  'why',
  'findRecords',
];

beforeAll(async () => {
  rig = await openSecurityRig();
  [admin, hers, colleague] = [
    await signIn(rig.url, 'hugo'),
    await signIn(rig.url, 'claire'),
    await signIn(rig.url, 'ines'),
  ];
  const { database } = rig;
  const [claire] = await database.query<{ id: string; organisationId: string }>(
    `select id, organisation_id as "organisationId" from users where name like 'Claire%'`,
  );
  organisationId = claire!.organisationId;
  const crm = await insertConnection(database, {
    organisationId,
    connector: 'zoho-crm',
    account: { id: 'crm', name: 'CRM' },
  });
  connection = crm.id;
  await database.query(
    `insert into integrations (organisation_id, id, flow, name, enabled, settings, owner)
     values ($1, $2, 'deal-won-to-slack', $4, true, '{}', $5), ($1, $3, $6, $4 || ' bis', true, '{}', $5)`,
    [organisationId, AUTOMATION, SYNC, CANARY, claire!.id, TEST_SYNC.id],
  );
  await insertEvents(
    database,
    [
      {
        organisationId,
        connectionId: connection,
        connector: 'zoho-crm',
        eventKey: 'hers',
        topic: 'Deals.workflow',
        recordId: DEAL,
        contentType: 'application/json',
        body: JSON.stringify({ note: CANARY }),
      },
    ],
    [],
  );
  run = randomUUID();
  const failure = { kind: 'rejected', sentence: { en: CANARY, fr: CANARY }, vendorMessage: CANARY };
  await database.query(
    `with made as (
       insert into runs as r (id, organisation_id, integration, record_object, record_id, record_label, event_id, state, attempt, error)
       select $1, $2, $3, 'zohoCrm.deals', $4, $5, id, 'shelved', 3, $6 from inbox where organisation_id = $2
       returning r.id, ${RUN_NAME}) ${nameRuns('made')}`,
    [run, organisationId, AUTOMATION, DEAL, CANARY, JSON.stringify(failure)],
  );
  await raiseAlert(database, {
    organisationId,
    integration: AUTOMATION,
    cause: `shelf ${AUTOMATION} rejected`,
    sentence: { en: CANARY, fr: CANARY },
  });
  const key = { organisationId, integration: SYNC };
  await ensureSync(database, organisationId, SYNC);
  await saveSync(database, key, { phase: 'live' });
  await saveChanged(database, key, 'left', [
    {
      id: 'one',
      version: '1',
      values: { name: CANARY, email: 'cliente@chez-elle.example' },
      label: CANARY,
      keys: [],
      urgent: false,
      sweep: 1,
      marker: null,
      excluded: null,
    },
  ]);
  await saveFailures(database, key, [
    { side: 'left', id: 'one', error: failure as never, retryIn: null, reread: false },
  ]);
  const ref = { object: 'zohoCrm.deals', id: DEAL };
  await saveCached(
    database,
    { organisationId, module: 'Deals', id: DEAL },
    {
      connectionId: connection,
      connector: 'zoho-crm',
      data: {
        module: 'Deals',
        id: DEAL,
        ref,
        title: 'Serres du Midi',
        name: 'Serres du Midi',
        company: null,
        emails: [],
        phones: [],
        related: [],
        facts: [],
        url: null,
      } as never,
      refs: [ref],
      askedAt: new Date(),
    },
  );
});
afterAll(() => rig.close());

function ask({ path, name }: { path: string; name: RouteName }, who: Tokens, id?: string) {
  const params = id === undefined ? (PARAMS[name]?.() ?? {}) : { id };
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? '1');
  const query = new URLSearchParams(QUERIES[name]).toString();
  return fetch(`${rig.url}${BASE_PATH}${filled}?${query}`, { headers: bearer(who.token) });
}
const route = (name: RouteName) => ({ name, ...(ROUTES[name] as Route) });

it.each(TOLD)('%s tells her own person and an admin', async (name) => {
  for (const who of [hers, admin]) expect(await (await ask(route(name), who)).text()).toContain(CANARY);
});

it.each(reads.filter(({ path }) => !path.startsWith('/integrations/:id')).map(({ name }) => name))(
  '%s tells a colleague nothing of it',
  async (name) => {
    expect(await (await ask(route(name), colleague)).text()).not.toContain(CANARY);
  },
);

it.each([
  { record: CANARY },
  { record: CANARY.toLowerCase() },
  { record: DEAL },
  { record: 'one' },
  { record: 'one', object: 'left.thing' },
  { record: 'cliente@chez-elle.example' },
])('why of %j tells a colleague nothing that only her integrations know', async (query) => {
  const tells = async (who: Tokens, path: string, asked: Record<string, string>) => {
    const url = `${rig.url}${BASE_PATH}${path}?${new URLSearchParams(asked)}`;
    return (await fetch(url, { headers: bearer(who.token) })).text();
  };
  for (const who of [hers, admin]) {
    const said = await tells(who, '/why', query);
    expect([said.includes(CANARY), said.includes(AUTOMATION) || said.includes(SYNC)]).toEqual([true, true]);
  }
  for (const [path, asked] of [
    ['/why', query],
    ['/records', { search: query.record }],
  ] as const) {
    const said = await tells(colleague, path, asked);
    for (const hidden of [CANARY, AUTOMATION, SYNC]) expect(said).not.toContain(hidden);
  }
});

it('is counted for those who may know of it only', async () => {
  const shelved = async (who: Tokens) =>
    ((await (await ask(route('countRuns'), who)).json()) as { shelved: number }).shelved;
  expect([await shelved(hers), await shelved(admin), await shelved(colleague)]).toEqual([1, 1, 0]);
  const total = async (who: Tokens) =>
    ((await (await ask(route('getShelf'), who)).json()) as { total: number }).total;
  expect([await total(hers), await total(colleague)]).toEqual([2, 0]);
});

it.each(ofOne.map((one) => [one.name, one] as const))(
  '%s of it is for a colleague as if there were none',
  async (_, one) => {
    for (const id of [AUTOMATION, SYNC]) {
      const answer = await ask(one, colleague, id);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain(CANARY);
    }
  },
);

it('nobody’s colleague changes it: neither its settings nor its end', async () => {
  const before = await rig.database.query('select * from integrations order by id');
  for (const [method, body] of [
    ['PATCH', { enabled: false }],
    ['DELETE', undefined],
  ] as const) {
    const answer = await fetch(`${rig.url}${BASE_PATH}/integrations/${AUTOMATION}`, {
      method,
      headers: { ...bearer(colleague.token), 'content-type': 'application/json', 'accept-language': 'fr' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-language')).toBe('fr');
  }
  expect(await rig.database.query('select * from integrations order by id')).toEqual(before);
});

it('is copied by whose it is, whose the copy is too, and by no colleague', async () => {
  const copy = (id: string, { token }: Tokens, once: string) =>
    fetch(`${rig.url}${BASE_PATH}/integrations/${id}/copy`, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json', 'idempotency-key': once },
      body: '{}',
    });
  const mine = await copy(AUTOMATION, hers, 'copied');
  const { id, owner } = (await mine.json()) as { id: string; owner: string };
  expect([mine.status, owner]).toEqual([200, 'person']);
  for (const who of [colleague, admin]) {
    const seen = await (await ask(route('integrationOverview'), who)).text();
    expect(seen.includes(id)).toBe(who === admin);
  }
  // Neither by its id, nor by the key that somebody else copied something of their own by.
  expect((await copy(AUTOMATION, colleague, 'other')).status).toBe(404);
  await rig.database.query(
    `insert into integrations (organisation_id, id, flow, enabled, settings, owner, name)
     select $1, 'his00001', 'deal-won-to-slack', false, '{}', id, 'Le sien' from users where name like 'In%s%' limit 1
     on conflict do nothing`,
    [organisationId],
  );
  const taken = await copy('his00001', colleague, 'copied');
  expect([taken.status, (await taken.text()).includes(CANARY)]).toEqual([404, false]);
  await rig.database.query('delete from integrations where id = any($1)', [[id, 'his00001']]);
});

it('is tried by whose it is and by admins, and by no colleague', async () => {
  const trying = (id: string, { token }: Tokens) =>
    fetch(`${rig.url}${BASE_PATH}/integrations/${id}/try`, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: '{}',
    });
  const statuses = await Promise.all(
    [hers, admin, colleague].map(async (who) => (await trying(AUTOMATION, who)).status),
  );
  expect(statuses).toEqual([200, 200, 404]);
  expect((await trying('nobodys1', admin)).status).toBe(404);
});

it('is not had by whoever repeats the key that it was made by', async () => {
  await rig.database.query(`update integrations set idempotency_key = 'once' where id = $1`, [AUTOMATION]);
  const make = ({ token }: Tokens) =>
    fetch(`${rig.url}${BASE_PATH}/integrations`, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json', 'idempotency-key': 'once' },
      body: JSON.stringify({ flow: 'deal-won-to-slack', owner: 'me' }),
    });
  expect((await make(hers)).status).toBe(200);
  const answer = await make(colleague);
  expect([answer.status, (await answer.text()).includes(CANARY)]).toEqual([404, false]);
});

describe('what it set aside', () => {
  const post = (path: string, { token }: Tokens, body: object) =>
    fetch(`${rig.url}${BASE_PATH}${path}`, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json', 'accept-language': 'fr' },
      body: JSON.stringify(body),
    });

  it('is taken up again by its own person, and is to a colleague as if there were none', async () => {
    const replay = (who: Tokens) => post(`/runs/${run}/replay`, who, {});
    const retry = (who: Tokens) => post('/shelf/retry', who, { integration: SYNC });
    for (const ask of [replay, retry]) {
      expect((await ask(colleague)).status).toBe(404);
      expect((await ask(hers)).status).toBe(200);
    }
  });

  it('of the organisation is an admin’s to take up, and so is everything at once', async () => {
    const shared = randomUUID();
    await rig.database.query(
      `insert into integrations (organisation_id, id, flow, enabled, settings)
       values ($1, 'deal-won-to-slack', 'deal-won-to-slack', true, '{}') on conflict do nothing`,
      [organisationId],
    );
    await rig.database.query(
      `insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state, attempt, error)
       select $1, organisation_id, 'deal-won-to-slack', 'zohoCrm.deals', 'of-all', event_id, 'shelved', 3, error
       from runs where id = $2`,
      [shared, run],
    );
    expect((await post(`/runs/${shared}/replay`, hers, {})).status).toBe(403);
    expect((await post('/shelf/retry', hers, { integration: 'deal-won-to-slack' })).status).toBe(403);
    expect((await post('/shelf/retry', hers, {})).status).toBe(403);
    await rig.database.query('delete from runs where id = $1', [shared]);
  });
});

it('is told on the live line of its own person, not of a colleague', async () => {
  const listen = async ({ token }: Tokens) => {
    const answer = await fetch(`${rig.url}${BASE_PATH}/live`, { headers: bearer(token) });
    return answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  };
  const [own, other] = await Promise.all([listen(hers), listen(colleague)]);
  const until = async (reader: typeof own, end: string) => {
    let text = '';
    while (!text.includes(end)) text += (await reader.read()).value ?? '';
    return text;
  };
  await Promise.all([until(own, 'id:'), until(other, 'id:')]);
  const shared = randomUUID();
  await rig.database.query(
    `insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state)
     select $1, organisation_id, 'deal-won-to-slack', 'zohoCrm.deals', 'shared', event_id, 'done' from runs where id = $2`,
    [shared, run],
  );
  rig.changed({ id: run, organisationId });
  expect(await until(own, 'event: run')).toContain(run);
  rig.changed({ id: shared, organisationId });
  const heard = await until(other, shared);
  expect(heard).not.toContain(run);
  expect(heard).not.toContain(CANARY);
  await Promise.all([own.cancel(), other.cancel()]);
});

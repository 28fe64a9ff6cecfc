import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { ok, testFlow } from '../../../test/engine/rig.ts';
import { insertConnection } from '../../../test/postgres/insert-connection.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/test-database.ts';
import type { Connector } from '../../core/connector.ts';
import type { Automation } from '../../core/flow.ts';
import { syncs as offeredSyncs } from '../../flows/index.ts';
import { fakeConnector } from '../../outbound/testing/fake-vendor.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { bindRoles } from '../../store/integration-roles.ts';
import { saveIntegration } from '../../store/integrations.ts';
import { saveOrganisation } from '../../store/organisations.ts';
import { ensureSync, saveSync } from '../../store/syncs.ts';
import { ROUTES } from '../contract.ts';
import { storedCopy } from './stored-copy.ts';
import { storedOverview } from './stored-overview.ts';

/** The list of integrations over a real database: what it says of each, and what it costs when there are many. */

const words = (text: string) => ({ en: text, fr: text });
const connectors = new Map<string, Connector>(
  ['vendor', 'other'].map((id) => [id, { ...fakeConnector(), id, titles: words(id) }]),
);
const FLOWS = 40;
const flows = new Map<string, Automation>(
  Array.from({ length: FLOWS }, (_, index): [string, Automation] => {
    const id = `flow-${index}`;
    const flow = testFlow(async () => ok, { id });
    return [
      id,
      {
        ...flow,
        titles: words(`Flow ${index}`),
        roles: { source: { connector: 'vendor' }, target: { connector: 'other' } },
      },
    ];
  }),
);

let test: TestDatabase;
let database: Database;
let statements = 0;
let organisationId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  const opened = openDatabase(test.connectionString, { max: 4, onError: () => {} });
  database = {
    ...opened,
    query(...asked: Parameters<Database['query']>) {
      statements += 1;
      return opened.query(...asked);
    },
  } as Database;
});
afterAll(async () => {
  await database?.close();
  await test?.drop();
});

async function newOrganisation(timeZone = 'Europe/Paris'): Promise<string> {
  const id = randomUUID();
  await saveOrganisation(database, {
    id,
    externalId: id,
    name: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone,
    currency: 'EUR',
  });
  return id;
}
beforeEach(async () => {
  organisationId = await newOrganisation();
});

const make = (id: string, flow: string, more: object = {}) =>
  saveIntegration(database, { organisationId, id, flow, enabled: true, settings: {}, ...more });

async function newRun(integration: string, state: string, at: Date, of = organisationId): Promise<void> {
  await database.query(
    `with event as (
       insert into inbox (organisation_id, connector, event_key, topic, content_type)
       values ($2, 'vendor', $1::text, 'x', 'application/json') returning id)
     insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state, created_at)
     select $1::uuid, $2, $3, 'x', 'x', id, $4, $5 from event`,
    [v7({ msecs: at.getTime() }), of, integration, state, at],
  );
}

const admin = () => ({ organisationId, role: 'admin' as const, user: null });
const NOON = Date.parse('2026-03-10T11:30:00Z');
const look = async (now = NOON, asker: Parameters<typeof storedOverview>[1] = admin()) => {
  const parts = { database, flows, offeredSyncs, connectors, now: () => now };
  return ROUTES.integrationOverview.answer.parse(await storedOverview(parts, asker));
};
const one = async (id: string, now = NOON) => (await look(now)).integrations.find((each) => each.id === id)!;

async function connectBoth(): Promise<void> {
  await insertConnection(database, { organisationId, connector: 'vendor' });
  await insertConnection(database, { organisationId, connector: 'other' });
}

describe('what an integration did today', () => {
  it('is what began since midnight where the organisation is, and nothing of another’s', async () => {
    await make('flow-1', 'flow-1');
    const other = await newOrganisation();
    // 23:59 and 00:00 in Paris.
    await newRun('flow-1', 'done', new Date('2026-03-09T22:59:59Z'));
    await newRun('flow-1', 'done', new Date('2026-03-09T23:00:00Z'));
    await newRun('flow-1', 'skipped', new Date('2026-03-10T08:00:00Z'));
    await newRun('flow-1', 'shelved', new Date('2026-03-10T09:00:00Z'));
    await newRun('flow-1', 'waiting', new Date('2026-03-10T10:00:00Z'));
    await newRun('flow-1', 'done', new Date('2026-03-10T10:00:00Z'), other);
    const { since } = await look();
    expect(since).toBe('2026-03-09T23:00:00.000Z');
    const { today, standing } = await one('flow-1');
    expect(today).toEqual({ done: 1, skipped: 1, shelved: 1, open: 1, written: 0, refused: 0 });
    expect(standing.shelved).toBe(1);
  });

  it.each([
    ['America/Los_Angeles', '2026-03-10T07:00:00.000Z'],
    ['Asia/Kolkata', '2026-03-09T18:30:00.000Z'],
    ['Pacific/Auckland', '2026-03-10T11:00:00.000Z'],
    // The clocks jump over midnight that night: the day begins at one.
    ['Africa/Cairo', '2026-03-09T22:00:00.000Z'],
  ])('begins with the day of %s', async (zone, since) => {
    organisationId = await newOrganisation(zone);
    expect((await look()).since).toBe(since);
  });

  it('of a sync is what it wrote', async () => {
    const [sync] = offeredSyncs.keys();
    await make('s1', sync!);
    await ensureSync(database, organisationId, 's1');
    const write = (state: string, at: string) =>
      database.query(
        `insert into sync_writes (organisation_id, integration, pass_id, side, operation, state, at)
         values ($1, 's1', gen_random_uuid(), 'left', 'update', $2, $3)`,
        [organisationId, state, at],
      );
    await write('done', '2026-03-09T22:00:00Z');
    await write('done', '2026-03-10T05:00:00Z');
    await write('failed', '2026-03-10T05:00:00Z');
    expect((await one('s1')).today).toMatchObject({ written: 1, refused: 1, done: 0 });
  });
});

describe('how an integration stands', () => {
  const stateOf = async (id: string) => (await one(id, Date.now())).standing;

  it('says which account it waits for, and whether it is to be connected again', async () => {
    await make('flow-1', 'flow-1');
    const vendor = await insertConnection(database, { organisationId, connector: 'vendor' });
    expect(await stateOf('flow-1')).toMatchObject({
      state: 'waits',
      waitsFor: [{ titles: words('other'), state: 'absent' }],
    });
    await insertConnection(database, { organisationId, connector: 'other' });
    expect(await stateOf('flow-1')).toMatchObject({ state: 'runs', waitsFor: [] });
    await database.query(`update grants set state = 'reconnect' where id = $1`, [vendor.grantId]);
    expect(await stateOf('flow-1')).toMatchObject({
      state: 'waits',
      waitsFor: [{ titles: words('vendor'), state: 'reconnect' }],
    });
  });

  it('tells one that was never on from one that was turned off, and since when', async () => {
    await connectBoth();
    await make('flow-1', 'flow-1', { enabled: false });
    expect(await stateOf('flow-1')).toMatchObject({ state: 'not-on-yet', since: null });
    await make('flow-1', 'flow-1');
    const before = Date.now();
    await make('flow-1', 'flow-1', { enabled: false });
    // Something else of it changes later: it is off since it was turned off.
    await database.query(`update integrations set settings = '{"a": 1}' where organisation_id = $1`, [
      organisationId,
    ]);
    const { state, since } = await stateOf('flow-1');
    expect(state).toBe('off');
    expect(Math.abs(Date.parse(since!) - before)).toBeLessThan(5_000);
  });

  it('names what was set aside before anything else that goes well', async () => {
    await connectBoth();
    await make('flow-1', 'flow-1');
    await newRun('flow-1', 'shelved', new Date('2026-01-01T00:00:00Z'));
    expect(await stateOf('flow-1')).toMatchObject({ state: 'shelved', shelved: 1 });
    await make('flow-1', 'flow-1', { enabled: false });
    expect(await stateOf('flow-1')).toMatchObject({ state: 'off', shelved: 1 });
  });

  it.each([
    [{ phase: 'previewing' }, 'reading', null],
    [{ phase: 'previewed' }, 'previewed', null],
    [{ phase: 'applying' }, 'applying', null],
    [{ phase: 'undoing' }, 'undoing', null],
    [{ phase: 'live' }, 'runs', null],
    [{ phase: 'paused', pause: { code: 'admin', phase: 'live', ...words('Paused.') } }, 'off', null],
    [{ phase: 'paused', pause: { code: 'brake', phase: 'live', ...words('Brake.') } }, 'paused', 'Brake.'],
  ] as const)('of a sync in %j is %s', async (row, state, why) => {
    const sync = offeredSyncs.get('mailchimp-crm')!;
    const held = [...offeredSyncs].filter(([id]) => id === sync.id);
    for (const connector of ['mailchimp', 'zoho-crm'])
      await insertConnection(database, { organisationId, connector });
    await make('s1', sync.id);
    await ensureSync(database, organisationId, 's1');
    await saveSync(database, { organisationId, integration: 's1' }, row as never);
    const parts = { database, flows, offeredSyncs: new Map(held), connectors };
    const [found] = (await storedOverview(parts, admin())).integrations;
    expect([found!.standing.state, found!.standing.why?.en ?? null]).toEqual([state, why]);
  });
});

describe('sixty integrations of forty flows', () => {
  it('are listed in no more statements than one is', async () => {
    await connectBoth();
    await make('flow-0', 'flow-0');
    statements = 0;
    expect((await look()).integrations).toHaveLength(1);
    const few = statements;
    let automations = 0;
    for (let index = 1; index < 60; index += 1) {
      const sync = index % 6 === 5;
      if (!sync) automations += 1;
      const flow = sync
        ? [...offeredSyncs.keys()][index % offeredSyncs.size]!
        : `flow-${automations % FLOWS}`;
      await make(`made${index}`, flow, { name: `Integration ${index}`, enabled: index % 2 === 0 });
      if (sync) await ensureSync(database, organisationId, `made${index}`);
      else await newRun(`made${index}`, 'done', new Date(NOON - index * 60_000));
    }
    statements = 0;
    const { integrations } = await look();
    expect(integrations).toHaveLength(60);
    expect(new Set(integrations.map(({ flow }) => flow.id)).size).toBeGreaterThanOrEqual(FLOWS);
    expect(statements).toBe(few);
    expect(statements).toBeLessThanOrEqual(12);
  });

  it('find today’s runs by an index, not by reading the log', async () => {
    for (let index = 0; index < 30; index += 1)
      await newRun('flow-1', 'done', new Date(NOON - index * 86_400_000));
    const plan = await database.transaction(async (sql) => {
      await sql.query('set local enable_seqscan = off');
      return sql.query(
        `explain select integration, count(*) from runs
         where organisation_id = $1 and id >= run_id_at($2) and created_at >= $2 group by integration`,
        [organisationId, new Date(NOON)],
      );
    });
    expect(JSON.stringify(plan)).toMatch(/Index Cond: .*id >= /);
  });
});

describe('a copy', () => {
  const titles = new Map([...flows].map(([id, flow]) => [id, flow]));
  const copy = (id: string, name: string | null = null, onceBy: string | null = null) =>
    storedCopy(
      { database, titles, newId: () => randomUUID().slice(0, 12) },
      { organisationId, integration: id },
      name,
      onceBy,
    );
  const rowOf = async (id: string) =>
    (
      await database.query<Record<string, unknown>>(
        `select flow, name, enabled, settings, known, filter, owner,
           (select jsonb_agg(jsonb_build_array(role, account_id, connection_id) order by role) from integration_roles r
             where r.organisation_id = i.organisation_id and r.integration = i.id) as roles
         from integrations i where organisation_id = $1 and id = $2`,
        [organisationId, id],
      )
    )[0];

  beforeEach(async () => {
    const { id } = await insertConnection(database, { organisationId, connector: 'vendor' });
    await make('flow-1', 'flow-1', { settings: { channel: '#ventes' } });
    await bindRoles(database, { organisationId, integration: 'flow-1' }, { source: id });
    await database.query(
      `update integrations set known = '{"channel": {"value": "#ventes", "reference": "C1"}}',
         filter = '{"filter": {"all": []}, "takes": "once", "fields": []}' where organisation_id = $1`,
      [organisationId],
    );
    await newRun('flow-1', 'done', new Date());
  });

  it('is set as the other one is, with its accounts, off, and knows nothing of what that one did', async () => {
    const [id, like] = [await copy('flow-1'), await rowOf('flow-1')];
    expect(await rowOf(id!)).toEqual({ ...like, enabled: false, name: 'Flow 1 (copie)' });
    const { today, standing } = await one(id!, Date.now());
    expect([today.done, standing.state]).toEqual([0, 'not-on-yet']);
  });

  it('has a name of its own also where copies are made at once', async () => {
    await make('often', 'flow-1', { name: 'Souvent' });
    const made = await Promise.all(Array.from({ length: 5 }, () => copy('often')));
    const names = await Promise.all(made.map(async (id) => (await rowOf(id!))!.name));
    expect(new Set(names).size).toBe(5);
  });

  it('has a name that no other one has, however often it is made and however long the name is', async () => {
    const names = [];
    for (let time = 0; time < 3; time += 1) names.push((await rowOf((await copy('flow-1'))!))!.name);
    expect(names).toEqual(['Flow 1 (copie)', 'Flow 1 (copie 2)', 'Flow 1 (copie 3)']);
    const [ofCopy] = await database.query<{ id: string }>(
      `select id from integrations where name = 'Flow 1 (copie 2)'`,
    );
    expect((await rowOf((await copy(ofCopy!.id))!))!.name).toBe('Flow 1 (copie 4)');
    await make('long', 'flow-2', { name: 'é'.repeat(80) });
    const [one, two] = [await copy('long'), await copy('long')];
    const long = [(await rowOf(one!))!.name, (await rowOf(two!))!.name] as string[];
    expect(new Set(long).size).toBe(2);
    for (const name of long) expect(name.length).toBeLessThanOrEqual(80);
  });

  it('under a name that another one has is refused, and makes nothing', async () => {
    await expect(copy('flow-1', ' FLOW 1 ')).rejects.toMatchObject({ facts: { status: 422 } });
    expect((await look()).integrations).toHaveLength(1);
  });

  it('there is none of what follows a template, and the list says that it does', async () => {
    await database.query(`update integrations set template = 'people' where organisation_id = $1`, [
      organisationId,
    ]);
    await expect(copy('flow-1')).rejects.toMatchObject({ facts: { status: 422 } });
    expect((await look()).integrations.map(({ followsTemplate }) => followsTemplate)).toEqual([true]);
  });

  it('asked for twice by one key is one', async () => {
    const ids = await Promise.all([copy('flow-1', null, 'k'), copy('flow-1', null, 'k')]);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toEqual(await copy('flow-1', null, 'k'));
    expect((await look()).integrations).toHaveLength(2);
  });

  it('under a key that another organisation copied by is one more', async () => {
    const theirs = await copy('flow-1', null, 'same key');
    organisationId = await newOrganisation();
    await make('flow-1', 'flow-1');
    const ours = await copy('flow-1', null, 'same key');
    expect([ours === null, ours === theirs]).toEqual([false, false]);
  });

  it('of what was deleted, or is another organisation’s, there is none', async () => {
    await database.query(`update integrations set deleted_at = now() where organisation_id = $1`, [
      organisationId,
    ]);
    expect(await copy('flow-1')).toBeNull();
    organisationId = await newOrganisation();
    expect(await copy('flow-1')).toBeNull();
  });
});

import { LiaisonError } from '../../server/core/errors.ts';
import { keepAges, keepFor } from '../../server/store/ages.ts';
import { loggedRun, loggedRuns } from '../../server/store/run-log.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow, words } from './rig.ts';

const DAY_MS = 86_400_000;
let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

async function parts(table: string): Promise<string[]> {
  const rows = await rig.database.query<{ name: string }>(
    'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1',
    [table],
  );
  return rows.map(({ name }) => name);
}

async function counts(): Promise<Record<string, number>> {
  const [row] = await rig.database.query<Record<string, number>>(
    `select (select count(*)::int from runs) as runs, (select count(*)::int from inbox) as events,
       (select count(*)::int from steps) as steps, (select count(*)::int from event_bodies) as bodies`,
  );
  return row ?? {};
}

/** As if so many days had gone by since. */
const age = (days: number, where = 'true') =>
  rig.database.query(
    `update runs set created_at = created_at - make_interval(days => $1), finished_at = finished_at - make_interval(days => $1) where ${where}`,
    [days],
  );

const flow = (refused: () => boolean, effects: string[]) =>
  testFlow(async ({ event, read, write }) => {
    await read('look', async () => ({ seen: event.recordId }));
    await write('make', {
      find: async () => null,
      async send() {
        if (event.recordId === 'bad' && refused())
          throw new LiaisonError('rejected', { sentence: words('no') });
        effects.push(`${event.recordId}`);
        return { made: event.recordId };
      },
    });
    return ok;
  });

it('months are made ahead, take what is written in them, and are dropped whole by the longest age', async () => {
  const now = new Date();
  await keepAges(rig.database, now);
  const month = (ahead: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1))
      .toISOString()
      .slice(0, 7)
      .replace('-', '_');
  expect(await parts('event_bodies')).toEqual([
    ...[0, 1, 2].map((ahead) => `event_bodies_${month(ahead)}`),
    'event_bodies_kept',
  ]);
  // The first table ends with the month in which the database was made: this one, unless that was a moment ago.
  const [made] = await rig.database.query<{ at: Date }>(
    'select min(applied_at) as at from liaison_migrations',
  );
  const since = made === undefined ? 0 : made.at.getUTCMonth() - now.getUTCMonth();
  const first = ((since + 18) % 12) - 6 + 1;
  const ownMonths = [first, first + 1, first + 2].filter((ahead) => ahead <= 2);
  const steps = [
    ...ownMonths.map((ahead) => `steps_${month(ahead)}`),
    'steps_kept',
    `steps_until_${month(first)}`,
  ].sort();
  expect(await parts('steps')).toEqual(steps);
  await keepAges(rig.database, now);
  expect(await parts('steps')).toEqual(steps);

  const engine = await rig.engine([flow(() => false, [])]);
  await rig.send(engine, 'good', 'key');
  await rig.settled();
  expect(await counts()).toEqual({ runs: 1, events: 1, steps: 2, bodies: 1 });
  await rig.database.query('update organisations set keep_days = 90');
  await keepAges(rig.database, inDays(80));
  expect(await counts()).toEqual({ runs: 1, events: 1, steps: 2, bodies: 1 });
  await keepAges(rig.database, inDays(125));
  expect(await parts('steps')).not.toContain(`steps_until_${month(first)}`);
  expect(await parts('event_bodies')).not.toContain(`event_bodies_${month(0)}`);
  // The run's line and the event's key are there for ever: what is delivered again has no second effect.
  expect(await counts()).toEqual({ runs: 1, events: 1, steps: 0, bodies: 0 });
  await rig.send(engine, 'good', 'key');
  await rig.settled();
  expect(await counts()).toEqual({ runs: 1, events: 1, steps: 0, bodies: 0 });
  const [run] = await loggedRuns(rig.database, ORGANISATION.id, { limit: 5 });
  expect(run).toMatchObject({ state: 'done', recordId: 'good', summary: ok.summary });
  expect(await loggedRun(rig.database, ORGANISATION.id, run!.id)).toMatchObject({
    event: { body: null },
    steps: [],
    droppedAfterDays: 90,
  });
});

it('nobody reads it once its age is over, although its month is there; before, everybody does', async () => {
  const engine = await rig.engine([flow(() => false, [])]);
  await rig.send(engine, 'good');
  await rig.settled();
  const [run] = await loggedRuns(rig.database, ORGANISATION.id, { limit: 1 });
  const seen = () => loggedRun(rig.database, ORGANISATION.id, run!.id);
  await age(29);
  expect(await seen()).toMatchObject({ event: { body: '{}' }, droppedAfterDays: null });
  expect((await seen())?.steps).toHaveLength(2);
  await rig.database.query(`update steps set output = '"x@exemple.example"' where name = 'make'`);
  const found = async () =>
    (await loggedRuns(rig.database, ORGANISATION.id, { limit: 5, record: 'x@exemple.example' })).length;
  expect(await found()).toBe(1);
  await age(2);
  expect(await seen()).toMatchObject({ event: { body: null }, steps: [], droppedAfterDays: 30 });
  expect(await found()).toBe(0);
});

it('a run on the shelf keeps what it needs whatever its age, and is done where it stood', async () => {
  const effects: string[] = [];
  let refuse = true;
  const engine = await rig.engine([flow(() => refuse, effects)]);
  await rig.send(engine, 'bad');
  await rig.send(engine, 'good');
  await rig.settled();
  await age(200);
  await keepAges(rig.database, inDays(0));
  await keepAges(rig.database, inDays(100));
  expect(await counts()).toEqual({ runs: 2, events: 2, steps: 2, bodies: 1 });
  expect(await parts('steps')).toContain('steps_kept');
  refuse = false;
  expect(await engine.replay(ORGANISATION.id, { sql: 'true', values: [] })).toBe(1);
  await rig.settled();
  expect(effects.sort()).toEqual(['bad', 'good']);
  expect(await rig.states()).toEqual(['done', 'done']);
  // Then it ages like any other.
  await keepAges(rig.database, inDays(101));
  expect(await counts()).toEqual({ runs: 2, events: 2, steps: 0, bodies: 0 });
});

it('one organisation’s short age takes nothing of another’s', async () => {
  const engine = await rig.engine([flow(() => false, [])]);
  await rig.send(engine, 'good');
  await rig.settled();
  const other = '22222222-2222-4222-8222-222222222222';
  await rig.database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency, keep_days) values ($1, '2', 'B', 'fr-FR', 'Europe/Paris', 'EUR', 365)`,
    [other],
  );
  await rig.database.query(
    `with e as (insert into inbox (organisation_id, connector, event_key, topic, content_type) values ($1, 'vendor', 'theirs', 'changed', 'application/json') returning id, received_at),
       b as (insert into event_bodies select id, received_at, '{"theirs":1}' from e),
       r as (insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state, finished_at)
         select run_id_at(now()), $1, 'test-flow', 'vendor.thing', 'theirs', id, 'done', now() from e returning id)
     insert into steps (run_id, name, position, state, started_at) select id, 'look', 0, 'done', now() from r`,
    [other],
  );
  await keepFor(rig.database, ORGANISATION.id, 7);
  await keepAges(rig.database, inDays(6));
  expect(await counts()).toEqual({ runs: 2, events: 2, steps: 3, bodies: 2 });
  await keepAges(rig.database, inDays(8));
  expect(await counts()).toEqual({ runs: 2, events: 2, steps: 1, bodies: 1 });
  expect(await rig.database.query('select body from event_bodies')).toEqual([{ body: '{"theirs":1}' }]);
});

it('bodies that stand in the inbox itself go, too, but for those that are needed', async () => {
  const engine = await rig.engine([flow(() => true, [])]);
  await rig.send(engine, 'bad');
  await rig.send(engine, 'good');
  await rig.settled();
  await rig.database.query(
    `with b as (delete from event_bodies returning *) update inbox i set body = b.body, received_at = now() - interval '31 days' from b where b.event_id = i.id`,
  );
  await keepAges(rig.database, inDays(0));
  expect(await rig.database.query('select record_id as record from inbox where body is not null')).toEqual([
    { record: 'bad' },
  ]);
});

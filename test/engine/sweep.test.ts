import type { Connector, ConnectorHttp } from '../../server/core/connector.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import type { Automation, FoundEvent, Sweep, SweepResult, SweepSource } from '../../server/core/flow.ts';
import { pollOnce } from '../../server/engine/poll.ts';
import type { World } from '../../server/engine/ports.ts';
import { startCursor } from '../../server/store/cursors.ts';
import { looksOf, noteFound } from '../../server/store/gaps.ts';
import { insertEvents } from '../../server/store/inbox.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { integrationRow } from '../integration-row.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow, words } from './rig.ts';

const FLOW = 'swept';
const SETTLED_MS = 20_000;

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
  const row = { organisationId: ORGANISATION.id, id: FLOW, flow: FLOW, settings: {} };
  await saveIntegration(rig.database, { ...row, enabled: true });
  await startCursor(rig.database, ORGANISATION.id, FLOW);
});
afterEach(() => rig.close());

const vendor = { id: 'vendor', client: (http: unknown) => http } as unknown as Connector;

const event = (key: string, recordId = key): FoundEvent => ({
  key,
  topic: 'changed',
  recordId,
  body: { found: true },
  ageMs: SETTLED_MS,
});

/** Looks once, now, with what a flow's sweep answers. */
async function look(
  answer: (source: SweepSource<unknown>) => Promise<SweepResult>,
  recognisedBy: Sweep<unknown>['recognisedBy'] = 'event',
): Promise<number | null> {
  const flow: Automation = testFlow(async () => ok, { id: FLOW, sweep: { recognisedBy, look: answer } });
  await rig.database.query('update cursors set next_at = now()');
  const world = {
    flows: [flow],
    organisation: async () => ORGANISATION,
    connectors: new Map([['vendor', vendor]]),
    integrations: async () => [integrationRow({ organisationId: ORGANISATION.id, flow: FLOW })],
    open: async () => ({ account: { id: 'account' } }) as ConnectorHttp,
  } as unknown as World;
  return pollOnce({
    database: rig.database,
    world,
    timing: { now: Date.now, random: Math.random, pause: async () => {} },
    sweepSeconds: null,
    graceMs: 10_000,
    ending: new AbortController().signal,
    ifFree: async (_key, work) => {
      await work(new AbortController().signal);
      return true;
    },
  });
}

const finds =
  (events: readonly FoundEvent[], cursor: unknown = 'read') =>
  async () => ({ events, cursor });

/** A webhook comes in. */
const deliver = (key: string, recordId = key) =>
  insertEvents(
    rig.database,
    [
      {
        organisationId: ORGANISATION.id,
        connectionId: '00000000-0000-4000-8000-000000000001',
        connector: 'vendor',
        account: 'account',
        eventKey: key,
        topic: 'changed',
        recordId,
        contentType: 'application/json',
        body: '{}',
      },
    ],
    ['vendor changed'],
  );

const known = async () => (await looksOf(rig.database, ORGANISATION.id))[0];
const waiting = async () => {
  const rows = await rig.database.query<{ key: string }>(
    'select event_key as key from inbox_waiting w join inbox i on i.id = w.event_id order by i.id',
  );
  return rows.map(({ key }) => key);
};
const cursor = async () =>
  (await rig.database.query<{ cursor: unknown }>('select cursor from cursors'))[0]?.cursor;

describe('a sweep', () => {
  it('stores what it found, under the vendor’s own number, with the new cursor: found twice it changes nothing', async () => {
    expect(await look(finds([event('evt_1'), event('evt_2')], { from: 1 }))).toBe(2);
    expect(await cursor()).toEqual({ from: 1 });
    expect(await look(finds([event('evt_1'), event('evt_2'), event('evt_3')], { from: 2 }))).toBe(1);
    expect(await waiting()).toEqual(['evt_1', 'evt_2', 'evt_3']);
    expect(await known()).toMatchObject({ found: 3, gap: 3, error: null });
  });

  it('leaves cursor and events as they were when another process has looked meanwhile', async () => {
    const result = await look(async () => {
      await rig.database.query('update cursors set version = version + 1');
      return { events: [event('evt_1')], cursor: 'mine' };
    });
    expect([result, await cursor(), await waiting()]).toEqual([0, null, []]);
  });

  it('does not count what was delivered, and a delivery after it was found has no second effect', async () => {
    await deliver('evt_1');
    expect(await look(finds([event('evt_1'), event('evt_2')]))).toBe(1);
    await deliver('evt_2');
    expect(await waiting()).toEqual(['evt_1', 'evt_2']);
    expect(await known()).toMatchObject({ found: 1, gap: 1 });
  });

  it('takes a record for heard of when something of it came since it happened, in whatever state that is', async () => {
    const engine = await rig.engine([testFlow(async () => ok, { id: FLOW })]);
    await rig.send(engine, 'done');
    await rig.settled();
    await rig.end(engine, 1_000);
    await deliver('delivery', 'waiting');
    expect(await look(finds([event('a', 'done'), event('b', 'waiting'), event('c', 'lost')]), 'record')).toBe(
      1,
    );
    expect(await waiting()).toEqual(['delivery', `${FLOW} c`]);
  });

  it('takes a record for not heard of when all that came of it came before', async () => {
    const engine = await rig.engine([testFlow(async () => ok, { id: FLOW })]);
    await rig.send(engine, 'again');
    await rig.settled();
    await rig.end(engine, 1_000);
    await rig.database.query(`update inbox set received_at = now() - interval '1 hour'`);
    expect(await look(finds([event('second', 'again')]), 'record')).toBe(1);
  });

  it('the gap is open until a webhook comes that is younger than what was missing', async () => {
    await deliver('before');
    await rig.database.query(`update inbox set received_at = now() - interval '1 hour'`);
    await look(finds([event('evt_1')]));
    await look(finds([]));
    expect(await known()).toMatchObject({ gap: 1 });
    // Found, not delivered: it proves nothing of webhooks.
    await look(finds([event('evt_2')]));
    await look(finds([event('evt_1'), event('evt_2')]));
    expect(await known()).toMatchObject({ gap: 2 });
    await deliver('after');
    await look(finds([]));
    expect(await known()).toMatchObject({ gap: 0, found: 2 });
  });

  it('is told how long the flow has been on, and from then on where it was', async () => {
    await rig.database.query(`update cursors set started_at = now() - interval '1 hour'`);
    const seen: SweepSource<unknown>[] = [];
    const watching = async (source: SweepSource<unknown>) => {
      seen.push(source);
      return { events: [], cursor: { from: 7 } };
    };
    await look(watching);
    await look(watching);
    expect(seen.map((one) => one.cursor)).toEqual([null, { from: 7 }]);
    expect(seen[0]?.onForMs).toBeGreaterThanOrEqual(3_600_000);
    expect(seen[0]?.onForMs).toBeLessThan(3_660_000);
  });

  it('that lost its place looks again from when the flow was turned on', async () => {
    await look(finds([], { from: 7 }));
    await look(() => Promise.reject(new LiaisonError('cursor-lost', { sentence: words('lost') })));
    expect(await cursor()).toBeNull();
  });

  it('that fails keeps its place, and since when it fails', async () => {
    await look(finds([], { from: 7 }));
    const failing = () => Promise.reject(new LiaisonError('retry-later', { sentence: words('down') }));
    await look(failing);
    const first = (await known())?.failingSince;
    await look(failing);
    expect(await cursor()).toEqual({ from: 7 });
    expect(await known()).toMatchObject({ error: { kind: 'retry-later' }, failingSince: first });
    await look(finds([], { from: 8 }));
    expect(await known()).toMatchObject({ error: null, failingSince: null });
  });

  it('is on from when the account is connected', async () => {
    await rig.database.query(`update cursors set started_at = now() - interval '1 hour'`);
    await look(() => Promise.reject(new LiaisonError('reconnect', { sentence: words('connect') })));
    let onForMs = 0;
    await look(async (source) => {
      onForMs = source.onForMs;
      return { events: [], cursor: 1 };
    });
    expect(onForMs).toBeLessThan(60_000);
  });

  it('that has more to read is due at once', async () => {
    await look(async () => ({ events: [], cursor: 1, more: true }));
    const due = 'select next_at <= now() as due from cursors';
    expect((await rig.database.query<{ due: boolean }>(due))[0]?.due).toBe(true);
    await look(finds([], 2));
    expect((await rig.database.query<{ due: boolean }>(due))[0]?.due).toBe(false);
  });
});

it('turning a flow on again forgets its place and what was missing', async () => {
  await look(finds([event('evt_1')], { from: 1 }));
  await startCursor(rig.database, ORGANISATION.id, FLOW);
  expect(await cursor()).toBeNull();
  expect(await known()).toMatchObject({ gap: 0, found: 1 });
});

it('the numbers of one organisation are not another one’s', async () => {
  const about = {
    organisationId: '00000000-0000-4000-8000-0000000000ff',
    integration: FLOW,
    side: 'first' as const,
    flow: FLOW,
    connector: 'vendor',
    account: 'account',
    topics: [],
  };
  await noteFound(rig.database, about, { lost: 5, newestAgeSeconds: 1 });
  expect(await known()).toMatchObject({ found: 0, gap: 0 });
});

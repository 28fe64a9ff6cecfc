import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector, ConnectorHttp } from '../../server/core/connector.ts';
import type { Automation } from '../../server/core/flow.ts';
import { pollOnce } from '../../server/engine/poll.ts';
import type { World } from '../../server/engine/ports.ts';
import { ensureCursor } from '../../server/store/cursors.ts';
import { noteDatabaseFailure } from '../../server/store/database-failure.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { integrationRow } from '../integration-row.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from './rig.ts';

const FLOW = 'polled';
const ENDS_WITHIN_MS = 5_000;

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
  await saveIntegration(rig.database, {
    organisationId: ORGANISATION.id,
    id: FLOW,
    flow: FLOW,
    enabled: true,
    settings: {},
  });
  await ensureCursor(rig.database, ORGANISATION.id, FLOW);
});
afterEach(() => rig.close());

const vendor = { id: 'vendor', client: (http: unknown) => http } as unknown as Connector;
/** The connection is its signal: a vendor that never answers, until the caller gives up. */
const world: Partial<World> = {
  connectors: new Map([['vendor', vendor]]),
  open: async (_organisation, _connector, { signal }) =>
    ({ signal, account: { id: 'account' } }) as unknown as ConnectorHttp,
};

/** A flow whose source is read by `read`. */
function polledFlow(read: (signal: AbortSignal) => Promise<void>): Automation {
  return {
    ...testFlow(async () => ok, { id: FLOW }),
    trigger: {
      kind: 'poll',
      connector: 'vendor',
      everySeconds: () => 3_600,
      async poll({ client }) {
        await read((client(vendor) as { signal: AbortSignal }).signal);
        return { events: [{ key: 'row', recordId: '1', body: {} }], cursor: 'read' };
      },
      record: (event) => (event.recordId === null ? null : { object: 'vendor.thing', id: event.recordId }),
    },
  };
}

/** Resolves when it is called; what it returns never ends by itself. */
function hanging() {
  let called: () => void;
  const begun = new Promise<void>((resolve) => {
    called = resolve;
  });
  const read = (signal: AbortSignal): Promise<never> => {
    called();
    return new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    );
  };
  return { begun, read };
}

async function until(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask())) await sleep(20);
}

const cursor = async () => {
  const [row] = await rig.database.query<{ cursor: unknown; due: boolean; error: unknown }>(
    'select cursor, next_at <= now() as due, error from cursors',
  );
  return row;
};

describe('a source that is polled', () => {
  it('does not hold up the end of a process when it does not answer, and stays due for the next one', async () => {
    const { begun, read } = hanging();
    const engine = await rig.engine([polledFlow(read)], { world });
    await begun;
    const before = performance.now();
    await rig.end(engine, 50);
    expect(performance.now() - before).toBeLessThan(ENDS_WITHIN_MS);
    expect(await cursor()).toEqual({ cursor: null, due: true, error: null });
  });

  it('is not begun any more once the process has waited long enough: its look may come to it only then', async () => {
    let reads = 0;
    const read = async () => {
      reads += 1;
    };
    const ended = new AbortController();
    const looked = await pollOnce({
      database: rig.database,
      world: {
        ...world,
        flows: [polledFlow(read)],
        integrations: async () => [integrationRow({ organisationId: ORGANISATION.id, flow: FLOW })],
      } as World,
      timing: { now: Date.now, random: Math.random, pause: async () => {} },
      async ifFree(_key, work) {
        // It was not over yet when the source was found to be due.
        ended.abort();
        await work(new AbortController().signal);
        return true;
      },
      sweepSeconds: null,
      graceMs: 0,
      ending: ended.signal,
    });
    expect([looked, reads]).toEqual([0, 0]);
    expect(await cursor()).toEqual({ cursor: null, due: true, error: null });
  });

  it('is polled by another process as soon as the one that was at it is dead', async () => {
    const { begun, read } = hanging();
    let isDead = false;
    const dying = (signal: AbortSignal) =>
      isDead ? Promise.reject(noteDatabaseFailure(new Error('dead'))) : read(signal);
    await rig.engine([polledFlow(dying)], { world });
    await begun;
    await rig.engine([polledFlow(async () => {})], { world });
    // What PostgreSQL sees of a `kill -9`: the session is gone, and the lock with it. What is dead reads nothing more; it
    // lives on here, and may take the lock again before the other one looks.
    isDead = true;
    await rig.database.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
       and (classid::bigint << 32) | objid::bigint = hashtextextended($1, 0)`,
      [`poll ${ORGANISATION.id} ${FLOW}`],
    );
    await until(async () => (await cursor())?.cursor === 'read');
    await rig.settled();
    expect(await rig.states()).toEqual(['done']);
  });
});

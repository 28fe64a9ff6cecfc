import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../server/engine/engine.ts';
import { until } from '../system/liaison-process.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from './rig.ts';

const OTHER = randomUUID();
const WITHIN_MS = 10_000;

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
  await rig.database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, '2', 'B', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [OTHER],
  );
});
afterEach(() => rig.close());

const send = (engine: Engine, organisationId: string, recordIds: readonly string[], connector = 'vendor') =>
  engine.accept(
    recordIds.map((recordId) => ({
      organisationId,
      connectionId: null,
      connector,
      eventKey: randomUUID(),
      topic: 'changed',
      recordId,
      contentType: 'application/json',
      body: '{}',
    })),
  );
const records = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);

/** A flow that notes when each record was done. */
function noting(work: (recordId: string) => Promise<unknown>, about: Parameters<typeof testFlow>[1] = {}) {
  const doneAt = new Map<string, number>();
  const flow = testFlow(async ({ event, read }) => {
    const id = event.recordId ?? '';
    await read('look', async () => (await work(id)) ?? null);
    doneAt.set(id, performance.now());
    return ok;
  }, about);
  return { flow, doneAt };
}

describe('an organisation that floods', () => {
  it('with 100 times the events of another delays it by less than 10 s', async () => {
    const { flow, doneAt } = noting(() => sleep(20));
    const engine = await rig.engine([flow], { width: 16 });
    const flood = records('f', 2_000);
    for (let start = 0; start < flood.length; start += 500)
      await send(engine, ORGANISATION.id, flood.slice(start, start + 500));
    const sentAt = performance.now();
    const few = records('o', 20);
    await send(engine, OTHER, few);
    await until(async () => few.every((id) => doneAt.has(id)), WITHIN_MS);
    const waited = few.map((id) => (doneAt.get(id) ?? 0) - sentAt).sort((a, b) => a - b);
    expect(waited.at(-1)).toBeLessThan(WITHIN_MS);
    expect(doneAt.size).toBeLessThan(flood.length + few.length);
    await rig.settled();
    expect(doneAt.size).toBe(flood.length + few.length);
  });

  it('at one connector holds back nothing that comes from another one of its own', async () => {
    const slow = noting(() => sleep(20));
    const other = noting(async () => 1, { id: 'other-flow' });
    const quick = {
      ...other.flow,
      trigger: { ...other.flow.trigger, connector: 'other' },
    } as typeof other.flow;
    const engine = await rig.engine([slow.flow, quick], { width: 8 });
    await send(engine, ORGANISATION.id, records('f', 2_000));
    const sentAt = performance.now();
    await send(engine, ORGANISATION.id, ['quick'], 'other');
    await until(async () => other.doneAt.has('quick'), WITHIN_MS);
    expect((other.doneAt.get('quick') ?? 0) - sentAt).toBeLessThan(WITHIN_MS);
    expect(slow.doneAt.size).toBeLessThan(2_000);
  });
});

describe('vendors that hang', () => {
  it('for more flows than there are hands leave hands to the next', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const hanging = records('hang', 12).map((id) => noting(() => held, { id }).flow);
    const next = noting(async () => 1, { id: 'next' });
    const flow = { ...next.flow, trigger: { ...next.flow.trigger, connector: 'other' } } as typeof next.flow;
    const engine = await rig.engine([...hanging, flow], { width: 4 });
    await send(engine, ORGANISATION.id, records('r', 30));
    await sleep(3_000);
    const sentAt = performance.now();
    await send(engine, ORGANISATION.id, ['next'], 'other');
    await until(async () => next.doneAt.has('next'), WITHIN_MS);
    expect((next.doneAt.get('next') ?? 0) - sentAt).toBeLessThan(WITHIN_MS);
    release();
    await rig.settled();
  });

  it('while they hold keys let others hold theirs', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const done: string[] = [];
    const engine = await rig.engine(
      [
        testFlow(async ({ event, exclusively, read }) => {
          const id = event.recordId ?? '';
          await exclusively(id, () => read('look', async () => (id === 'free' ? 1 : held.then(() => 1))));
          done.push(id);
          return ok;
        }),
      ],
      { width: 64 },
    );
    await send(engine, ORGANISATION.id, records('key', 40));
    await sleep(500);
    await send(engine, ORGANISATION.id, ['free']);
    await until(async () => done.includes('free'), WITHIN_MS);
    expect(done).toEqual(['free']);
    release();
    await rig.settled();
  });
});

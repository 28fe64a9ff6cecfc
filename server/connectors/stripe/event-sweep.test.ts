import type Stripe from 'stripe';
import type { StripeClient } from './client.ts';
import { sweepEvents } from './event-sweep.ts';

const START = Date.parse('2026-11-24T10:00:00Z');
const GRACE_MS = 10_000;
const MOST = 5;

/** Stripe, as far as its list of events goes: newest first, so many at most in one look, a clock of its own. */
class Events {
  now = START;
  calls = 0;
  private readonly all: { id: string; created: number; visibleAt: number }[] = [];

  happen(id: string, delayMs = 0): void {
    this.all.push({ id, created: Math.floor(this.now / 1_000), visibleAt: this.now + delayMs });
  }

  readonly client = {
    time: async () => {
      this.calls += 1;
      return Math.floor(this.now / 1_000) * 1_000;
    },
    eventsOf: async (_types: readonly string[], { from, to }: { from: number; to: number | null }) => {
      this.calls += 1;
      const listed = this.all
        .filter(({ visibleAt }) => visibleAt <= this.now)
        .filter(({ created }) => created >= Math.floor(from / 1_000))
        .filter(({ created }) => to === null || created < Math.ceil(to / 1_000))
        .sort((a, b) => b.created - a.created);
      const events = listed.slice(0, MOST).map(
        ({ id, created }) =>
          ({
            id,
            created,
            type: 'charge.refunded',
            data: { object: { id: `ch_${id}` } },
          }) as unknown as Stripe.Event,
      );
      return { events, whole: listed.length <= MOST, at: Math.floor(this.now / 1_000) * 1_000 };
    },
  } as unknown as StripeClient;
}

/** Looks until there is no more to be read at once. */
async function look(events: Events, from: unknown, onForMs = 0) {
  let cursor = from;
  const found: string[] = [];
  for (;;) {
    const result = await sweepEvents(events.client, ['charge.refunded'], {
      cursor,
      onForMs,
      graceMs: GRACE_MS,
    });
    found.push(...result.events.map(({ key }) => key));
    cursor = result.cursor;
    if (result.more !== true) return { found, cursor };
  }
}

let events: Events;
beforeEach(() => {
  events = new Events();
});

it('takes nothing of before the flow was turned on, and what happened since, though the first look came late', async () => {
  events.happen('old');
  events.now += 60_000;
  const turnedOn = events.now;
  events.now += 5_000;
  events.happen('new');
  events.now += 30_000;
  const first = await look(events, null, events.now - turnedOn);
  expect(first.found).toEqual([]);
  expect((await look(events, first.cursor)).found).toEqual(['new']);
});

it('leaves what is so young that its webhook may be on its way to the next look', async () => {
  const { cursor } = await look(events, null);
  events.now += 2_000;
  events.happen('young');
  events.now += 5_000;
  const second = await look(events, cursor);
  expect(second.found).toEqual([]);
  events.now += 20_000;
  expect((await look(events, second.cursor)).found).toEqual(['young']);
});

it('finds an event that Stripe lists half a minute after the second that it is stamped with', async () => {
  let { cursor } = await look(events, null);
  events.now += 2_000;
  events.happen('late', 30_000);
  const found: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    events.now += 20_000;
    const result = await look(events, cursor);
    found.push(...result.found);
    cursor = result.cursor;
  }
  expect(new Set(found)).toEqual(new Set(['late']));
});

it('reads more than fits in one look, oldest first, and loses none', async () => {
  const { cursor } = await look(events, null);
  const all: string[] = [];
  for (let index = 0; index < 60; index += 1) {
    events.now += 2_000 + (index % 7) * 300_000;
    events.happen(`evt_${index}`);
    all.push(`evt_${index}`);
  }
  events.now += 120_000;
  const { found } = await look(events, cursor);
  expect([...new Set(found)]).toEqual(all);
});

it('asks once where nothing happened', async () => {
  const { cursor } = await look(events, null);
  events.now += 86_400_000;
  events.calls = 0;
  await look(events, cursor);
  expect(events.calls).toBe(1);
});

it('a cursor that is none is lost', async () => {
  await expect(look(events, { of: 'another time' })).rejects.toMatchObject({ kind: 'cursor-lost' });
});

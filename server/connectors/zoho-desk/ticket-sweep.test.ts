import type { SweepResult } from '../../core/flow.ts';
import type { ZohoDeskClient } from './client.ts';
import type { DeskTicket } from './shapes.ts';
import { sweepTickets } from './ticket-sweep.ts';

const HOUR_MS = 3_600_000;
const now = Date.UTC(2026, 10, 24, 9);
const iso = (at: number): string => new Date(at).toISOString();

/** Desk's search over tickets by their moment of change: pages of a hundred, the oldest first, none behind 5,000. */
function deskWith(moments: readonly number[]) {
  const changed = new Map(moments.map((at, place) => [String(place), at]));
  let pages = 0;
  const desk = {
    at: now,
    pages: () => pages,
    ids: () => changed.keys(),
    touch: (id: string): unknown => changed.set(id, desk.at),
    /** What happens between two pages. */
    afterPage: (_page: number): void => {},
    async searchTickets({ changed: span = [0, 0] }: { changed?: readonly [number, number] }, from = 0) {
      if (from > 4_999) throw new Error('Desk shows none behind 5,000');
      const fitting = [...changed]
        .filter(([, at]) => at >= span[0] && at <= span[1])
        .sort(([, one], [, other]) => one - other);
      const tickets = fitting
        .slice(from, from + 100)
        .map(([id, at]) => ({ id, createdAt: iso(0), changedAt: iso(at) }) as DeskTicket);
      const found = { tickets, count: fitting.length, at: desk.at };
      pages += 1;
      desk.afterPage(pages);
      return found;
    },
  };
  return desk;
}

/** Looks until nothing is left to be read at once. @returns the ids that were told, and the last look. */
async function lookAll(desk: ReturnType<typeof deskWith>, from: number) {
  const told = new Set<string>();
  let look: SweepResult = { events: [], cursor: { from, begun: 0 } };
  do {
    const since = { cursor: look.cursor, onForMs: HOUR_MS, graceMs: 0 };
    look = await sweepTickets(desk as unknown as ZohoDeskClient, since);
    for (const { recordId } of look.events) told.add(recordId ?? '');
  } while (look.more === true);
  return { told, look };
}

it.each([
  ['in one second', 4_321, (place: number) => now - HOUR_MS + (place % 1_000)],
  ['in one millisecond', 2_400, () => now - HOUR_MS],
  ['over a day', 5_500, (place: number) => now - 20 * HOUR_MS + place * 10_000],
])('of many that changed %s none is left out', async (_when, count, momentOf) => {
  const desk = deskWith(Array.from({ length: count }, (_none, place) => momentOf(place)));
  const { told } = await lookAll(desk, now - 23 * HOUR_MS);
  expect(told.size).toBe(count);
});

it('more than Desk shows of one moment is told of as a failure, and not left out in silence', async () => {
  const desk = deskWith(Array.from({ length: 5_001 }, () => now - HOUR_MS));
  await expect(lookAll(desk, now - 2 * HOUR_MS)).rejects.toMatchObject({ kind: 'unknown' });
});

it('a ticket that changes while pages are read takes no other one’s place', async () => {
  const desk = deskWith(Array.from({ length: 450 }, (_none, place) => now - HOUR_MS + place));
  const moved = ['0', '1', '2', '110', '111'];
  desk.afterPage = (page) => {
    desk.at += 1_000;
    const id = moved[page - 1];
    if (id !== undefined) desk.touch(id);
  };
  const { told, look } = await lookAll(desk, now - 2 * HOUR_MS);
  expect(desk.pages()).toBeGreaterThan(moved.length);
  expect([...desk.ids()].filter((id) => !told.has(id) && !moved.includes(id))).toEqual([]);
  // Those that moved are told of under their new moment, by the next look at the latest.
  const since = { cursor: look.cursor, onForMs: HOUR_MS, graceMs: 0 };
  const next = await sweepTickets(desk as unknown as ZohoDeskClient, since);
  expect(next.events.map(({ recordId }) => recordId)).toEqual(expect.arrayContaining(moved));
});

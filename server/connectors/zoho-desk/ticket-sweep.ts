import { z } from 'zod';
import type { ChangedSince } from '../../core/beginning.ts';
import { type FoundEvent, type SweepResult, turnedOnAt } from '../../core/flow.ts';
import { failure } from '../../kit/failures.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { PAGE } from './api.ts';
import type { ZohoDeskClient } from './client.ts';
import { VENDOR } from './failures.ts';
import type { DeskTicket } from './shapes.ts';

/** The index takes in a change minutes after it: so much is read again at each look. */
const OVERLAP_MS = 600_000;
/** With so many a look is over soon. */
const MOST_PAGES = 20;
const SHORTEST_SPAN_MS = 1;
/** Where Desk's lists end. */
const MOST_LISTED = 5_000;
const DAY_MS = 86_400_000;

const cursorSchema = z.object({
  /** Epoch milliseconds by Desk's clock. */
  from: z.number(),
  /** Nothing from before is taken: the integration was turned on then. */
  begun: z.number(),
  /** Set while there is too much to be read in one look: so much time is read at once. */
  spanMs: z.number().positive().optional(),
});

type Cursor = z.infer<typeof cursorSchema>;

/**
 * Tickets that changed since the cursor, each change under its own moment. The first look only asks what time it is.
 * Desk has no list by change but its search, which comes late, so that the last ten minutes are read again each time.
 */
export async function sweepTickets(client: ZohoDeskClient, since: ChangedSince): Promise<SweepResult> {
  const { onForMs, graceMs } = since;
  const known = storedCursor(cursorSchema, since.cursor as never, VENDOR);
  if (known === null) {
    const from = turnedOnAt(await client.time(), onForMs);
    return { events: [], cursor: { from, begun: from } satisfies Cursor };
  }
  const { from, begun, spanMs } = known;
  // What Desk's clock says is known once it answered: the end lies ahead, unless nobody looked for a day.
  const to = from + (spanMs ?? DAY_MS);
  const first = await client.searchTickets({ changed: [from, to] });
  const { at, count } = first;
  const wanted = spanMs ?? Math.min(DAY_MS, at - from);
  if (count > MOST_PAGES * PAGE && wanted > SHORTEST_SPAN_MS) {
    const half = Math.max(SHORTEST_SPAN_MS, Math.floor(wanted / 2));
    return { events: [], cursor: { from, begun, spanMs: half } satisfies Cursor, more: true };
  }
  const rows = count <= PAGE ? first.tickets : await allOf(client, [from, Math.min(to, at)], count);
  const events = rows
    .map((row) => asFound(row, at))
    .filter(({ ageMs }) => ageMs >= graceMs && at - ageMs >= begun)
    .sort((one, other) => other.ageMs - one.ageMs);
  if (to < at - OVERLAP_MS) {
    // Where there is room again, more is read at once.
    const span = spanMs !== undefined && count <= PAGE ? Math.min(DAY_MS, 2 * spanMs) : spanMs;
    const next: Cursor = { from: to, begun, ...(span === undefined ? {} : { spanMs: span }) };
    return { events, cursor: next, more: true };
  }
  return { events, cursor: { from: Math.max(from, at - OVERLAP_MS), begun } satisfies Cursor };
}

/**
 * All that changed within a time that is over. What changes meanwhile leaves it, and what stood behind moves up: so the
 * last page is read first, and what moves is met again instead of passed by.
 */
async function allOf(
  client: ZohoDeskClient,
  changed: readonly [number, number],
  count: number,
): Promise<DeskTicket[]> {
  if (count > MOST_LISTED)
    throw failure('unknown', VENDOR, 'More tickets changed in one moment than Desk lists.');
  const rows = new Map<string, DeskTicket>();
  for (let from = Math.floor((count - 1) / PAGE) * PAGE; from >= 0; from -= PAGE) {
    const { tickets } = await client.searchTickets({ changed }, from);
    for (const row of tickets) rows.set(`${row.id} ${row.changedAt}`, row);
  }
  return [...rows.values()];
}

function asFound({ id, createdAt, changedAt }: DeskTicket, at: number): FoundEvent {
  const changed = changedAt ?? createdAt;
  return {
    key: `${id} ${changed}`,
    topic: changed === createdAt ? 'Ticket_Add' : 'Ticket_Update',
    recordId: id,
    body: { id },
    ageMs: Math.max(0, at - Date.parse(changed)),
  };
}

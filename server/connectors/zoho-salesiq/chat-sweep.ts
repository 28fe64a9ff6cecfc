import { z } from 'zod';
import type { ChangedSince } from '../../core/beginning.ts';
import type { Chat } from '../../core/chat/chat.ts';
import { type FoundEvent, type SweepResult, turnedOnAt } from '../../core/flow.ts';
import { failure } from '../../kit/failures.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import { PAGE, type ZohoSalesIqClient } from './client.ts';
import { VENDOR } from './failures.ts';

/** So much is read again at each look: what ended in the same moment as the last look may have come after it. */
const OVERLAP_MS = 60_000;
/** Of one look. */
const MOST_PAGES = 100;

const cursorSchema = z.object({
  portal: z.string(),
  /** Epoch milliseconds by SalesIQ's clock. */
  from: z.number(),
  /** Nothing from before is taken: the integration was turned on then. */
  begun: z.number(),
});
type Cursor = z.infer<typeof cursorSchema>;

/**
 * Chats of a portal that changed since the cursor: of those that are over each change under its own moment, of those
 * that go on that they began. Another portal than at the last look begins now. The API shows the chats of the
 * connected operator's departments. Where more changed than one look walks through, it takes the oldest piece of them.
 */
export async function sweepChats(client: ZohoSalesIqClient, since: ChangedSince): Promise<SweepResult> {
  const portal = client.screenOf(since.about ?? '');
  const known = storedCursor(cursorSchema, since.cursor as never, VENDOR);
  if (known === null || known.portal !== portal) {
    const { at } = await client.chats(portal, { limit: 1 });
    const from = turnedOnAt(at, known === null ? since.onForMs : 0);
    return { events: [], cursor: { portal, from, begun: from } satisfies Cursor };
  }
  const { from, begun } = known;
  const rows = new Map<string, Chat>();
  const first = await read(1);
  const now = first.at;
  const till = first.chats.length < PAGE ? null : await endOfPiece();
  if (till !== null) {
    // From its end on: what changes meanwhile leaves the piece, and what lies behind it moves up.
    for (let page = MOST_PAGES - 1; page >= 1; page -= 1) await read(page, till);
    return found(till);
  }
  for (let page = 2, { chats } = first; chats.length === PAGE; page += 1) {
    if (page > MOST_PAGES) throw failure('retry-later', VENDOR, 'More chats changed during a look.');
    ({ chats } = await read(page));
  }
  return found(null);

  async function read(page: number, updatedTill?: number) {
    const bound = updatedTill === undefined ? {} : { updatedTill };
    const answer = await client.chats(portal, { updatedFrom: from - 1, ...bound, page });
    for (const chat of answer.chats) rows.set(chat.id, chat);
    return answer;
  }

  /** Where the oldest piece ends that one look walks through; null: all of it does. */
  async function endOfPiece(): Promise<number | null> {
    let end: number | null = null;
    while ((await read(MOST_PAGES, end ?? undefined)).chats.length > 0) {
      end = Math.floor((from + (end ?? now)) / 2);
      if (end <= from)
        throw failure('unknown', VENDOR, 'More chats changed at once than one look walks through.');
    }
    return end;
  }

  /** @param end of the piece that was read; null: all of it was. */
  function found(end: number | null): SweepResult {
    const settled = Math.max(begun, from, now - OVERLAP_MS - since.graceMs);
    const cursor: Cursor = { portal, from: end === null ? settled : Math.min(end, settled), begun };
    const events = eventsOf([...rows.values()], now, begun, since.graceMs);
    return { events, cursor, more: end !== null && cursor.from > from };
  }
}

/** What a chat that goes on, and one that is over, tell: the one that it began, the other each of its changes. */
function eventsOf(rows: readonly Chat[], now: number, begun: number, graceMs: number): FoundEvent[] {
  return rows
    .flatMap((chat): FoundEvent[] => {
      const isOpen = chat.state === 'open';
      const at = Date.parse((isOpen ? chat.startedAt : (chat.changedAt ?? chat.endedAt)) ?? '');
      if (Number.isNaN(at) || at < begun || now - at < graceMs) return [];
      const over = chat.state === 'missed' ? 'conversation.missed' : 'conversation.completed';
      return [
        {
          key: `${chat.id} ${isOpen ? 'begun' : at}`,
          topic: isOpen ? 'conversation.created' : over,
          recordId: chat.id,
          body: { id: chat.id },
          ageMs: now - at,
        },
      ];
    })
    .sort((one, other) => other.ageMs - one.ageMs);
}

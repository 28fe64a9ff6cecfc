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
 * connected operator's departments.
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
  let now: number | null = null;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { chats, at } = await client.chats(portal, { updatedFrom: from - 1, page });
    now ??= at;
    for (const chat of chats) rows.set(chat.id, chat);
    if (chats.length < PAGE)
      return { events: eventsOf([...rows.values()], now, begun, since.graceMs), cursor: next(now) };
  }
  throw failure('unknown', VENDOR, 'More chats changed than one look walks through.');

  function next(at: number): Cursor {
    return { portal, from: Math.max(begun, from, at - OVERLAP_MS - since.graceMs), begun };
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

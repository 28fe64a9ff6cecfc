import { z } from 'zod';
import { type FoundEvent, turnedOnAt } from '../../core/flow.ts';
import type { Reply, ThreadStart, ThreadsOffer } from '../../core/threads.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import type { ChangedThread, MicrosoftTeamsClient, Spot } from './client.ts';
import { VENDOR } from './failures.ts';
import { markAtEnd } from './mark.ts';
import { readableText, type Said } from './said.ts';

export const MESSAGES = 'microsoftTeams.messages';

/** Something was written in a thread, or what was is not as it was. */
export const THREAD_CHANGED = 'thread.changed';
/** Before the channel of which that is subscribed to. */
export const OF_CHANNEL = `${THREAD_CHANGED} in `;

/** What happened in the last minutes is looked at again: lists may come a little late. */
const OVERLAP_MS = 600_000;
/** Nobody looked for longer, or it was only asked for now: what is older is not looked for. */
const LONGEST_AGO_MS = 3 * 86_400_000;

const cursorSchema = z.object({
  /** The channel as it was written, and where that is. */
  place: z.string(),
  spot: z.object({ team: z.string(), channel: z.string() }),
  /** Epoch milliseconds by Graph's clock: up to when it was looked at, and since when it is asked for. */
  at: z.number(),
  begun: z.number(),
});
type Cursor = z.infer<typeof cursorSchema>;

export const threadId = ({ team, channel }: Spot, root: string): string => `${team}/${channel}/${root}`;

/** Where the message is that begins a thread, by what `post` said of it. */
export function threadOf(id: string): { readonly spot: Spot; readonly root: string } {
  const [team = '', channel = '', root = ''] = id.split('/');
  return { spot: { team, channel }, root };
}

/** What people write in channels, and below messages there. */
export const threads: ThreadsOffer<MicrosoftTeamsClient> = {
  object: MESSAGES,
  topics: [THREAD_CHANGED],
  listensTo: (place) => [OF_CHANNEL + place],

  async latest(client, place) {
    const spot = await client.spotOf(place);
    return (await client.latest(spot)).flatMap((one) => asStart(spot, one));
  },

  async isIn(client, place, thread) {
    const { spot } = threadOf(thread);
    const own = await client.spotOf(place);
    return own.team === spot.team && own.channel === spot.channel;
  },

  isElsewhere(thread, place, cursor) {
    const { spot } = threadOf(thread);
    const known = cursorSchema.safeParse(cursor).data;
    if (known?.place !== place) return false;
    return known.spot.team !== spot.team || known.spot.channel !== spot.channel;
  },

  async begun(client, thread) {
    const { spot, root } = threadOf(thread);
    const said = await client.message(spot, root);
    return (said && asStart(spot, said)[0]) ?? null;
  },

  address: (client, author) => client.address(author),

  async replies(client, thread) {
    const { spot, root } = threadOf(thread);
    const all = await client.thread(spot, root);
    return all && written(all, client.account);
  },

  async changed(client, { cursor, onForMs, graceMs, about = '' }) {
    const known = storedCursor(cursorSchema, cursor as never, VENDOR);
    const isSame = known !== null && known.place === about;
    const spot = isSame ? known.spot : await client.spotOf(about);
    const now = await (known === null ? client.time() : null);
    const begun = known?.begun ?? Math.max(turnedOnAt(now ?? 0, onForMs), (now ?? 0) - LONGEST_AGO_MS);
    const from = Math.max(known?.at ?? begun, begun);
    const { threads: found, at } = await client.threadsSince(spot, from);
    const events = found
      .sort((one, other) => one.at - other.at)
      .map((one) => asFound(spot, one, at))
      .filter(({ ageMs }) => ageMs >= graceMs);
    const reached = Math.max(from, at - graceMs - OVERLAP_MS);
    return { events, cursor: { place: about, spot, at: reached, begun } satisfies Cursor };
  },
};

/** Notifications of two edits of one message cannot be told apart, and so the second may have been taken for the first. */
const asFound = (spot: Spot, { id, at, isNew }: ChangedThread, now: number): FoundEvent => ({
  key: `${threadId(spot, id)} ${at}`,
  topic: THREAD_CHANGED,
  recordId: threadId(spot, id),
  body: {},
  ageMs: Math.max(0, now - at),
  ...(isNew ? {} : { isUnannounced: true }),
});

/**
 * What of a thread people wrote. Ours is what was posted in the name of the connected account and ends in a mark that
 * stands nowhere before it: who copies one of our links copies its mark.
 */
function written([root, ...said]: readonly Said[], account: string): Reply[] {
  const seen = new Set([markOf(root)]);
  return said.flatMap((one): Reply[] => {
    const mark = markOf(one);
    const isOurs = mark !== null && one.user?.id === account && !seen.has(mark);
    seen.add(mark);
    if (isOurs || one.user === null) return [];
    return [{ id: one.id, ...writtenOf(one), version: one.editedAt ?? one.at }];
  });
}

/** Whoever connected what posted it: what ends in a mark is Liaison's. */
function asStart(spot: Spot, one: Said): ThreadStart[] {
  if (one.user === null || markOf(one) !== null) return [];
  return [
    {
      id: threadId(spot, one.id),
      ...writtenOf(one),
      author: one.user.id,
      reactions: one.reactions,
    },
  ];
}

const writtenOf = (one: Said) => ({
  name: one.user?.name ?? null,
  text: one.isDeleted ? '' : readableText(one),
  page: one.page,
  at: one.at,
  isDeleted: one.isDeleted,
});

const markOf = (one: Said | undefined): string | null => (one?.html ? markAtEnd(one.html) : null);

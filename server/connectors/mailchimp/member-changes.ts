import { z } from 'zod';
import type { Changes, FieldValue, SideRecord } from '../../core/sync-object.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import type { MailchimpClient } from './client.ts';
import { stampOf } from './engagement.ts';
import { VENDOR } from './failures.ts';
import { versionOf } from './member-version.ts';
import { type ReadingMarks, readingChanges, readingMarks } from './reading-changes.ts';
import type { Member, MemberStatus } from './shapes.ts';

const PAGE = 1000;
/** Rows read twice where a list is paged by place: one that moves to the end would hide another. */
const OVERLAP = 20;
/** How long after a second its changes may still come to light. */
const SETTLED_MS = 5_000;
/** A bound on what a cursor carries. */
const MOST_SEEN = 1000;

const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const place = z.number().int().min(0);

/** How far one list was read. */
const markSchema = z.object({
  /** ISO 8601: what changed after this is asked for. Null: nothing was read yet. */
  from: moment.nullable(),
  /** Where to go on in the list from there: more than a page may have changed in one second. */
  offset: place,
  /** What was met in the seconds that are asked for again. */
  seen: z.array(z.string()),
});
type Mark = Readonly<z.infer<typeof markSchema>>;

const cursorSchema = z.object({
  audience: z.string(),
  phase: z.enum(['members', 'archived', 'reading']),
  members: markSchema,
  archived: markSchema,
  /** Only where a field of what people read is mapped. */
  reading: z.record(z.string(), z.object({ count: place, since: moment.nullable() })).optional(),
});
type Cursor = Readonly<z.infer<typeof cursorSchema>>;
type Phase = Cursor['phase'];

interface Wish {
  /** Whether members who opened or clicked something have changed, too. */
  readonly withReading: boolean;
  /** @param isPage the members are one page of many. */
  shown(members: readonly Member[], isPage: boolean): Promise<SideRecord[]>;
}

const START: Mark = { from: null, offset: 0, seen: [] };

/**
 * Follows an audience by the time of each member's last change, oldest first. Times are of a second, and
 * whether "since" means that second too is not said: while the last change is fresh, the next look begins a
 * second before it and passes over what was met. Members who were archived are in a list of their own, which
 * is followed likewise. What people read moves no member's time: it is looked for by campaign.
 *
 * @throws LiaisonError `cursor-lost` for a cursor that is none of these.
 */
export async function memberChanges(
  client: MailchimpClient,
  audience: string,
  stored: FieldValue,
  { withReading, shown }: Wish,
): Promise<Changes> {
  const held = storedCursor(cursorSchema, stored, VENDOR);
  // Another audience was chosen since: nothing of the old one counts.
  const cursor: Cursor =
    held !== null && held.audience === audience
      ? held
      : { audience, phase: 'members', members: START, archived: START };
  if (cursor.phase === 'reading') return readingLook(client, cursor, shown);
  // Before anybody is read: what is opened from now on is found by the looks that follow.
  const reading = withReading ? (cursor.reading ?? (await readingNow(client, held, audience))) : undefined;
  const { phase } = cursor;
  const look = await lookAt(client, audience, cursor[phase], phase === 'archived' ? 'archived' : undefined);
  const last = withReading ? 'reading' : 'members';
  const next: Phase = look.more ? phase : phase === 'members' ? 'archived' : last;
  const following: Cursor = {
    ...cursor,
    phase: next,
    [phase]: look.mark,
    ...(reading === undefined ? {} : { reading }),
  };
  return {
    records: await shown(look.members, true),
    deleted: [],
    cursor: following as unknown as FieldValue,
    more: next !== 'members' || look.more,
  };
}

/**
 * The cursor after a write of ours. A state that was met may stand there again, with the same second: who leaves,
 * is unsubscribed by us and signs up again at once. Nothing is passed over then.
 */
export function afterOwnWrite(stored: FieldValue): FieldValue {
  const cursor = storedCursor(cursorSchema, stored, VENDOR);
  if (cursor === null || cursor.members.seen.length + cursor.archived.seen.length === 0) return stored;
  const [members, archived] = [cursor.members, cursor.archived].map((mark) => ({ ...mark, seen: [] }));
  return { ...cursor, members, archived } as unknown as FieldValue;
}

/** A field of what people read that was mapped after the first look finds everybody who ever read. */
async function readingNow(
  client: MailchimpClient,
  held: Cursor | null,
  audience: string,
): Promise<ReadingMarks> {
  return held?.audience === audience ? {} : readingMarks(client, audience);
}

async function readingLook(client: MailchimpClient, cursor: Cursor, shown: Wish['shown']): Promise<Changes> {
  const { members, marks } = await readingChanges(client, cursor.audience, cursor.reading ?? {});
  const next: Cursor = { ...cursor, phase: 'members', reading: marks };
  return {
    records: await shown(members, false),
    deleted: [],
    cursor: next as unknown as FieldValue,
    more: false,
  };
}

async function lookAt(
  client: MailchimpClient,
  audience: string,
  mark: Mark,
  status: MemberStatus | undefined,
): Promise<{ members: Member[]; mark: Mark; more: boolean }> {
  const offset = Math.max(0, mark.offset - OVERLAP);
  const { members, at } = await client.listMembers(audience, {
    offset,
    count: PAGE,
    ...(mark.from === null ? {} : { sinceLastChanged: mark.from }),
    ...(status === undefined ? {} : { status }),
  });
  const seen = new Set(mark.seen);
  const fresh = members.filter((member) => !seen.has(seenAs(member)));
  const last = members.at(-1)?.lastChanged;
  const more = members.length === PAGE;
  if (last === undefined) return { members: [], mark: { ...mark, offset: 0 }, more };
  const from = moved(last, -1);
  // A page within one second is followed by place, any other by time.
  if (more && (members[0]?.lastChanged === last || (mark.from !== null && from <= mark.from)))
    return { members: fresh, more, mark: { ...mark, offset: offset + members.length } };
  // By the vendor's own clock that second is over: nothing can be added to it.
  if (!more && at !== null && at - Date.parse(last) >= SETTLED_MS)
    return { members: fresh, more, mark: { from: moved(last, 1), offset: 0, seen: [] } };
  const recent = members.filter(({ lastChanged }) => lastChanged >= from).map(seenAs);
  return { members: fresh, more, mark: { from, offset: 0, seen: recent.length > MOST_SEEN ? [] : recent } };
}

/** Who was met in which state: one who signs up and leaves within a second was met as subscribed only. */
const seenAs = (member: Member): string => `${member.hash.slice(0, 12)} ${versionOf(member).slice(11)}`;

/** A moment some seconds later, or earlier. */
const moved = (moment: string, seconds: number): string => stampOf(Date.parse(moment) + seconds * 1_000);

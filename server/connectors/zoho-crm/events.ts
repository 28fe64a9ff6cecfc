import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readAnswer } from '../../core/read-answer.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';
import type { CrmRecord } from './records.ts';

export const EVENTS = 'Events';

/** Everything of a meeting that is relied upon. */
export const EVENT_COLUMNS = [
  'Event_Title',
  'Start_DateTime',
  'End_DateTime',
  'All_day',
  'Venue',
  'Description',
  'Participants',
  'Recurring_Activity',
  'Owner',
  'Created_By',
  'Created_Time',
  'Modified_Time',
  '$u_id',
  '$recurrence_id',
];

const text = z.string().nullish().catch(null);
const participantSchema = z.object({
  type: z.string().catch('email'),
  participant: z.string().nullish().catch(null),
  Email: text,
  name: text,
  status: text,
});
export type CrmParticipant = z.infer<typeof participantSchema>;

const eventSchema = z.object({
  id: z.string(),
  Event_Title: text,
  Start_DateTime: z.string(),
  End_DateTime: z.string(),
  All_day: z.boolean().nullish().catch(false),
  Venue: text,
  Description: text,
  Participants: z.array(participantSchema).nullish().catch([]),
  Recurring_Activity: z.object({ RRULE: z.string() }).nullish().catch(null),
  Owner: z.object({ id: z.string().optional(), email: text }).nullish().catch(null),
  Created_By: z.object({ id: z.string() }).nullish().catch(null),
  Created_Time: z.string(),
  Modified_Time: z.string(),
  $u_id: text,
});
/** One meeting, or one occurrence of a recurring one: the CRM makes no difference. */
export type CrmEvent = z.infer<typeof eventSchema>;

const usersSchema = z.object({
  users: z.array(z.object({ id: z.string(), email: z.string().nullish() })),
});

export const crmEvent = (record: CrmRecord): CrmEvent => readAnswer(eventSchema, record, VENDOR);

export const isOccurrence = ({ Recurring_Activity }: CrmEvent): boolean =>
  (Recurring_Activity ?? null) !== null;

/**
 * What the occurrences of one series share: they are made in one go, by one user, by one rule, and under one
 * calendar id. Which of these names a series for certain Zoho does not say.
 */
export function seriesId(event: CrmEvent): string {
  const rule = event.Recurring_Activity?.RRULE ?? '';
  const shared = event.$u_id ?? `${event.Created_By?.id ?? ''} ${rule}`;
  const digest = createHash('sha256').update(shared).digest('base64url').slice(0, 16);
  return `series-${Math.floor(Date.parse(event.Created_Time) / 1_000)}-${digest}`;
}

/** When the records of a series were made, in seconds since 1970; null for an id that is a record's own. */
export function seriesTime(id: string): number | null {
  const seconds = /^series-(\d+)-/.exec(id)?.[1];
  return seconds === undefined ? null : Number(seconds);
}

export function eventCalls(api: ZohoApi) {
  let known: Promise<Map<string, string>> | null = null;

  async function users(): Promise<Map<string, string>> {
    const { body } = await api({ path: '/crm/v8/users', query: { type: 'ActiveUsers', per_page: 200 } });
    const found = body === null ? [] : readAnswer(usersSchema, body, VENDOR).users;
    return new Map(found.flatMap(({ id, email }) => (email ? [[email.toLowerCase(), id]] : [])));
  }

  return {
    /** The organisation's users by their addresses; asked for once. */
    userIds(): Promise<Map<string, string>> {
      known ??= users().catch((thrown: unknown) => {
        known = null;
        throw thrown;
      });
      return known;
    },
  };
}

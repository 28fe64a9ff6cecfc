import { z } from 'zod';
import type { MeetingAbility } from '../../core/calendar/findings.ts';
import type { ObjectOptions } from '../../core/sync-object.ts';
import type { EventWrite, SendUpdates } from './client.ts';

/** What an admin, or the flow, chooses for the calendar's side. */
export interface EventOptions extends EventWrite {
  /** Meetings that ended longer ago are not taken up. */
  readonly pastDays: number;
  /** Private ones stay in Google unless this is chosen. */
  readonly privateMeetings: boolean;
  /** Invitations that were declined stay in Google unless this is chosen. */
  readonly declinedMeetings: boolean;
  /** What the other side can hold: meetings beyond it are left out, with the reason. */
  readonly counterpart: MeetingAbility | null;
  /** Time zone of the other side. */
  readonly counterpartZone: string;
}

const abilitySchema = z.object({
  vendor: z.string(),
  endlessSeries: z.boolean(),
  mostOccurrences: z.number(),
  frequencies: z.array(z.string()),
  ruleParts: z.array(z.string()),
  foreignZones: z.boolean(),
  severalRules: z.boolean(),
  mostParticipants: z.number(),
  answers: z.boolean(),
});

const optionsSchema = z.object({
  calendar: z.string().min(1).catch('primary'),
  sendUpdates: z.enum(['none', 'all', 'externalOnly'] satisfies SendUpdates[]).catch('none'),
  pastDays: z.coerce.number().min(0).max(3_650).catch(30),
  privateMeetings: z.boolean().catch(false),
  declinedMeetings: z.boolean().catch(false),
  counterpart: abilitySchema.nullable().catch(null),
  counterpartZone: z.string().catch('UTC'),
});

/** What is not chosen, or not understood, is what does least: one's own calendar, and mail to nobody. */
export function readOptions(options: ObjectOptions): EventOptions {
  const { calendar, ...rest } = optionsSchema.parse(options);
  return { calendarId: calendar, ...rest };
}

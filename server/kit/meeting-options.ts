import { z } from 'zod';
import type { MeetingAbility } from '../core/calendar/findings.ts';

/** What is chosen for a calendar's side of a sync, whichever vendor's it is. */
export interface MeetingOptions {
  /** Meetings that ended longer ago are not taken up. */
  readonly pastDays: number;
  /** Private ones stay where they are unless this is chosen. */
  readonly privateMeetings: boolean;
  /** Invitations that were declined stay where they are unless this is chosen. */
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

/** What is not chosen, or not understood, is what does least. */
export const MEETING_OPTIONS = {
  pastDays: z.coerce.number().min(0).max(3_650).catch(30),
  privateMeetings: z.boolean().catch(false),
  declinedMeetings: z.boolean().catch(false),
  counterpart: abilitySchema.nullable().catch(null),
  counterpartZone: z.string().catch('UTC'),
};

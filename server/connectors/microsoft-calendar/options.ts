import { z } from 'zod';
import type { ObjectOptions } from '../../core/sync-object.ts';
import { MEETING_OPTIONS, type MeetingOptions } from '../../kit/meeting-options.ts';
import { OWN_CALENDAR } from './client.ts';

/** What an admin, or the flow, chooses for the calendar's side. */
export interface EventOptions extends MeetingOptions {
  readonly calendar: string;
  /** Whether changes may be made that Outlook mails to participants: nothing keeps it from that. */
  readonly mailParticipants: boolean;
}

const optionsSchema = z.object({
  calendar: z.string().min(1).catch(OWN_CALENDAR),
  mailParticipants: z.boolean().catch(false),
  ...MEETING_OPTIONS,
});

/** What is not chosen, or not understood, is what does least: one's own calendar, and mail to nobody. */
export const readOptions = (options: ObjectOptions): EventOptions => optionsSchema.parse(options);

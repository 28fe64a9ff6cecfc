import { z } from 'zod';
import type { ObjectOptions } from '../../core/sync-object.ts';
import { MEETING_OPTIONS, type MeetingOptions } from '../../kit/meeting-options.ts';
import type { EventWrite, SendUpdates } from './client.ts';

/** What an admin, or the flow, chooses for the calendar's side. */
export interface EventOptions extends EventWrite, MeetingOptions {}

const optionsSchema = z.object({
  calendar: z.string().min(1).catch('primary'),
  sendUpdates: z.enum(['none', 'all', 'externalOnly'] satisfies SendUpdates[]).catch('none'),
  ...MEETING_OPTIONS,
});

/** What is not chosen, or not understood, is what does least: one's own calendar, and mail to nobody. */
export function readOptions(options: ObjectOptions): EventOptions {
  const { calendar, ...rest } = optionsSchema.parse(options);
  return { calendarId: calendar, ...rest };
}

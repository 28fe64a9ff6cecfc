import { z } from 'zod';

const timeSchema = z.union([
  z.object({ date: z.string() }),
  z.object({ dateTime: z.string(), timeZone: z.string().optional() }),
]);
export type GoogleTime = z.infer<typeof timeSchema>;

const attendeeSchema = z.looseObject({
  email: z.string().optional(),
  displayName: z.string().optional(),
  responseStatus: z.string().optional(),
  organizer: z.boolean().optional(),
  self: z.boolean().optional(),
  optional: z.boolean().optional(),
  resource: z.boolean().optional(),
  comment: z.string().optional(),
  additionalGuests: z.number().optional(),
});
export type GoogleAttendee = z.infer<typeof attendeeSchema>;

/** As much of an event as is relied upon. Of a cancelled one nothing but its id is promised. */
export const eventSchema = z.looseObject({
  id: z.string(),
  status: z.string().catch('confirmed'),
  etag: z.string().nullish().catch(null),
  summary: z.string().optional(),
  description: z.string().optional(),
  location: z.string().optional(),
  start: timeSchema.optional().catch(undefined),
  end: timeSchema.optional().catch(undefined),
  recurrence: z.array(z.string()).optional(),
  recurringEventId: z.string().optional(),
  originalStartTime: timeSchema.optional().catch(undefined),
  iCalUID: z.string().optional(),
  attendees: z.array(attendeeSchema).optional(),
  attendeesOmitted: z.boolean().optional(),
  guestsCanSeeOtherGuests: z.boolean().optional(),
  organizer: z.object({ email: z.string().optional(), self: z.boolean().optional() }).optional(),
  visibility: z.string().optional(),
  eventType: z.string().optional(),
  htmlLink: z.string().optional(),
  extendedProperties: z
    .object({ private: z.record(z.string(), z.string()).optional() })
    .optional()
    .catch(undefined),
});
export type GoogleEvent = z.infer<typeof eventSchema>;

export const eventsSchema = z.object({
  items: z.array(eventSchema).default([]),
  nextPageToken: z.string().nullish(),
  nextSyncToken: z.string().nullish(),
  timeZone: z.string().optional(),
});

export const calendarSchema = z.object({
  id: z.string(),
  summary: z.string().default(''),
  summaryOverride: z.string().optional(),
  timeZone: z.string().default('UTC'),
  accessRole: z.string().default('reader'),
  primary: z.boolean().default(false),
});
export const calendarListSchema = z.object({
  items: z.array(calendarSchema).default([]),
  nextPageToken: z.string().nullish(),
});

export const channelSchema = z.object({
  id: z.string(),
  resourceId: z.string(),
  expiration: z.string().regex(/^\d+$/).optional(),
});

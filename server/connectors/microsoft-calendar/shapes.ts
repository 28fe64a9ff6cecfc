import { z } from 'zod';

const text = z.string().nullish();
const timeSchema = z.object({ dateTime: z.string(), timeZone: text });
export type GraphTime = z.infer<typeof timeSchema>;

const attendeeSchema = z.looseObject({
  type: text,
  status: z.looseObject({ response: text }).nullish(),
  emailAddress: z.looseObject({ name: text, address: text }).nullish(),
});
export type GraphAttendee = z.infer<typeof attendeeSchema>;

/**
 * What of an event Liaison relies on. Of an occurrence in a list of changes nothing but its id, its series and its times
 * is told. https://learn.microsoft.com/graph/api/resources/event
 */
export const eventSchema = z.looseObject({
  id: z.string().min(1),
  '@odata.etag': text,
  type: text,
  seriesMasterId: text,
  transactionId: text,
  /** The same of a series and of its dates. */
  iCalUId: text,
  subject: text,
  body: z.looseObject({ contentType: text, content: text }).nullish(),
  location: z.looseObject({ displayName: text }).nullish(),
  start: timeSchema.nullish(),
  end: timeSchema.nullish(),
  originalStart: text,
  originalStartTimeZone: text,
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  isOrganizer: z.boolean().nullish(),
  isOnlineMeeting: z.boolean().nullish(),
  hideAttendees: z.boolean().nullish(),
  sensitivity: text,
  responseStatus: z.looseObject({ response: text }).nullish(),
  /** As it came: what no rule can say is told, and stops nothing. */
  recurrence: z.unknown().optional(),
  attendees: z.array(attendeeSchema).nullish(),
  organizer: z.looseObject({ emailAddress: z.looseObject({ address: text }).nullish() }).nullish(),
  webLink: text,
});
export type GraphEvent = z.infer<typeof eventSchema>;

export const eventsSchema = z.object({
  value: z.array(eventSchema),
  '@odata.nextLink': z.string().optional(),
});
/** Of a list that was asked for ids alone. */
export const idsSchema = z.object({ value: z.array(z.looseObject({ id: z.string().min(1) })) });
export const calendarsSchema = z.object({
  value: z.array(
    z.looseObject({
      id: z.string().min(1),
      name: text,
      isDefaultCalendar: z.boolean().nullish(),
      canEdit: z.boolean().nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});

export const etagOf = (event: GraphEvent): string | null => event['@odata.etag'] ?? null;
export const isSeries = ({ type }: GraphEvent): boolean => type === 'seriesMaster';
/** Occurrences that are only what their series says, and those that were changed. */
export const isPart = ({ type }: GraphEvent): boolean => type === 'occurrence' || type === 'exception';

import { isMembers, type Members } from '../kit/json-body.ts';
import { badRequest } from '../microsoft/refusal.ts';
import { account } from '../microsoft-accounts/account.ts';
import type { EventChange, NewEvent } from './book.ts';
import { invalid, readRecurrence } from './pattern.ts';
import type { Attendee, EventFields, EventRow } from './rows.ts';
import { dateOf, type GraphTime, millisecondsOf } from './times.ts';
import { knownZone } from './zones.ts';

/** Worked out by Graph: named in a body, they are left as they are. */
const READ_ONLY = new Set([
  'id',
  'changeKey',
  'createdDateTime',
  'lastModifiedDateTime',
  'bodyPreview',
  'hasAttachments',
  'iCalUId',
  'isCancelled',
  'isDraft',
  'isOrganizer',
  'onlineMeeting',
  'onlineMeetingUrl',
  'organizer',
  'originalStart',
  'originalStartTimeZone',
  'originalEndTimeZone',
  'responseStatus',
  'seriesMasterId',
  'type',
  'webLink',
  'cancelledOccurrences',
  'locations',
  'onlineMeetingProvider',
  'responseRequested',
  'allowNewTimeProposals',
]);
const ONE_OF: Readonly<Record<string, readonly string[]>> = {
  sensitivity: ['normal', 'personal', 'private', 'confidential'],
  showAs: ['free', 'tentative', 'busy', 'oof', 'workingElsewhere', 'unknown'],
  importance: ['low', 'normal', 'high'],
};
const NO_FIELDS: EventFields = {
  subject: '',
  body: { contentType: 'html', content: '' },
  location: '',
  sensitivity: 'normal',
  showAs: 'busy',
  importance: 'normal',
  isReminderOn: true,
  reminderMinutesBeforeStart: 15,
  categories: [],
  hideAttendees: false,
  isOnlineMeeting: false,
  joinUrl: null,
};
const LONGEST_SUBJECT = 255;

const wrongType = (name: string, type: string) =>
  badRequest(
    `Cannot convert the value of the property '${name}' to the expected type '${type}'.`,
    'RequestBodyRead',
  );

/** A new event. https://learn.microsoft.com/graph/api/user-post-events */
export function readNewEvent(calendarId: string, body: Members): NewEvent {
  const { transactionId = null } = body;
  if (transactionId !== null && typeof transactionId !== 'string')
    throw wrongType('transactionId', 'Edm.String');
  if (body.start === undefined || body.end === undefined) throw invalid('Start');
  const { email, givenName, surname } = account();
  const base: NewEvent = {
    calendarId,
    masterId: null,
    originalStart: null,
    start: { dateTime: '2000-01-01T00:00:00', timeZone: 'UTC' },
    end: { dateTime: '2000-01-01T00:00:00', timeZone: 'UTC' },
    isAllDay: false,
    recurrence: null,
    attendees: [],
    organizer: { name: `${givenName} ${surname}`, address: email },
    isCancelled: false,
    transactionId,
    fields: NO_FIELDS,
  };
  const { transactionId: _given, ...rest } = body;
  const { fields, ...change } = readChange(base, rest);
  return { ...base, ...change, fields: { ...NO_FIELDS, ...fields } };
}

/** What a body changes of an event. @throws GraphRefusal for what is not of its property's type. */
export function readChange(
  row: Pick<EventRow, 'start' | 'end' | 'isAllDay' | 'recurrence' | 'masterId'>,
  body: Members,
): EventChange {
  const fields = readFields(body);
  const isAllDay = body.isAllDay === undefined ? row.isAllDay : body.isAllDay;
  if (typeof isAllDay !== 'boolean') throw wrongType('isAllDay', 'Edm.Boolean');
  const start = body.start === undefined ? row.start : readTime('start', body.start);
  const end = body.end === undefined ? row.end : readTime('end', body.end);
  checkTimes(start, end, isAllDay);
  return {
    ...(body.start === undefined ? {} : { start }),
    ...(body.end === undefined ? {} : { end }),
    ...(body.isAllDay === undefined ? {} : { isAllDay }),
    ...readRepetition(row, body, start),
    ...(body.attendees === undefined ? {} : { attendees: readAttendees(body.attendees) }),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  };
}

function readRepetition(
  row: Pick<EventRow, 'recurrence' | 'masterId'>,
  { recurrence, start: given }: Members,
  start: GraphTime,
): Pick<EventChange, 'recurrence'> {
  if (recurrence === null) return { recurrence: null };
  if (recurrence !== undefined) {
    if (row.masterId !== null) throw invalid('Recurrence');
    return { recurrence: readRecurrence(recurrence, dateOf(start)) };
  }
  // Moved without a word about how it repeats: the pattern begins where the event does.
  if (row.recurrence === null || given === undefined) return {};
  const { pattern, range } = row.recurrence;
  return { recurrence: { pattern, range: { ...range, startDate: dateOf(start) } } };
}

function readTime(name: string, sent: unknown): GraphTime {
  if (!isMembers(sent)) throw wrongType(name, 'microsoft.graph.dateTimeTimeZone');
  const [, dateTime] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?$/.exec(String(sent.dateTime ?? '')) ?? [];
  if (dateTime === undefined || Number.isNaN(Date.parse(`${dateTime}Z`))) throw invalid(name);
  knownZone(sent.timeZone);
  return { dateTime: dateTime.length === 16 ? `${dateTime}:00` : dateTime, timeZone: String(sent.timeZone) };
}

/** https://learn.microsoft.com/graph/api/resources/event#properties: whole days begin and end at midnight of one zone. */
function checkTimes(start: GraphTime, end: GraphTime, isAllDay: boolean): void {
  if (millisecondsOf(end) < millisecondsOf(start)) throw invalid('EndTime');
  if (!isAllDay) return;
  const isMidnight = ({ dateTime }: GraphTime): boolean => dateTime.endsWith('T00:00:00');
  if (!isMidnight(start) || !isMidnight(end) || start.timeZone !== end.timeZone)
    throw badRequest(
      'The Event.Start property for an all-day event needs to be set to midnight.',
      'ErrorInvalidRequest',
    );
  if (dateOf(end) <= dateOf(start))
    throw badRequest(
      'The duration of an event marked as All day must be at least 24 hours.',
      'ErrorInvalidRequest',
    );
}

function readAttendees(sent: unknown): Attendee[] {
  if (!Array.isArray(sent)) throw wrongType('attendees', 'Collection(microsoft.graph.attendee)');
  return sent.map((one): Attendee => {
    const mail = isMembers(one) ? one.emailAddress : undefined;
    if (!isMembers(one) || !isMembers(mail) || typeof mail.address !== 'string' || mail.address === '')
      throw wrongType('attendees', 'microsoft.graph.attendee');
    const { type = 'required', status } = one;
    if (type !== 'required' && type !== 'optional' && type !== 'resource') throw invalid('Attendees.Type');
    const response = isMembers(status) && typeof status.response === 'string' ? status.response : 'none';
    return {
      type,
      response: response as Attendee['response'],
      name: typeof mail.name === 'string' ? mail.name : mail.address,
      address: mail.address,
    };
  });
}

function readFields(body: Members): Partial<EventFields> {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith('@odata.') || READ_ONLY.has(name)) continue;
    if (['start', 'end', 'isAllDay', 'recurrence', 'attendees'].includes(name)) continue;
    read[name] = readField(name, value);
  }
  return read as Partial<EventFields>;
}

function readField(name: string, value: unknown): unknown {
  if (name === 'subject') {
    if (value !== null && typeof value !== 'string') throw wrongType(name, 'Edm.String');
    if ((value ?? '').length > LONGEST_SUBJECT) throw invalid('Subject');
    return value ?? '';
  }
  if (name === 'body') {
    if (value === null) return NO_FIELDS.body;
    const isBody = isMembers(value) && typeof value.content === 'string';
    if (!isBody) throw wrongType(name, 'microsoft.graph.itemBody');
    const contentType = String(value.contentType ?? 'text').toLowerCase() === 'html' ? 'html' : 'text';
    return { contentType, content: value.content };
  }
  if (name === 'location') {
    if (value === null) return '';
    if (!isMembers(value)) throw wrongType(name, 'microsoft.graph.location');
    return typeof value.displayName === 'string' ? value.displayName : '';
  }
  const choices = ONE_OF[name];
  if (choices !== undefined) {
    if (!choices.includes(String(value))) throw wrongType(name, `microsoft.graph.${name}`);
    return value;
  }
  if (name === 'categories') {
    if (!Array.isArray(value)) throw wrongType(name, 'Collection(Edm.String)');
    return value;
  }
  if (name === 'reminderMinutesBeforeStart') {
    if (!Number.isInteger(value)) throw wrongType(name, 'Edm.Int32');
    return value;
  }
  if (['isReminderOn', 'hideAttendees', 'isOnlineMeeting'].includes(name)) {
    if (typeof value !== 'boolean') throw wrongType(name, 'Edm.Boolean');
    return value;
  }
  throw badRequest(
    `The property '${name}' does not exist on type 'microsoft.graph.event'. Make sure to only use property names that are defined by the type.`,
    'RequestBodyRead',
  );
}

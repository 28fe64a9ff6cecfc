import type { Preferences } from '../microsoft/requests.ts';
import { account } from '../microsoft-accounts/account.ts';
import type { Attendee, EventRow } from './rows.ts';
import { momentText, shownTime } from './times.ts';

const changeKeyOf = ({ id, seq }: Pick<EventRow, 'id' | 'seq'>): string =>
  Buffer.from(`${id.slice(-12)}/${seq}`).toString('base64');

/** What a change has to name. */
export const etagOf = (row: Pick<EventRow, 'id' | 'seq'>): string => `W/"${changeKeyOf(row)}"`;

/** The same of a series and of each of its dates. */
export const calendarUidOf = ({ id, masterId }: Pick<EventRow, 'id' | 'masterId'>): string =>
  `040000008200E00074C5B7101A82E008${Buffer.from(masterId ?? id)
    .toString('hex')
    .slice(-40)
    .toUpperCase()}`;

const moment = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
const NEVER = '0001-01-01T00:00:00Z';

export const shownId = ({ id, folderId }: Pick<EventRow, 'id' | 'folderId'>, immutable: boolean): string =>
  immutable ? id : folderId;

const typeOf = ({ masterId, recurrence }: EventRow, isBare: boolean): string => {
  if (masterId !== null) return isBare ? 'occurrence' : 'exception';
  return recurrence === null ? 'singleInstance' : 'seriesMaster';
};

/** The id of a series as a part of it names it. */
const masterIdOf = ({ masterId, folderId }: EventRow, immutable: boolean): string | null =>
  masterId === null ? null : immutable ? masterId : folderId.replace(/\.\d{8}$/, '');

/** All that a list of changes says of an occurrence that nobody changed. */
export function bareOccurrence(row: EventRow, prefers: Preferences): object {
  return {
    '@odata.type': '#microsoft.graph.event',
    '@odata.etag': etagOf(row),
    seriesMasterId: masterIdOf(row, prefers.immutableIds),
    type: 'occurrence',
    id: shownId(row, prefers.immutableIds),
    start: shownTime(row.start, row.isAllDay, prefers.timeZone),
    end: shownTime(row.end, row.isAllDay, prefers.timeZone),
  };
}

/** An event as Graph shows it. @param select the properties that were asked for; null: all of them. */
export function shownEvent(
  row: EventRow,
  prefers: Preferences,
  { select = null, isBare = false }: { select?: readonly string[] | null; isBare?: boolean } = {},
): object {
  const { fields, attendees } = row;
  const isOrganizer = row.organizer.address === account().email;
  const own = attendees.find(({ address }) => address === account().email);
  const whole: Readonly<Record<string, unknown>> = {
    id: shownId(row, prefers.immutableIds),
    createdDateTime: moment(row.createdAt),
    lastModifiedDateTime: moment(row.at),
    changeKey: changeKeyOf(row),
    categories: fields.categories,
    transactionId: row.transactionId,
    originalStartTimeZone: row.start.timeZone,
    originalEndTimeZone: row.end.timeZone,
    iCalUId: calendarUidOf(row),
    reminderMinutesBeforeStart: fields.reminderMinutesBeforeStart,
    isReminderOn: fields.isReminderOn,
    hasAttachments: false,
    subject: fields.subject,
    bodyPreview: textOf(fields.body).slice(0, 255),
    importance: fields.importance,
    sensitivity: fields.sensitivity,
    isAllDay: row.isAllDay,
    isCancelled: row.isCancelled,
    isOrganizer,
    responseRequested: true,
    seriesMasterId: masterIdOf(row, prefers.immutableIds),
    showAs: fields.showAs,
    type: typeOf(row, isBare),
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(row.folderId)}&exvsurl=1&path=/calendar/item`,
    onlineMeetingUrl: null,
    isOnlineMeeting: fields.isOnlineMeeting,
    onlineMeetingProvider: fields.isOnlineMeeting ? 'teamsForBusiness' : 'unknown',
    allowNewTimeProposals: true,
    isDraft: false,
    hideAttendees: fields.hideAttendees,
    responseStatus: { response: isOrganizer ? 'organizer' : (own?.response ?? 'none'), time: NEVER },
    body: prefers.textBodies
      ? { contentType: 'text', content: textOf(fields.body) }
      : { contentType: 'html', content: htmlOf(fields.body) },
    start: shownTime(row.start, row.isAllDay, prefers.timeZone),
    end: shownTime(row.end, row.isAllDay, prefers.timeZone),
    location: { displayName: fields.location, locationType: 'default', uniqueIdType: 'unknown' },
    locations: fields.location === '' ? [] : [{ displayName: fields.location, locationType: 'default' }],
    recurrence: row.masterId === null ? row.recurrence : null,
    ...(row.originalStart === null ? {} : { originalStart: momentText(row.originalStart) }),
    attendees: attendees.map(shownAttendee),
    organizer: { emailAddress: row.organizer },
    onlineMeeting: fields.joinUrl === null ? null : { joinUrl: fields.joinUrl },
  };
  const names = select === null ? Object.keys(whole) : ['id', ...select];
  return {
    '@odata.etag': etagOf(row),
    ...Object.fromEntries(names.flatMap((name) => (name in whole ? [[name, whole[name]]] : []))),
  };
}

const shownAttendee = ({ type, response, name, address }: Attendee): object => ({
  type,
  status: { response, time: NEVER },
  emailAddress: { name, address },
});

type Body = EventRow['fields']['body'];

/** A text as Exchange keeps it. */
function htmlOf({ contentType, content }: Body): string {
  if (content === '') return '';
  const inner =
    contentType === 'html'
      ? content
      : `<div>${content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br>\r\n')}</div>`;
  return `<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n${inner}\r\n</body>\r\n</html>`;
}

/** What a body says, with the line ends of Exchange. */
function textOf({ contentType, content }: Body): string {
  const text =
    contentType === 'text'
      ? content
      : content
          .replace(/<br[^>]*>|<\/(p|div)>/gi, '\n')
          .replace(/<[^>]+>/g, '')
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&nbsp;/g, ' ')
          .replace(/&amp;/g, '&');
  return text === '' ? '' : `${text.replace(/\r?\n/g, '\r\n')}\r\n`;
}

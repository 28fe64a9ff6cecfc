import { Temporal } from 'temporal-polyfill';
import { company, contacts, dayOfMeeting, meetings, users } from '../company/index.ts';
import type { CompanyMeeting } from '../company/types.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { endLinks } from '../microsoft/list-places.ts';
import { asEachAccount } from '../microsoft-accounts/account.ts';
import { makeEvent } from './book.ts';
import { readNewEvent } from './read-event.ts';
import { type CalendarRow, calendarTables, DEFAULT_CALENDAR, HOLIDAYS, TEAM_CALENDAR } from './rows.ts';

const ZONE = 'Romance Standard Time';

/** An account's own calendar, one that the team shares, and one that can only be read. */
const CALENDARS: readonly CalendarRow[] = [
  { id: DEFAULT_CALENDAR, name: 'Calendrier', isDefault: true, canEdit: true },
  { id: TEAM_CALENDAR, name: 'Équipe Atelier Lumen', isDefault: false, canEdit: true },
  { id: HOLIDAYS, name: 'Jours fériés en France', isDefault: false, canEdit: false },
];

/** The first account's calendars, with what stands in them; the others' own, still empty. */
export function seedAccounts(desk: VendorDesk): void {
  asEachAccount(desk, (own) => {
    endLinks(own);
    for (const calendar of CALENDARS) calendarTables(own).calendars.put(calendar.id, calendar);
    if (own === desk) seed(own);
  });
}

/** The company's meetings that stand in a calendar: whichever vendor keeps it. */
function seed(desk: VendorDesk): void {
  const now = Temporal.Instant.fromEpochMilliseconds(desk.clock().getTime());
  const today = now.toZonedDateTimeISO(company.timeZone).toPlainDate().toString();
  for (const meeting of meetings.filter(({ held }) => held !== 'crm'))
    makeEvent(desk, readNewEvent(DEFAULT_CALENDAR, bodyOf(meeting, dayOfMeeting(today, meeting))));
}

function bodyOf(meeting: CompanyMeeting, day: string): Readonly<Record<string, unknown>> {
  const { title, description, location, weekly } = meeting;
  return {
    subject: title,
    ...timesOf(meeting, day),
    ...(description === null ? {} : { body: { contentType: 'text', content: description } }),
    ...(location === null ? {} : { location: { displayName: location } }),
    attendees: attendeesOf(meeting),
    ...(weekly === null
      ? {}
      : {
          recurrence: {
            pattern: { type: 'weekly', interval: 1, daysOfWeek: [weekdayOf(day)], firstDayOfWeek: 'monday' },
            range: {
              type: 'numbered',
              startDate: day,
              numberOfOccurrences: weekly.occurrences,
              recurrenceTimeZone: ZONE,
            },
          },
        }),
  };
}

const weekdayOf = (day: string): string =>
  new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(new Date(day)).toLowerCase();

function timesOf(meeting: CompanyMeeting, day: string): object {
  const date = Temporal.PlainDate.from(day);
  const time = (dateTime: Temporal.PlainDateTime) => ({
    dateTime: dateTime.toString({ smallestUnit: 'second' }),
    timeZone: ZONE,
  });
  if (meeting.at === null) {
    const end = date.add({ days: meeting.days });
    return { isAllDay: true, start: time(date.toPlainDateTime()), end: time(end.toPlainDateTime()) };
  }
  const start = date.toPlainDateTime(Temporal.PlainTime.from(meeting.at));
  return { start: time(start), end: time(start.add({ minutes: meeting.minutes })) };
}

const attendeesOf = (meeting: CompanyMeeting): object[] =>
  [...meeting.users, ...meeting.contacts].flatMap((key) => {
    const one = users.find((user) => user.key === key) ?? contacts.find((contact) => contact.key === key);
    if (!one?.email) return [];
    const name = [one.firstName, one.lastName].filter(Boolean).join(' ');
    return [{ type: 'required', emailAddress: { name, address: one.email } }];
  });

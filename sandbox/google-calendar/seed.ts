import { Temporal } from 'temporal-polyfill';
import { company, contacts, dayOfMeeting, meetings, users } from '../company/index.ts';
import type { CompanyMeeting } from '../company/types.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { account, asEachAccount } from '../google-accounts/account.ts';
import { create } from './change-event.ts';
import { type Attendee, type CalendarRow, calendarTables, type EventTime } from './rows.ts';

const { timeZone } = company;

/** Hugo's own calendar, one that the team shares, and one that can only be read. */
export const CALENDARS: readonly CalendarRow[] = [
  {
    id: account().email,
    summary: account().email,
    timeZone,
    accessRole: 'owner',
    primary: true,
    backgroundColor: '#9fe1e7',
  },
  {
    id: 'c_9f3b7e2ateliers0lumen@group.calendar.google.com',
    summary: 'Équipe Atelier Lumen',
    description: 'Congés, déplacements, rendez-vous communs.',
    timeZone,
    accessRole: 'owner',
    primary: false,
    backgroundColor: '#fad165',
  },
  {
    id: 'fr.french#holiday@group.v.calendar.google.com',
    summary: 'Jours fériés en France',
    timeZone,
    accessRole: 'reader',
    primary: false,
    backgroundColor: '#b3dc6c',
  },
];

/** The first account's calendars, with what stands in them; another one's own, still empty, and the holidays'. */
export function seedAccounts(desk: VendorDesk): void {
  asEachAccount(desk, (own) => (own === desk ? seed(own) : seedRep(own)));
}

/** Also where a sandbox was begun before there were several accounts. */
export function seedRep(desk: VendorDesk): void {
  const { calendars } = calendarTables(desk);
  const [first, , holidays] = CALENDARS as [CalendarRow, CalendarRow, CalendarRow];
  const { email } = account();
  for (const calendar of [{ ...first, id: email, summary: email }, holidays])
    calendars.put(calendar.id, calendar);
}

/** Puts the company's meetings into Hugo's calendar, and a holiday into the one of holidays. */
export function seed(desk: VendorDesk): void {
  const { calendars } = calendarTables(desk);
  for (const calendar of CALENDARS) calendars.put(calendar.id, calendar);
  const [own, , holidays] = CALENDARS as [CalendarRow, CalendarRow, CalendarRow];
  const now = Temporal.Instant.fromEpochMilliseconds(desk.clock().getTime()).toZonedDateTimeISO(timeZone);
  for (const meeting of meetings.filter(({ held }) => held !== 'crm')) {
    const day = dayOfMeeting(now.toPlainDate().toString(), meeting);
    create(
      desk,
      own,
      {
        ...timesOf(meeting, day),
        recurrence: meeting.weekly ? [`RRULE:FREQ=WEEKLY;COUNT=${meeting.weekly.occurrences}`] : [],
        attendees: attendeesOf(meeting),
        status: 'confirmed',
        fields: {
          summary: meeting.title,
          ...(meeting.description === null ? {} : { description: meeting.description }),
          ...(meeting.location === null ? {} : { location: meeting.location }),
        },
      },
      { id: idOf(desk) },
    );
  }
  create(
    desk,
    holidays,
    {
      start: { date: `${now.year}-07-14` },
      end: { date: `${now.year}-07-15` },
      recurrence: ['RRULE:FREQ=YEARLY'],
      attendees: [],
      status: 'confirmed',
      fields: { summary: 'Fête nationale', transparency: 'transparent' },
    },
    { id: idOf(desk) },
  );
}

const idOf = (desk: VendorDesk): string => desk.id('', 26).toLowerCase().replace(/[w-z]/g, '0');

function timesOf(meeting: CompanyMeeting, day: string): { start: EventTime; end: EventTime } {
  const date = Temporal.PlainDate.from(day);
  if (meeting.at === null)
    return { start: { date: day }, end: { date: date.add({ days: meeting.days }).toString() } };
  const start = date.toZonedDateTime({ timeZone, plainTime: meeting.at });
  const at = (moment: Temporal.ZonedDateTime): EventTime => ({
    at: moment.toInstant().toString({ smallestUnit: 'second' }),
    timeZone,
  });
  return { start: at(start), end: at(start.add({ minutes: meeting.minutes })) };
}

function attendeesOf(meeting: CompanyMeeting): Attendee[] {
  const invited = [...meeting.users, ...meeting.contacts].flatMap((key): Attendee[] => {
    const one = users.find((user) => user.key === key) ?? contacts.find((contact) => contact.key === key);
    if (!one?.email) return [];
    const displayName = [one.firstName, one.lastName].filter(Boolean).join(' ');
    return [{ email: one.email, displayName, responseStatus: 'needsAction' }];
  });
  // Google's own screens put the one who invites among the invited.
  return invited.length === 0 ? [] : [{ email: account().email, responseStatus: 'accepted' }, ...invited];
}

import { Temporal } from 'temporal-polyfill';
import { company, dayOfMeeting, meetings } from '../company/index.ts';
import type { CompanyMeeting } from '../company/types.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { catalogueOf } from './catalogue.ts';
import { people, userRef } from './people.ts';
import { crmDay } from './time.ts';
import { type Values, validate } from './validate.ts';
import { insertAll } from './write.ts';

/** Puts the company's meetings that stand in the CRM there. @param contacts by the company's keys. */
export function seedMeetings(desk: VendorDesk, contacts: ReadonlyMap<string, { readonly id: string }>): void {
  const module = catalogueOf(desk).module('Events');
  if (!module) throw new Error('The CRM has no meetings.');
  for (const meeting of meetings.filter(({ held }) => held !== 'google')) {
    const values = {
      Event_Title: meeting.title,
      Description: meeting.description,
      Venue: meeting.location,
      ...timesOf(meeting, dayOfMeeting(crmDay(desk.clock()), meeting)),
      Participants: participantsOf(meeting, contacts),
      Owner: userRef(meeting.owner),
    };
    const read = validate(desk, module, values, '$');
    if ('error' in read) throw new Error(`${read.error.message}: ${JSON.stringify(read.error.details)}`);
    insertAll(desk, module, read.values, userRef(meeting.owner));
  }
}

function timesOf(meeting: CompanyMeeting, day: string): Values {
  const date = Temporal.PlainDate.from(day);
  const text = (at: Temporal.ZonedDateTime): string =>
    at.toString({ smallestUnit: 'second', timeZoneName: 'never' });
  const { timeZone } = company;
  if (meeting.at === null) {
    const last = date.add({ days: meeting.days - 1 });
    const [start, end] = [date, last].map((one) => text(one.toZonedDateTime(timeZone)));
    return { All_day: true, Start_DateTime: start, End_DateTime: end };
  }
  const start = date.toZonedDateTime({ timeZone, plainTime: meeting.at });
  const end = start.add({ minutes: meeting.minutes });
  return { All_day: false, Start_DateTime: text(start), End_DateTime: text(end) };
}

function participantsOf(
  meeting: CompanyMeeting,
  contacts: ReadonlyMap<string, { readonly id: string }>,
): object[] {
  const users = people.filter(({ key }) => (meeting.users as readonly string[]).includes(key));
  return [
    ...users.map(({ id }) => ({ type: 'user', participant: id })),
    ...meeting.contacts.flatMap((key) => {
      const contact = contacts.get(key);
      return contact ? [{ type: 'contact', participant: contact.id }] : [];
    }),
  ];
}

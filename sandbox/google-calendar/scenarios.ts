import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { company } from '../company/index.ts';
import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { account } from '../google-accounts/account.ts';
import { afterSync } from '../scenarios/after-sync.ts';
import { read } from '../scenarios/parameters.ts';
import { act } from './acts.ts';
import { findCalendar } from './find.ts';
import { type EventRow, eventsOf, type MomentTime } from './rows.ts';
import { isDay } from './time.ts';

/** A meeting of Google's calendar by its title, and by how many days it moves. */
const meeting = z.strictObject({
  title: z.string().min(1).optional(),
  days: z.number().int().min(-365).max(365).optional(),
});

const { timeZone } = company;

/** The meeting that was named, or the next single one that has an hour. @throws ScenarioRefused for none. */
function meetingFor(desk: VendorDesk, title: string | undefined, invited: boolean): EventRow {
  const now = desk.clock().toISOString();
  const coming = eventsOf(desk, findCalendar(desk, 'primary').id)
    .filter(
      ({ status, recurrence, exceptionOf }) =>
        status !== 'cancelled' && recurrence.length === 0 && exceptionOf === null,
    )
    .filter(({ start }) => !isDay(start) && (title !== undefined || start.at > now))
    .filter(({ attendees }) => !invited || attendees.some(({ email }) => email === account().email))
    .filter(({ fields }) => title === undefined || fields.summary === title)
    .sort((one, other) => (momentOf(one) < momentOf(other) ? -1 : 1));
  const [next] = coming;
  if (next) return next;
  throw new ScenarioRefused(
    'Google Calendar has no such meeting ahead. Add one on the Agenda page, or reset the sandbox.',
  );
}

const momentOf = ({ start }: EventRow): string => (start as MomentTime).at;
const titleOf = ({ fields }: EventRow): string => String(fields.summary ?? '');

function written(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(at),
  );
}

const googleMeetingMoved: Scenario = {
  id: 'google-meeting-moved',
  titles: { en: 'A meeting is moved in Google', fr: 'Une réunion est déplacée dans Google' },
  parameters: meeting,
  expect: afterSync('meetings'),
  description: {
    en: 'Hugo moves his next meeting to a day later, at the same hour, in Google Calendar.',
    fr: 'Hugo déplace sa prochaine réunion d’un jour, à la même heure, dans Google Agenda.',
  },
  async play(stage: Stage) {
    const { title, days = 1 } = read(stage, meeting);
    const desk = stage.desk('google-calendar');
    const row = meetingFor(desk, title, false);
    const later = (time: EventRow['start']) => {
      const at = Temporal.Instant.from((time as MomentTime).at)
        .toZonedDateTimeISO(timeZone)
        .add({ days });
      return { dateTime: at.toString({ timeZoneName: 'never' }), timeZone };
    };
    const changes = { start: later(row.start), end: later(row.end) };
    act(desk, { act: 'edit', event: row.id, changes });
    const [en, fr] = ['en-GB', 'fr-FR'].map((locale) => written(changes.start.dateTime, locale));
    return {
      sentence: {
        en: `Hugo Marchetti moved “${titleOf(row)}” to ${en}.`,
        fr: `Hugo Marchetti a déplacé « ${titleOf(row)} » au ${fr}.`,
      },
      event: row.id,
      start: changes.start.dateTime,
    };
  },
};

const googleMeetingDeclined: Scenario = {
  id: 'google-meeting-declined',
  titles: { en: 'An invitation is declined in Google', fr: 'Une invitation est refusée dans Google' },
  parameters: meeting.pick({ title: true }),
  expect: afterSync('meetings'),
  description: {
    en: 'Hugo answers “No” to his next meeting in Google Calendar; played again, he comes after all.',
    fr: 'Hugo répond « Non » à sa prochaine réunion dans Google Agenda ; rejoué, il vient finalement.',
  },
  async play(stage: Stage) {
    const { title } = read(stage, meeting);
    const desk = stage.desk('google-calendar');
    const row = meetingFor(desk, title, true);
    const own = row.attendees.find(({ email }) => email === account().email);
    const response = own?.responseStatus === 'declined' ? 'accepted' : 'declined';
    act(desk, { act: 'answer', event: row.id, response });
    const isOff = response === 'declined';
    return {
      sentence: {
        en: `Hugo Marchetti ${isOff ? 'declined' : 'accepted'} “${titleOf(row)}”.`,
        fr: `Hugo Marchetti a ${isOff ? 'refusé' : 'accepté'} « ${titleOf(row)} ».`,
      },
      event: row.id,
      response,
    };
  },
};

export const calendarScenarios: readonly Scenario[] = [googleMeetingMoved, googleMeetingDeclined];

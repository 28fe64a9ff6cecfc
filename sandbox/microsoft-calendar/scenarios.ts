import { z } from 'zod';
import { company } from '../company/index.ts';
import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { afterSync } from '../scenarios/after-sync.ts';
import { read } from '../scenarios/parameters.ts';
import { act } from './acts.ts';
import { eventsIn, viewOf } from './book.ts';
import { DEFAULT_CALENDAR, type EventRow } from './rows.ts';
import { dateOf, millisecondsOf, moved } from './times.ts';

/** A meeting of Outlook's calendar by its title, and by how many days it moves. */
const meeting = z.strictObject({
  title: z.string().min(1).optional(),
  days: z.number().int().min(-365).max(365).optional(),
});
const YEAR_MS = 366 * 86_400_000;

const none = (): ScenarioRefused =>
  new ScenarioRefused(
    'Outlook’s calendar has no such meeting ahead. Add one on the Outlook calendar page, or reset the sandbox.',
  );

/** The meeting that was named, or the next single one that has an hour. @throws ScenarioRefused for none. */
function meetingFor(desk: VendorDesk, title: string | undefined): EventRow {
  const now = desk.clock().getTime();
  const [next] = eventsIn(desk, DEFAULT_CALENDAR)
    .filter(({ masterId, recurrence, isAllDay }) => masterId === null && recurrence === null && !isAllDay)
    .filter(({ fields, start }) =>
      title === undefined ? millisecondsOf(start) > now : fields.subject === title,
    )
    .sort((one, other) => millisecondsOf(one.start) - millisecondsOf(other.start));
  if (next === undefined) throw none();
  return next;
}

/** The next occurrence of a series. @throws ScenarioRefused for none. */
function occurrenceFor(desk: VendorDesk, title: string | undefined): EventRow {
  const now = desk.clock().getTime();
  const [next] = viewOf(desk, DEFAULT_CALENDAR, { from: now, to: now + YEAR_MS })
    .filter(({ masterId, start }) => masterId !== null && millisecondsOf(start) > now)
    .filter(({ fields }) => title === undefined || fields.subject === title);
  if (next === undefined) throw none();
  return next;
}

const written = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: company.timeZone,
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(at);

const outlookMeetingMoved: Scenario = {
  id: 'outlook-meeting-moved',
  titles: { en: 'A meeting is moved in Outlook', fr: 'Une réunion est déplacée dans Outlook' },
  parameters: meeting,
  expect: afterSync('outlookMeetings'),
  description: {
    en: 'Hugo moves his next meeting to a day later, at the same hour, in Outlook.',
    fr: 'Hugo déplace sa prochaine réunion d’un jour, à la même heure, dans Outlook.',
  },
  async play(stage: Stage) {
    const { title, days = 1 } = read(stage, meeting);
    const desk = stage.desk('microsoft-calendar');
    const row = meetingFor(desk, title);
    const changes = { start: moved(row.start, days), end: moved(row.end, days) };
    act(desk, { act: 'edit', event: row.id, changes });
    const [en, fr] = ['en-GB', 'fr-FR'].map((locale) => written(millisecondsOf(changes.start), locale));
    return {
      sentence: {
        en: `Hugo Marchetti moved “${row.fields.subject}” to ${en} in Outlook.`,
        fr: `Hugo Marchetti a déplacé «\u00a0${row.fields.subject}\u00a0» au ${fr} dans Outlook.`,
      },
      event: row.id,
      start: changes.start.dateTime,
    };
  },
};

const outlookOccurrenceDeleted: Scenario = {
  id: 'outlook-occurrence-deleted',
  titles: {
    en: 'One date of a series is deleted in Outlook',
    fr: 'Une date d’une série est supprimée dans Outlook',
  },
  parameters: meeting.pick({ title: true }),
  expect: afterSync('outlookMeetings'),
  description: {
    en: 'Hugo deletes the next date of a series in Outlook, which names it nowhere; the others stay.',
    fr: 'Hugo supprime la prochaine date d’une série dans Outlook, qui ne la nomme nulle part ; les autres restent.',
  },
  async play(stage: Stage) {
    const { title } = read(stage, meeting.pick({ title: true }));
    const desk = stage.desk('microsoft-calendar');
    const row = occurrenceFor(desk, title);
    const day = dateOf(row.originalStart ?? row.start);
    act(desk, { act: 'delete', event: row.masterId, day });
    const [en, fr] = ['en-GB', 'fr-FR'].map((locale) => written(millisecondsOf(row.start), locale));
    return {
      sentence: {
        en: `Hugo Marchetti deleted the date ${en} of “${row.fields.subject}” in Outlook.`,
        fr: `Hugo Marchetti a supprimé la date du ${fr} de «\u00a0${row.fields.subject}\u00a0» dans Outlook.`,
      },
      event: row.masterId,
      day,
    };
  },
};

export const outlookCalendarScenarios: readonly Scenario[] = [outlookMeetingMoved, outlookOccurrenceDeleted];

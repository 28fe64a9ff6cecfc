import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { empty, localeOf, pill } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import type { StoredParticipant } from '../zoho-crm/meeting-fields.ts';
import { recordsOf } from '../zoho-crm/record.ts';
import { instancesOf } from './instances.ts';
import { meetingAt, meetingForm, meetingPath } from './meeting-form.ts';
import { type CalendarRow, calendarTables, type EventRow, eventsOf } from './rows.ts';
import { isDay, millisecondsOf } from './time.ts';

const DAYS_BEFORE = 7;
const DAYS_AFTER = 42;
const DAY_MS = 86_400_000;
const { timeZone } = company;

/** One meeting of one day, as either calendar has it. */
interface Entry {
  readonly from: 'Google' | 'CRM';
  /** Where it can be changed here; null where it cannot. */
  readonly id: string | null;
  /** `2026-11-24` on the company's clock. */
  readonly day: string;
  /** Milliseconds since 1970; null for whole days. */
  readonly at: { readonly start: number; readonly end: number } | null;
  readonly title: string;
  readonly place: string | null;
  readonly people: readonly string[];
  readonly series: boolean;
  readonly state: 'as planned' | 'changed' | 'cancelled';
}

/** The weeks around today, day by day: what stands in Google's calendar, and in the CRM's, side by side. */
export function agendaPage(mount: Mount): void {
  mount('get', '/view/agenda', (view) => {
    const google = view.desk('google-calendar');
    if (!google) return undefined;
    const crm = view.desk('zoho-crm');
    const entries = [...googleEntries(google), ...(crm ? crmEntries(crm) : [])];
    return layout(view, {
      title: view.t('Agenda', 'Agenda'),
      look: 'agenda',
      rawOf: 'google-calendar',
      still: html`<p><a href="${view.to(meetingPath())}">${view.t('Add a meeting to Google Calendar', 'Ajouter une réunion dans Google Agenda')}</a></p>`,
      live: agenda(view, entries),
    });
  });
}

function agenda(view: View, entries: readonly Entry[]): Html {
  if (entries.length === 0)
    return empty(view.t('Nothing is planned in these weeks.', 'Rien n’est prévu ces semaines-ci.'));
  const days = [...new Set(entries.map(({ day }) => day))].sort();
  return html`<ol class="agenda">${days.map(
    (day) =>
      html`<li><h2 class="agenda-day">${dayText(view, day)}</h2><div class="sides">${(
        ['Google', 'CRM'] as const
      ).map((from) =>
        side(
          view,
          from,
          entries.filter((one) => one.day === day && one.from === from),
        ),
      )}</div></li>`,
  )}</ol>`;
}

function side(view: View, from: Entry['from'], entries: readonly Entry[]): Html {
  const sorted = [...entries].sort((a, b) => (a.at?.start ?? 0) - (b.at?.start ?? 0));
  return html`<section aria-label="${from}"><h3>${from}</h3>${
    sorted.length === 0
      ? html`<p class="empty">–</p>`
      : html`<ul>${sorted.map((entry) => shown(view, entry))}</ul>`
  }</section>`;
}

function shown(view: View, { id, at, title, place, people, series, state }: Entry): Html {
  const time =
    at === null ? view.t('all day', 'toute la journée') : `${clock(view, at.start)} – ${clock(view, at.end)}`;
  const name = title || view.t('(untitled)', '(sans titre)');
  return html`<li><p><span class="time">${time}</span> ${state === 'cancelled' ? html`<s>${name}</s>` : html`<b>${name}</b>`}
${series ? pill(view.t('series', 'série'), 'calm') : ''}
${state === 'changed' ? pill(view.t('changed', 'modifiée'), 'wait') : ''}
${state === 'cancelled' ? pill(view.t('cancelled', 'annulée'), 'bad') : ''}
${id !== null && state !== 'cancelled' ? html`<a href="${view.to(meetingPath(id))}" aria-label="${view.t('Change the meeting:', 'Modifier la réunion :')} ${time}">${view.t('Change', 'Modifier')}</a>` : ''}</p>
${place ? html`<p class="quiet">${place}</p>` : ''}${people.length > 0 ? html`<p class="quiet">${people.join(', ')}</p>` : ''}</li>`;
}

function googleEntries(desk: VendorDesk): Entry[] {
  const now = desk.clock().getTime();
  const window = { from: now - DAYS_BEFORE * DAY_MS, to: now + DAYS_AFTER * DAY_MS };
  return calendarTables(desk)
    .calendars.all()
    .filter(({ accessRole }) => accessRole !== 'reader')
    .flatMap((calendar) =>
      eventsOf(desk, calendar.id)
        .filter(({ exceptionOf, status }) => exceptionOf === null && status !== 'cancelled')
        .flatMap((row) =>
          instancesOf(desk, calendar, row, window).flatMap((one) => ofGoogle(calendar, row, one)),
        ),
    );
}

/** Meetings of several days stand on each of them. */
function ofGoogle(calendar: CalendarRow, master: EventRow, row: EventRow): Entry[] {
  const { summary, location } = row.fields;
  const entry = {
    from: 'Google' as const,
    id: !calendar.primary ? null : master.recurrence.length > 0 ? row.id : master.id,
    title: String(summary ?? ''),
    place: typeof location === 'string' ? location : null,
    people: row.attendees.map(({ email, displayName }) => displayName ?? email),
    series: master.recurrence.length > 0,
    state: stateOf(master, row),
  };
  const [start, end] = [row.start, row.end].map((time) => millisecondsOf(time, calendar.timeZone)) as [
    number,
    number,
  ];
  if (!isDay(row.start) || !isDay(row.end)) return [{ ...entry, day: dayOf(start), at: { start, end } }];
  return daysBetween(row.start.date, row.end.date).map((day) => ({ ...entry, day, at: null }));
}

const stateOf = (master: EventRow, row: EventRow): Entry['state'] => {
  if (row.status === 'cancelled') return 'cancelled';
  return master.recurrence.length > 0 && row.change !== master.change ? 'changed' : 'as planned';
};

function crmEntries(desk: VendorDesk): Entry[] {
  const now = desk.clock().getTime();
  return recordsOf(desk, 'Events')
    .all()
    .flatMap((record): Entry[] => {
      const [start, end] = [record.Start_DateTime, record.End_DateTime].map((text) =>
        Date.parse(String(text)),
      ) as [number, number];
      if (end < now - DAYS_BEFORE * DAY_MS || start > now + DAYS_AFTER * DAY_MS) return [];
      const people = (record.Participants as readonly StoredParticipant[] | null) ?? [];
      const entry = {
        from: 'CRM' as const,
        id: null,
        title: String(record.Event_Title ?? ''),
        place: typeof record.Venue === 'string' ? record.Venue : null,
        people: people.map(({ name, Email }) => name ?? Email ?? ''),
        series: record.Recurring_Activity !== null && record.Recurring_Activity !== undefined,
        state: 'as planned' as const,
      };
      if (record.All_day !== true) return [{ ...entry, day: dayOf(start), at: { start, end } }];
      return daysBetween(dayOf(start), dayOf(end + 1_000)).map((day) => ({ ...entry, day, at: null }));
    });
}

function daysBetween(first: string, behind: string): string[] {
  const days: string[] = [];
  for (
    let day = Temporal.PlainDate.from(first);
    day.toString() < behind && days.length < 60;
    day = day.add({ days: 1 })
  )
    days.push(day.toString());
  return days;
}

const dayOf = (at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();

const clock = (view: View, at: number): string =>
  new Intl.DateTimeFormat(localeOf(view), { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);

function dayText(view: View, day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  const options = {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  } as const;
  return new Intl.DateTimeFormat(localeOf(view), options).format(at);
}

/** The agenda, and where links to its meetings lead. */
export const agendaPages: VendorPages = {
  place: { path: '/view/agenda', en: 'Agenda', fr: 'Agenda' },
  mount: (mount) => {
    agendaPage(mount);
    meetingForm(mount);
  },
  opens: {
    host: /^(www|calendar)\.google\.com$/,
    page(view, { searchParams }) {
      const [id = ''] = Buffer.from(searchParams.get('eid') ?? '', 'base64url')
        .toString()
        .split(' ');
      const desk = view.desk('google-calendar');
      return desk && meetingAt(desk, id) ? meetingPath(id) : '/view/agenda';
    },
  },
  style: join(import.meta.dirname, 'page.css'),
};

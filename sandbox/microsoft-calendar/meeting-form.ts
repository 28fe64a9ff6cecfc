import { Temporal } from 'temporal-polyfill';
import { company } from '../company/index.ts';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import type { View } from '../page/view.ts';
import { act } from './acts.ts';
import { findEvent } from './book.ts';
import { BIN, type EventRow } from './rows.ts';
import { millisecondsOf } from './times.ts';

const { timeZone } = company;
const PATH = '/view/outlook-calendar/meeting';

/** What the form holds: as people type it. Without hours it is of the whole day. */
interface Typed {
  readonly subject: string;
  readonly location: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

/** One meeting, or one date of a series, to be changed as its owner would in Outlook; or a new one. */
export function meetingForm(mount: Mount): void {
  mount('get', PATH, (view, request) => {
    const desk = view.desk('microsoft-calendar');
    if (!desk) return undefined;
    const { event } = request.query;
    if (typeof event !== 'string') return page(view, null, fresh(desk), null);
    const row = shownEvent(desk, event);
    return row && page(view, row, typedOf(row), null);
  });
  mount('post', PATH, (view, request) => {
    const desk = view.desk('microsoft-calendar');
    if (!desk) return undefined;
    const { form } = bodyOf(request);
    const row = (form.event ? shownEvent(desk, form.event) : undefined) ?? null;
    const typed = { ...(row ? typedOf(row) : fresh(desk)), ...form } as Typed;
    try {
      save(desk, row, typed, form.do ?? '');
      return { goTo: view.to('/view/outlook-calendar') };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { html: page(view, row, typed, error.message), status: 400 };
    }
  });
}

/** One of a calendar: what is in the bin is opened by nobody. */
function shownEvent(desk: VendorDesk, id: string): EventRow | undefined {
  const row = findEvent(desk, id);
  return row?.calendarId === BIN ? undefined : row;
}

function save(desk: VendorDesk, row: EventRow | null, typed: Typed, what: string): void {
  const { subject, location } = typed;
  const texts = { subject, location: { displayName: location } };
  if (row === null) act(desk, { act: 'create', event: { ...texts, ...timesOf(typed) } });
  else if (what === 'delete') act(desk, { act: 'delete', event: row.id });
  else {
    const before = typedOf(row);
    const isMoved = (['day', 'from', 'to'] as const).some((name) => typed[name] !== before[name]);
    act(desk, { act: 'edit', event: row.id, changes: { ...texts, ...(isMoved ? timesOf(typed) : {}) } });
  }
}

function timesOf({ day, from, to }: Typed): object {
  const at = (date: string, clock: string) => ({ dateTime: `${date}T${clock}:00`, timeZone });
  if (from !== '' || to !== '')
    return { isAllDay: false, start: at(day, from || to), end: at(day, to || from) };
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
  return { isAllDay: true, start: at(day, '00:00'), end: at(next, '00:00') };
}

function fresh(desk: VendorDesk): Typed {
  const today = Temporal.Instant.fromEpochMilliseconds(desk.clock().getTime()).toZonedDateTimeISO(timeZone);
  const tomorrow = today.toPlainDate().add({ days: 1 }).toString();
  return { subject: '', location: '', day: tomorrow, from: '09:00', to: '10:00' };
}

function typedOf(row: EventRow): Typed {
  const wall = (time: EventRow['start']): string =>
    row.isAllDay
      ? `${time.dateTime.slice(0, 10)}T`
      : Temporal.Instant.fromEpochMilliseconds(millisecondsOf(time))
          .toZonedDateTimeISO(timeZone)
          .toPlainDateTime()
          .toString();
  const [start, end] = [wall(row.start), wall(row.end)];
  const { subject, location } = row.fields;
  return { subject, location, day: start.slice(0, 10), from: start.slice(11, 16), to: end.slice(11, 16) };
}

function page(view: View, row: EventRow | null, typed: Typed, error: string | null): Html {
  return layout(view, {
    title: row
      ? view.t('Change a meeting in Outlook', 'Modifier une réunion dans Outlook')
      : view.t('Add a meeting to Outlook', 'Ajouter une réunion dans Outlook'),
    look: 'agenda',
    still: html`<p><a href="${view.to('/view/outlook-calendar')}">← ${view.t('The calendar', 'Le calendrier')}</a></p>
${error !== null && html`<p class="failed" role="alert">${error}</p>`}
<form method="post" action="${view.to(PATH)}" class="fields">
${row && html`<input type="hidden" name="event" value="${row.id}">`}
<label>${view.t('Title', 'Titre')}<input name="subject" value="${typed.subject}"></label>
<label>${view.t('Day', 'Jour')}<input name="day" type="date" required value="${typed.day}"></label>
<label>${view.t('From', 'De')}<input name="from" type="time" value="${typed.from}"></label>
<label>${view.t('To', 'À')}<input name="to" type="time" value="${typed.to}"></label>
<label>${view.t('Place', 'Lieu')}<input name="location" value="${typed.location}"></label>
<button name="do" value="save">${view.t('Save', 'Enregistrer')}</button>
${row && html`<button class="danger" name="do" value="delete">${view.t('Delete', 'Supprimer')}</button>`}
</form>
<p class="quiet">${view.t(
      'Without hours, the meeting is of the whole day. Liaison reacts as it would if Hugo did this in Outlook.',
      'Sans heures, la réunion dure toute la journée. Liaison réagit comme si Hugo le faisait dans Outlook.',
    )}</p>`,
  });
}

/** Where one meeting is changed; without an id a new one is made. */
export const meetingPath = (id?: string): string =>
  id === undefined ? PATH : `${PATH}?event=${encodeURIComponent(id)}`;

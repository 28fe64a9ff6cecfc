import { Temporal } from 'temporal-polyfill';
import { company } from '../company/index.ts';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { account } from '../google-accounts/account.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import type { View } from '../page/view.ts';
import { act } from './acts.ts';
import { asRow, findCalendar, findEvent } from './find.ts';
import type { EventRow, EventTime } from './rows.ts';
import { isDay } from './time.ts';

const { timeZone } = company;
const PATH = '/view/agenda/meeting';

/** What the form holds: as people type it. */
interface Typed {
  readonly summary: string;
  readonly location: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  /** Own answer; empty where one is not invited. */
  readonly response: string;
}

/** One Google meeting, to be changed as its owner would in Google Calendar, or a new one. */
export function meetingForm(mount: Mount): void {
  mount('get', PATH, (view, request) => {
    const desk = view.desk('google-calendar');
    if (!desk) return undefined;
    const { event } = request.query;
    if (typeof event !== 'string') return page(view, null, fresh(desk), null);
    const row = meetingAt(desk, event);
    return row && page(view, row, typedOf(row), null);
  });
  mount('post', PATH, (view, request) => {
    const desk = view.desk('google-calendar');
    if (!desk) return undefined;
    const { form } = bodyOf(request);
    const row = form.event ? meetingAt(desk, form.event) : null;
    const typed = { ...fresh(desk), ...(row ? typedOf(row) : {}), ...form } as Typed;
    try {
      save(desk, row ?? null, typed, form.do ?? '');
      return { goTo: view.to('/view/agenda') };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { html: page(view, row ?? null, typed, error.message), status: 400 };
    }
  });
}

function save(desk: VendorDesk, row: EventRow | null, typed: Typed, what: string): void {
  if (row !== null && what === 'delete') {
    act(desk, { act: 'delete', event: row.id });
    return;
  }
  const { summary, location } = typed;
  const texts = { summary, location };
  if (row === null) {
    act(desk, { act: 'create', event: { ...texts, ...timesOf(typed) } });
    return;
  }
  const before = typedOf(row);
  const isMoved = (['day', 'from', 'to'] as const).some((name) => typed[name] !== before[name]);
  act(desk, { act: 'edit', event: row.id, changes: { ...texts, ...(isMoved ? timesOf(typed) : {}) } });
  if (typed.response !== '' && typed.response !== before.response)
    act(desk, { act: 'answer', event: row.id, response: typed.response });
}

/** Without hours a meeting is of the whole day. */
function timesOf({ day, from, to }: Typed): object {
  if (from === '' && to === '') {
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    return { start: { date: day, dateTime: null }, end: { date: next, dateTime: null } };
  }
  const at = (clock: string) => ({ dateTime: `${day}T${clock}:00`, timeZone, date: null });
  return { start: at(from || to), end: at(to || from) };
}

/** A meeting that the form can change. */
export function meetingAt(desk: VendorDesk, id: string): EventRow | undefined {
  try {
    const found = findEvent(desk, findCalendar(desk, 'primary').id, id);
    const row = found.kind === 'event' ? found.row : asRow(found.instance);
    return row.status === 'cancelled' ? undefined : row;
  } catch {
    return undefined;
  }
}

function fresh(desk: VendorDesk): Typed {
  const day = Temporal.Instant.fromEpochMilliseconds(desk.clock().getTime()).toZonedDateTimeISO(timeZone);
  const tomorrow = day.toPlainDate().add({ days: 1 }).toString();
  return { summary: '', location: '', day: tomorrow, from: '09:00', to: '10:00', response: '' };
}

function typedOf(row: EventRow): Typed {
  const { summary, location } = row.fields;
  const wall = (time: EventTime): string =>
    isDay(time)
      ? `${time.date}T`
      : Temporal.Instant.from(time.at).toZonedDateTimeISO(timeZone).toPlainDateTime().toString();
  const [start, end] = [wall(row.start), wall(row.end)];
  const own = row.attendees.find(({ email }) => email === account().email);
  return {
    summary: String(summary ?? ''),
    location: typeof location === 'string' ? location : '',
    day: start.slice(0, 10),
    from: start.slice(11, 16),
    to: end.slice(11, 16),
    response: own?.responseStatus ?? '',
  };
}

function page(view: View, row: EventRow | null, typed: Typed, error: string | null): Html {
  const title = row
    ? view.t('Change a meeting in Google Calendar', 'Modifier une réunion dans Google Agenda')
    : view.t('Add a meeting to Google Calendar', 'Ajouter une réunion dans Google Agenda');
  const answers = [
    ['needsAction', view.t('No answer', 'Sans réponse')],
    ['accepted', view.t('Yes', 'Oui')],
    ['tentative', view.t('Maybe', 'Peut-être')],
    ['declined', view.t('No', 'Non')],
  ];
  return layout(view, {
    title,
    look: 'agenda',
    still: html`<p><a href="${view.to('/view/agenda')}">← ${view.t('The agenda', 'L’agenda')}</a></p>
${error !== null && html`<p class="failed" role="alert">${error}</p>`}
<form method="post" action="${view.to(PATH)}" class="fields">
${row && html`<input type="hidden" name="event" value="${row.id}">`}
<label>${view.t('Title', 'Titre')}<input name="summary" value="${typed.summary}"></label>
<label>${view.t('Day', 'Jour')}<input name="day" type="date" required value="${typed.day}"></label>
<label>${view.t('From', 'De')}<input name="from" type="time" value="${typed.from}"></label>
<label>${view.t('To', 'À')}<input name="to" type="time" value="${typed.to}"></label>
<label>${view.t('Place', 'Lieu')}<input name="location" value="${typed.location}"></label>
${
  typed.response !== '' &&
  html`<label>${view.t('Going?', 'Participer ?')}<select name="response">${answers.map(
    ([id, text]) =>
      html`<option value="${id}"${id === typed.response ? html` selected` : ''}>${text}</option>`,
  )}</select></label>`
}
<button name="do" value="save">${view.t('Save', 'Enregistrer')}</button>
${row && html`<button class="danger" name="do" value="delete">${view.t('Delete', 'Supprimer')}</button>`}
</form>
<p class="quiet">${view.t(
      'Without hours, the meeting is of the whole day. Liaison reacts as it would if Hugo did this in Google.',
      'Sans heures, la réunion dure toute la journée. Liaison réagit comme si Hugo le faisait dans Google.',
    )}</p>`,
  });
}

/** Where one meeting is changed; without an id a new one is made. */
export const meetingPath = (id?: string): string =>
  id === undefined ? PATH : `${PATH}?event=${encodeURIComponent(id)}`;

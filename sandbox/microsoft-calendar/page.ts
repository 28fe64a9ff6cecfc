import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { empty, localeOf, pill } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { isBare, viewOf } from './book.ts';
import { meetingForm, meetingPath } from './meeting-form.ts';
import { calendarTables, type EventRow } from './rows.ts';
import { millisecondsOf } from './times.ts';

const PATH = '/view/outlook-calendar';
const DAY_MS = 86_400_000;
const { timeZone } = company;

/** The weeks around today, occurrence by occurrence. */
function calendarPage(mount: Mount): void {
  mount('get', PATH, (view) => {
    const desk = view.desk('microsoft-calendar');
    if (!desk) return undefined;
    return layout(view, {
      title: view.t('Outlook calendar', 'Calendrier Outlook'),
      look: 'agenda',
      rawOf: 'microsoft-calendar',
      still: html`<p><a href="${view.to(meetingPath())}">${view.t('Add a meeting to Outlook', 'Ajouter une réunion dans Outlook')}</a></p>`,
      live: meetings(view, desk),
    });
  });
}

function meetings(view: View, desk: VendorDesk): Html {
  const now = desk.clock().getTime();
  const bounds = { from: now - 7 * DAY_MS, to: now + 42 * DAY_MS };
  const rows = calendarTables(desk)
    .calendars.all()
    .filter(({ canEdit }) => canEdit)
    .flatMap(({ id }) => viewOf(desk, id, bounds));
  if (rows.length === 0)
    return empty(view.t('Nothing is planned in these weeks.', 'Rien n’est prévu ces semaines-ci.'));
  return table(
    view.t('Outlook calendar', 'Calendrier Outlook'),
    [
      { title: view.t('When', 'Quand'), cell: (row) => when(view, row) },
      {
        title: view.t('Title', 'Titre'),
        cell: (row) => html`<b>${row.fields.subject || '–'}</b>${marks(view, desk, row)}`,
      },
      { title: view.t('Place', 'Lieu'), cell: ({ fields }) => fields.location },
      {
        title: view.t('People', 'Participants'),
        cell: ({ attendees }) => attendees.map(({ name }) => name).join(', '),
      },
      {
        title: '',
        cell: ({ id }) => html`<a href="${view.to(meetingPath(id))}">${view.t('Change', 'Modifier')}</a>`,
      },
    ],
    rows,
  );
}

function when(view: View, row: EventRow): string {
  const day = { dateStyle: 'full', timeZone } as const;
  if (row.isAllDay)
    return new Intl.DateTimeFormat(localeOf(view), { dateStyle: 'full', timeZone: 'UTC' }).format(
      new Date(`${row.start.dateTime}Z`),
    );
  return new Intl.DateTimeFormat(localeOf(view), { ...day, timeStyle: 'short' }).format(
    millisecondsOf(row.start),
  );
}

const marks = (view: View, desk: VendorDesk, row: EventRow): Html => html`
${row.masterId !== null ? pill(view.t('series', 'série'), 'calm') : ''}
${row.masterId !== null && !isBare(desk, row) ? pill(view.t('changed', 'modifiée'), 'wait') : ''}
${row.isCancelled ? pill(view.t('cancelled', 'annulée'), 'bad') : ''}
${row.fields.isOnlineMeeting ? pill('Teams', 'calm') : ''}`;

/** The calendar, and where links to its meetings lead. */
export const outlookCalendarPages: VendorPages = {
  place: { path: PATH, en: 'Outlook calendar', fr: 'Calendrier Outlook' },
  mount: (mount) => {
    calendarPage(mount);
    meetingForm(mount);
  },
  opens: { host: /^outlook\.office365\.com$/, page: () => PATH },
};

import type { VendorDesk } from '../core/simulator.ts';
import { empty, moment, rawRecord } from '../page/format.ts';
import { html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { departments, deskTables, type TicketRow } from './rows.ts';
import { threadsOf } from './views.ts';

const PATH = '/view/zoho-desk';
const SHOWN = 100;
const anchorOf = (id: string): string => `ticket-${id}`;

/** The portal's tickets, each with what was said of it. */
export const deskPages: VendorPages = {
  place: { path: PATH, en: 'Desk', fr: 'Desk' },
  opens: {
    host: /^desk\.zoho/,
    page(_view, { pathname }) {
      const id = /\/tickets\/details\/(\d+)/.exec(pathname)?.[1];
      return id === undefined ? PATH : `${PATH}#${anchorOf(id)}`;
    },
  },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk('zoho-desk');
      if (!desk) return undefined;
      const rows = deskTables(desk)
        .tickets.all()
        .filter(({ isTrashed }) => !isTrashed)
        .toReversed()
        .slice(0, SHOWN);
      const columns = [
        {
          title: view.t('Ticket', 'Ticket'),
          cell: (row: TicketRow) =>
            html`<span id="${anchorOf(row.id)}"><b>#${row.ticketNumber}</b> ${row.subject}</span>${said(desk, row)}`,
        },
        { title: view.t('Customer', 'Client'), cell: (row: TicketRow) => nameOf(desk, row) },
        {
          title: view.t('Department', 'Département'),
          cell: (row: TicketRow) => departments.find(({ id }) => id === row.departmentId)?.name ?? '–',
        },
        { title: view.t('Status', 'Statut'), cell: (row: TicketRow) => html`<code>${row.status}</code>` },
        { title: view.t('Priority', 'Priorité'), cell: (row: TicketRow) => row.priority ?? '–' },
        { title: view.t('When', 'Quand'), cell: (row: TicketRow) => moment(view, row.createdTime) },
        { title: '', cell: (row: TicketRow) => rawRecord(view, row.id, row) },
      ];
      const none = empty(view.t('Nobody has asked for help yet.', 'Personne n’a encore demandé d’aide.'));
      return layout(view, {
        title: 'Desk',
        rawOf: 'zoho-desk',
        live: rows.length === 0 ? none : table(view.t('Tickets', 'Tickets'), columns, rows, ({ id }) => id),
      });
    });
  },
};

function nameOf(desk: VendorDesk, { contactId }: TicketRow): string {
  const contact = deskTables(desk).contacts.get(contactId);
  return [contact?.firstName, contact?.lastName].filter(Boolean).join(' ') || '–';
}

const said = (desk: VendorDesk, { id }: TicketRow) =>
  [
    ...deskTables(desk)
      .comments.all()
      .filter(({ ticketId }) => ticketId === id),
    ...threadsOf(desk, id),
  ].map(({ content }) => html`<br><small>${content}</small>`);

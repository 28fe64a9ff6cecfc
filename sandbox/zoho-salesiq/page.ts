import type { VendorDesk } from '../core/simulator.ts';
import { empty, moment, pill, rawRecord } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { anchorOf, table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import {
  type ConversationRow,
  type Line,
  messagesOf,
  operator,
  type State,
  salesIqTables,
  type VisitorRow,
} from './rows.ts';

const PATH = '/view/zoho-salesiq';
const SHOWN = 50;

/** What an operator sees: each chat with its words, and beside it what the visitor is known as. */
export const salesIqPages: VendorPages = {
  place: { path: PATH, en: 'SalesIQ', fr: 'SalesIQ' },
  opens: {
    host: /^salesiq\.zoho/,
    page(_view, { href }) {
      const id = /allchats\/(\d+)/.exec(href)?.[1];
      return id === undefined ? PATH : `${PATH}#${anchorOf(id)}`;
    },
  },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk('zoho-salesiq');
      if (!desk) return undefined;
      const { conversations, visitors } = salesIqTables(desk);
      const chats = conversations.all().toReversed().slice(0, SHOWN);
      const known = visitors.all().toReversed().slice(0, SHOWN);
      const none = empty(view.t('Nobody has chatted yet.', 'Personne n’a encore discuté.'));
      return layout(view, {
        title: 'Zoho SalesIQ',
        rawOf: 'zoho-salesiq',
        live: html`<h2>${view.t('Chats', 'Chats')}</h2>${
          chats.length === 0 ? none : chatTable(view, desk, chats)
        }<h2>${view.t('Visitors', 'Visiteurs')}</h2>${visitorTable(view, known)}`,
      });
    });
  },
};

const STATES: Readonly<
  Record<State, readonly [en: string, fr: string, mood: 'good' | 'bad' | 'wait' | 'calm']>
> = {
  waiting: ['Waiting', 'En attente', 'wait'],
  connected: ['Connected', 'En cours', 'good'],
  missed: ['Missed', 'Manqué', 'bad'],
  ended: ['Ended', 'Terminé', 'calm'],
};

function chatTable(view: View, desk: VendorDesk, rows: readonly ConversationRow[]): Html {
  const { visitors } = salesIqTables(desk);
  const columns = [
    {
      title: view.t('Chat', 'Chat'),
      cell: (row: ConversationRow) =>
        html`<b>${row.referenceId}</b> <small>${row.portal}</small>${words(desk, row)}${rated(row)}`,
    },
    {
      title: view.t('Visitor', 'Visiteur'),
      cell: ({ visitorId }: ConversationRow) => nameOf(visitors.get(visitorId)),
    },
    {
      title: view.t('What is known of them', 'Ce que l’on sait d’eux'),
      cell: (row: ConversationRow) =>
        lines({ ...visitors.get(row.visitorId)?.customerInfo, ...row.customerInfo }),
    },
    {
      title: view.t('Operator', 'Opérateur'),
      cell: ({ attender }: ConversationRow) => (attender === null ? '–' : operator(attender).name),
    },
    {
      title: view.t('State', 'État'),
      cell: ({ state }: ConversationRow) =>
        pill(view.t(STATES[state][0], STATES[state][1]), STATES[state][2]),
    },
    {
      title: view.t('Last word', 'Dernier mot'),
      cell: (row: ConversationRow) => moment(view, row.lastModifiedTime),
    },
    { title: '', cell: (row: ConversationRow) => rawRecord(view, row.id, row) },
  ];
  return table(view.t('Chats', 'Chats'), columns, rows, ({ id }) => id);
}

function visitorTable(view: View, rows: readonly VisitorRow[]): Html {
  const columns = [
    { title: view.t('Visitor', 'Visiteur'), cell: nameOf },
    { title: view.t('Portal', 'Portail'), cell: ({ portal }: VisitorRow) => portal },
    {
      title: view.t('What is known of them', 'Ce que l’on sait d’eux'),
      cell: ({ customerInfo }: VisitorRow) => lines(customerInfo),
    },
    { title: '', cell: (row: VisitorRow) => rawRecord(view, row.id, row) },
  ];
  return table(view.t('Visitors', 'Visiteurs'), columns, rows);
}

const nameOf = (row: VisitorRow | undefined): Html =>
  html`${row?.name ?? '–'}${row?.email && html`<br><small>${row.email}</small>`}${row?.phone && html`<br><small>${row.phone}</small>`}`;

const words = (desk: VendorDesk, { id }: ConversationRow): readonly Html[] =>
  messagesOf(desk, id).map(
    ({ name, text, file }) => html`<br><small>${name}: ${text}${file && ` [${file}]`}</small>`,
  );

const rated = ({ rating, feedback }: ConversationRow): Html | string =>
  rating === null && feedback === null
    ? ''
    : html`<br><small>★ ${String(rating ?? '–')} ${feedback ?? ''}</small>`;

const lines = (info: Readonly<Record<string, Line>>): Html | string =>
  Object.keys(info).length === 0
    ? '–'
    : html`${Object.entries(info).map(([name, value]) => html`<small>${name}: ${String(value)}</small><br>`)}`;

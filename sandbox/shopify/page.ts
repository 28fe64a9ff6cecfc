import { empty, moment, money, rawRecord } from '../page/format.ts';
import { html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { majorUnits } from '../scenarios/spoken.ts';
import { financialStatus, totalsOf } from './money.ts';
import { type OrderRow, shopTables } from './rows.ts';

const PATH = '/view/shopify';
const SHOWN = 100;
const anchorOf = (id: string): string => `order-${id}`;

const nameOf = ({ billing, customer, email }: OrderRow): string => {
  const person = billing ?? customer;
  return [person?.firstName, person?.lastName].filter(Boolean).join(' ') || email || '–';
};
const stateOf = (row: OrderRow): string =>
  row.cancelledAt === null ? financialStatus(row).toLowerCase() : 'cancelled';

/** The shop's list of orders. */
export const shopifyPages: VendorPages = {
  place: { path: PATH, en: 'Shopify', fr: 'Shopify' },
  opens: {
    host: /^admin\.shopify\.com$/,
    page(_view, { pathname }) {
      const id = /\/orders\/(\d+)$/.exec(pathname)?.[1];
      return id === undefined ? PATH : `${PATH}#${anchorOf(id)}`;
    },
  },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk('shopify');
      if (!desk) return undefined;
      const rows = shopTables(desk)
        .orders.all()
        .toSorted((one, other) => other.id - one.id)
        .slice(0, SHOWN);
      const columns = [
        {
          title: view.t('Order', 'Commande'),
          cell: (row: OrderRow) => html`<span id="${anchorOf(String(row.id))}">#${row.number}</span>`,
        },
        { title: view.t('Customer', 'Client'), cell: nameOf },
        { title: view.t('Status', 'Statut'), cell: (row: OrderRow) => html`<code>${stateOf(row)}</code>` },
        {
          title: view.t('Total', 'Total'),
          cell: (row: OrderRow) => money(view, majorUnits(totalsOf(row).total, row.currency), row.currency),
          number: true,
        },
        { title: view.t('When', 'Quand'), cell: (row: OrderRow) => moment(view, row.createdAt) },
        { title: '', cell: (row: OrderRow) => rawRecord(view, String(row.id), row) },
      ];
      const none = empty(view.t('Nobody has ordered yet.', 'Personne n’a encore commandé.'));
      return layout(view, {
        title: 'Shopify',
        rawOf: 'shopify',
        live:
          rows.length === 0
            ? none
            : table(view.t('Orders', 'Commandes'), columns, rows, ({ id }) => String(id)),
      });
    });
  },
};

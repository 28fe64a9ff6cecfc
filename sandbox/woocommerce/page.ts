import type { VendorDesk } from '../core/simulator.ts';
import { empty, moment, money, rawRecord } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { productTables } from './product-rows.ts';
import { type OrderRow, wooTables } from './rows.ts';
import { shop } from './shop.ts';

const PATH = '/view/woocommerce';
const SHOWN = 100;
const anchorOf = (id: number): string => `order-${id}`;

const nameOf = ({ billing }: OrderRow): string =>
  [billing.first_name, billing.last_name].filter(Boolean).join(' ') || billing.email || '–';

/** The shop's orders, and what it sells. */
export const wooPages: VendorPages = {
  place: { path: PATH, en: 'WooCommerce', fr: 'WooCommerce' },
  opens: {
    host: new RegExp(`^${new URL(shop.address).host.replaceAll('.', '\\.')}$`),
    page(_view, { searchParams }) {
      const id = Number(searchParams.get('id'));
      return Number.isInteger(id) && id > 0 ? `${PATH}#${anchorOf(id)}` : PATH;
    },
  },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk('woocommerce');
      if (!desk) return undefined;
      const rows = wooTables(desk)
        .orders.all()
        .toSorted((one, other) => other.id - one.id)
        .slice(0, SHOWN);
      const columns = [
        {
          title: view.t('Order', 'Commande'),
          cell: (row: OrderRow) => html`<span id="${anchorOf(row.id)}">#${row.number}</span>`,
        },
        { title: view.t('Customer', 'Client'), cell: nameOf },
        { title: view.t('Status', 'Statut'), cell: (row: OrderRow) => html`<code>${row.status}</code>` },
        {
          title: view.t('Total', 'Total'),
          cell: (row: OrderRow) => money(view, Number(row.total), row.currency),
          number: true,
        },
        { title: view.t('When', 'Quand'), cell: (row: OrderRow) => moment(view, `${row.date_created_gmt}Z`) },
        { title: '', cell: (row: OrderRow) => rawRecord(view, String(row.id), row) },
      ];
      const none = empty(view.t('Nobody has ordered yet.', 'Personne n’a encore commandé.'));
      return layout(view, {
        title: 'WooCommerce',
        rawOf: 'woocommerce',
        live: html`${
          rows.length === 0
            ? none
            : table(view.t('Orders', 'Commandes'), columns, rows, ({ id }) => String(id))
        }
<h2>${view.t('Products', 'Produits')}</h2>${productsOf(view, desk)}`,
      });
    });
  },
};

/** What is sold under a SKU of its own. */
function productsOf(view: View, desk: VendorDesk): Html {
  const { products, variations } = productTables(desk);
  const nameOf = new Map(products.all().map(({ id, name }) => [id, name]));
  const sold = [
    ...products.all().map((row) => ({ ...row, shown: row.name })),
    ...variations.all().map((row) => ({
      ...row,
      shown: `${nameOf.get(row.product) ?? ''} – ${row.attributes.map(({ option }) => option).join(', ')}`,
    })),
  ].filter(({ status }) => status !== 'trash');
  type Sold = (typeof sold)[number];
  const columns = [
    { title: view.t('SKU', 'UGS'), cell: (row: Sold) => html`<code>${row.sku || '–'}</code>` },
    { title: view.t('Name', 'Nom'), cell: (row: Sold) => row.shown },
    {
      title: view.t('Price', 'Prix'),
      cell: (row: Sold) =>
        row.regular_price === '' ? '–' : money(view, Number(row.regular_price), shop.currency),
      number: true,
    },
    {
      title: view.t('Stock', 'Stock'),
      cell: (row: Sold) => (row.manage_stock ? String(row.stock_quantity ?? 0) : '–'),
      number: true,
    },
    { title: view.t('Status', 'Statut'), cell: (row: Sold) => html`<code>${row.status}</code>` },
  ];
  return table(view.t('Products', 'Produits'), columns, sold, ({ id }) => String(id));
}

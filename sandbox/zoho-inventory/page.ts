import { day, empty, pill } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { anchorOf, table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { amountOf, nameOf } from '../zoho-books/page.ts';
import { type Inventory, inventoryAt } from './inventory.ts';
import { itemView } from './item-view.ts';
import { invoicesOf } from './order-view.ts';
import type { ItemRow, SalesOrderRow } from './rows.ts';

const PATH = '/view/inventory';

/** The store room as its people see it: what is there, and what was ordered. */
export const inventoryPages: VendorPages = {
  place: { path: PATH, en: 'Inventory', fr: 'Inventory' },
  opens: {
    host: /^inventory\.zoho/,
    page(_view, { hash }) {
      const [, , id = ''] = hash.split('/').map(decodeURIComponent);
      return id === '' ? PATH : `${PATH}#${anchorOf(id)}`;
    },
  },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk('zoho-inventory');
      if (!desk) return undefined;
      const inventory = inventoryAt(desk);
      return layout(view, {
        title: 'Zoho Inventory',
        rawOf: 'zoho-inventory',
        live: html`<h2>${view.t('Items', 'Articles')}</h2>${items(view, inventory)}
<h2>${view.t('Sales orders', 'Commandes clients')}</h2>${orders(view, inventory)}`,
      });
    });
  },
};

function items(view: View, { books, stock }: Inventory): Html {
  const of = (row: ItemRow) => itemView(books, stock, row);
  const count = (value: number | string) => String(value) || '–';
  return table<ItemRow>(
    view.t('Items', 'Articles'),
    [
      { title: 'SKU', cell: ({ sku }) => html`<code>${sku || '–'}</code>` },
      { title: view.t('Name', 'Nom'), cell: ({ name }) => name },
      {
        title: view.t('On hand', 'En stock'),
        cell: (row) => count(of(row).stock_on_hand),
        number: true,
      },
      {
        title: view.t('Free to sell', 'Disponible'),
        cell: (row) => count(of(row).actual_available_stock),
        number: true,
      },
    ],
    stock.items.all(),
    ({ item_id }) => item_id,
  );
}

function orders(view: View, { books, stock }: Inventory): Html {
  const rows = stock.salesOrders.all().toReversed();
  if (rows.length === 0) return empty(view.t('Nobody has ordered yet.', 'Personne n’a encore commandé.'));
  return table<SalesOrderRow>(
    view.t('Sales orders', 'Commandes clients'),
    [
      { title: view.t('Date', 'Date'), cell: ({ date }) => day(view, date) },
      { title: view.t('Number', 'Numéro'), cell: ({ salesorder_number: number }) => number },
      { title: view.t('Customer', 'Client'), cell: (row) => nameOf(books, row.customer_id) },
      { title: view.t('Status', 'Statut'), cell: (row) => statePill(view, row) },
      {
        title: view.t('Invoice', 'Facture'),
        cell: (row) =>
          invoicesOf(books, row)
            .map(({ invoice_number: number }) => number)
            .join(', ') || '–',
      },
      {
        title: view.t('Amount', 'Montant'),
        cell: (row) => amountOf(view, row, row.totalMinor),
        number: true,
      },
    ],
    rows,
    ({ salesorder_id: id }) => id,
  );
}

function statePill(view: View, { set }: SalesOrderRow): Html {
  if (set === 'confirmed') return pill(view.t('Confirmed', 'Confirmée'), 'good');
  if (set === 'void') return pill(view.t('Void', 'Annulée'), 'calm');
  return pill(view.t('Draft', 'Brouillon'), 'wait');
}

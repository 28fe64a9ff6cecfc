import type { VendorAccount } from '../../core/connector.ts';
import { type CardDeclaration, type CardRow, dateValue, textValue } from '../../core/record-card.ts';
import { PERSON_MODULES } from '../../kit/person-card.ts';
import {
  amountValue,
  customersOf,
  MOST_CUSTOMERS,
  MOST_ROWS,
  noCustomer,
  type States,
  stateOf,
} from '../families/zoho/finance-card.ts';
import { inApp } from './addresses.ts';
import type { ZohoInventoryClient } from './client.ts';
import type { SalesOrder } from './sales-orders.ts';

const contactUrl = inApp('contacts');
const orderUrl = inApp('salesorders');

/** The sales orders of whoever has the record's addresses. */
export const card: CardDeclaration<ZohoInventoryClient> = {
  group: 'zoho-inventory',
  modules: PERSON_MODULES,

  async read({ client, account, subject }) {
    const contacts = await customersOf(client, subject);
    const shown = contacts.slice(0, MOST_CUSTOMERS);
    const [first] = shown;
    const refs = contacts.map(({ id }) => ({ object: 'zohoInventory.contacts', id }));
    if (first === undefined)
      return { sections: [], empty: noCustomer(subject, 'Zoho Inventory'), refs, actions: [] };
    const orders = (await Promise.all(shown.map(({ id }) => client.salesOrdersOf(id))))
      .flat()
      .sort((one, other) => (other.date ?? '').localeCompare(one.date ?? ''));
    return {
      sections: [
        {
          id: 'inventory-orders',
          titles: { en: 'Sales orders', fr: 'Commandes clients' },
          layout: 'rows',
          rows: orders.slice(0, MOST_ROWS).map((order) => orderRow(order, account)),
          empty: { en: 'No sales order yet.', fr: 'Aucune commande pour l’instant.' },
          ...(orders.length > MOST_ROWS ? { more: true } : {}),
        },
      ],
      refs,
      actions: [],
      url: contactUrl(first.id, account),
    };
  },
};

/** https://www.zoho.com/us/inventory/help/sales-orders/sales-order-functions.html */
const STATES: States = {
  draft: ['Draft', 'Brouillon', 'quiet'],
  confirmed: ['Confirmed', 'Confirmée', 'busy'],
  open: ['Confirmed', 'Confirmée', 'busy'],
  partially_invoiced: ['Partly invoiced', 'Facturée en partie', 'busy'],
  invoiced: ['Invoiced', 'Facturée', 'good'],
  fulfilled: ['Sent', 'Expédiée', 'good'],
  closed: ['Closed', 'Terminée', 'good'],
  onhold: ['On hold', 'En attente', 'busy'],
  void: ['Void', 'Annulée', 'quiet'],
};

const orderRow = (order: SalesOrder, account: VendorAccount): CardRow => ({
  id: `inventory ${order.id}`,
  label: textValue(order.number),
  values: [
    order.currency === null ? textValue(order.total) : amountValue(order.total, order.currency),
    stateOf(STATES, order.status).value,
    ...(order.date === null ? [] : [dateValue(order.date)]),
  ],
  url: orderUrl(order.id, account),
});

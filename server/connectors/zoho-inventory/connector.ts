import type { Connector, ObjectDeclaration } from '../../core/connector.ts';
import { zohoAuthorisation } from '../families/zoho/authorisation.ts';
import { zohoHosts } from '../families/zoho/data-centres.ts';
import { inApp } from './addresses.ts';
import { card } from './card.ts';
import { type ZohoInventoryClient, zohoInventoryClient } from './client.ts';
import { classify } from './failures.ts';
import { scopes } from './scopes.ts';
import { trial } from './trial.ts';

const objects: readonly ObjectDeclaration[] = [
  { id: 'zohoInventory.contacts', titles: { en: 'Customer', fr: 'Client' }, url: inApp('contacts') },
  { id: 'zohoInventory.items', titles: { en: 'Item', fr: 'Article' }, url: inApp('inventory/items') },
  {
    id: 'zohoInventory.salesOrders',
    titles: { en: 'Sales order', fr: 'Commande client' },
    url: inApp('salesorders'),
  },
];

/** Goods and sales orders of an organisation, which shares contacts, items and invoices with its books. */
export const zohoInventory: Connector<ZohoInventoryClient> = {
  id: 'zoho-inventory',
  titles: { en: 'Zoho Inventory', fr: 'Zoho Inventory' },
  mark: 'M2 5.5 8 2.5l6 3v6L8 14.5l-6-3ZM2 5.5l6 3 6-3M8 8.5v6M5 4l6 3',
  authorisation: zohoAuthorisation(scopes),
  hosts: zohoHosts('zoho-inventory'),
  // https://www.zoho.com/inventory/api/v1/introduction/#api-call-limit
  budgets: [{ calls: 100, perMs: 60_000 }],
  objects,
  fieldTitles: {
    customer_id: { en: 'Customer', fr: 'Client' },
    item_id: { en: 'Item', fr: 'Article' },
    salesorder_number: { en: 'Number', fr: 'Numéro' },
    quantity_adjusted: { en: 'Moved by', fr: 'Mouvement' },
  },
  offers: { products: ['zohoInventory.items'] },
  card,
  trial,
  client: zohoInventoryClient,
  identify: (client) => client.account(),
  classify,
};

import type { VendorAccount } from '../../core/connector.ts';
import { moneyOf } from '../../core/money.ts';
import {
  type CardDeclaration,
  type CardRow,
  type CardSubject,
  type CardValue,
  dateValue,
  moneyValue,
  stateValue,
  type Tone,
  textValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { nobody, PERSON_MODULES } from '../../kit/person-card.ts';
import { inApp } from './addresses.ts';
import type { ZohoInventoryClient } from './client.ts';
import type { SalesOrder } from './sales-orders.ts';

const MOST_CUSTOMERS = 5;
const MOST_ROWS = 10;
const contactUrl = inApp('contacts');
const orderUrl = inApp('salesorders');

/** The sales orders of whoever has the record's addresses. */
export const card: CardDeclaration<ZohoInventoryClient> = {
  group: 'zoho-inventory',
  modules: PERSON_MODULES,

  async read({ client, account, subject }) {
    const found = await Promise.all(subject.emails.map((email) => client.contactsByEmail(email)));
    const contacts = [...new Map(found.flat().map((one) => [one.id, one])).values()];
    const shown = contacts.slice(0, MOST_CUSTOMERS);
    const [first] = shown;
    const refs = contacts.map(({ id }) => ({ object: 'zohoInventory.contacts', id }));
    if (first === undefined) return { sections: [], empty: noOne(subject), refs, actions: [] };
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

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address, by which Zoho Inventory would know the customer.',
      fr: 'La fiche n’a pas d’adresse e-mail, à laquelle Zoho Inventory reconnaîtrait le client.',
    },
    (sought) => ({
      en: `No customer in Zoho Inventory has ${sought.en}.`,
      fr: `Aucun client dans Zoho Inventory n’a ${sought.fr}.`,
    }),
  );

/** https://www.zoho.com/us/inventory/help/sales-orders/sales-order-functions.html */
const STATES: Readonly<Record<string, readonly [string, string, Tone]>> = {
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

function orderRow(order: SalesOrder, account: VendorAccount): CardRow {
  const [en, fr, tone] = STATES[order.status] ?? [order.status, order.status, 'quiet'];
  return {
    id: `inventory ${order.id}`,
    label: textValue(order.number),
    values: [
      amountOf(order),
      stateValue({ en, fr }, tone),
      ...(order.date === null ? [] : [dateValue(order.date)]),
    ],
    url: orderUrl(order.id, account),
  };
}

/** One with more decimals than the currency has is shown as it is. */
function amountOf({ total, currency }: SalesOrder): CardValue {
  if (currency === null) return textValue(total);
  try {
    return moneyValue(moneyOf(total, currency));
  } catch {
    return textValue(`${total} ${currency}`);
  }
}

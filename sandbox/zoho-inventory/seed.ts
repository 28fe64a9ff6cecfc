import { contacts, goods } from '../company/index.ts';
import { addDays } from '../zoho-books/fields.ts';
import { withoutPercentage } from '../zoho-books/minor-units.ts';
import { taxes } from '../zoho-books/settings-data.ts';
import type { Inventory } from './inventory.ts';
import { newOrder } from './order-draft.ts';

/** Goods as the shop sells them; one more is not counted, and one has no code. */
export function seedInventory(inventory: Inventory): void {
  const { books, stock } = inventory;
  const now = books.now();
  for (const [at, good] of goods.entries()) {
    const tax = taxes.find(({ tax_percentage }) => tax_percentage === good.vatPercent);
    const net = withoutPercentage(good.priceMinor, good.vatPercent) / 100;
    const item_id = `48760000000000${501 + at * 2}`;
    stock.items.put(item_id, {
      ...BLANK,
      item_id,
      name: good.name,
      sku: good.code,
      rate: net,
      purchase_rate: Number((net * 0.4).toFixed(2)),
      initial_stock: good.stock,
      reorder_level: 20,
      tax_id: tax?.tax_id ?? '',
      created: now,
      modified: now,
    });
  }
  const more = { ...BLANK, created: now, modified: now };
  const gift = { ...more, item_id: '48760000000000551', name: 'Emballage cadeau', sku: 'EMB', rate: 2.5 };
  stock.items.put(gift.item_id, { ...gift, track_inventory: false, initial_stock: 0 });
  const offcuts = { ...more, item_id: '48760000000000553', name: 'Chutes de papier (kg)', rate: 3 };
  stock.items.put(offcuts.item_id, { ...offcuts, unit: 'kg', initial_stock: 12.5 });
  seedOrders(inventory);
}

const BLANK = {
  sku: '',
  description: '',
  unit: 'pcs',
  purchase_rate: 0,
  product_type: 'goods',
  track_inventory: true,
  initial_stock: 0,
  reorder_level: 0,
  tax_id: '',
  status: 'active',
} as const;

/** What customers of the books have ordered, by telephone. */
const ORDERS = [
  { by: 'hélène', good: 'CAR-LUM', quantity: 12, daysAgo: 6, confirmed: true },
  { by: 'solène', good: 'AFF-A2', quantity: 3, daysAgo: 2, confirmed: false },
];

function seedOrders(inventory: Inventory): void {
  const { books, stock } = inventory;
  for (const { by, good, quantity, daysAgo, confirmed } of ORDERS) {
    const email = contacts.find(({ key }) => key === by)?.email;
    const customer = books.contacts
      .all()
      .find(({ persons }) => persons.some((person) => email && person.email === email));
    const item = stock.items.all().find(({ sku }) => sku === good);
    if (!customer || !item) continue;
    const body = {
      customer_id: customer.contact_id,
      date: addDays(books.today(), -daysAgo),
      line_items: [{ item_id: item.item_id, rate: item.rate, quantity, tax_id: item.tax_id }],
    };
    const row = newOrder(inventory, body, false);
    stock.salesOrders.put(row.salesorder_id, { ...row, set: confirmed ? 'confirmed' : 'draft' });
  }
}

import { contacts } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { makeOrder } from './change-order.ts';
import { seedProducts } from './seed-products.ts';

const DAY_MS = 86_400_000;

/** Orders of the last weeks, of customers that the company knows. */
const ORDERS = [
  { by: 'juliette', daysAgo: 21, product: 10, quantity: 2, status: 'completed' },
  { by: 'marius', daysAgo: 12, product: 12, quantity: 1, status: 'completed' },
  { by: 'françois', daysAgo: 4, product: 11, quantity: 10, status: 'processing', coupon: 'bienvenue25' },
  { by: 'hélène', daysAgo: 1, product: 10, quantity: 1, status: 'on-hold', method: 'Virement bancaire' },
];

export function seed(desk: VendorDesk): void {
  for (const { by, daysAgo, product, quantity, status, coupon, method } of ORDERS) {
    const person = contacts.find(({ key }) => key === by);
    const then = new Date(desk.clock().getTime() - daysAgo * DAY_MS);
    const past: VendorDesk = { ...desk, clock: () => then, deliver: () => undefined, wrote: () => undefined };
    makeOrder(past, {
      status,
      payment_method: method === undefined ? 'stripe' : 'bacs',
      payment_method_title: method ?? 'Carte bancaire',
      billing: {
        first_name: person?.firstName ?? '',
        last_name: person?.lastName ?? '',
        email: person?.email ?? '',
        phone: person?.phone ?? '',
        country: 'FR',
      },
      line_items: [{ product_id: product, quantity }],
      shipping_lines: [{ method_title: 'Colissimo', total: '4.95' }],
      ...(coupon === undefined ? {} : { coupon_lines: [{ code: coupon }] }),
    });
  }
  // After these: what was sold before is counted off already.
  seedProducts(desk);
}

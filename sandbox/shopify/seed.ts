import { contacts } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { makeOrder, placedSchema } from './change-order.ts';
import { openShop } from './notify.ts';
import { seedProducts } from './seed-products.ts';
import { ownShop } from './shop.ts';

const DAY_MS = 86_400_000;

/** Orders of the last weeks, of customers that the company knows from elsewhere. */
const ORDERS = [
  { by: 'juliette', daysAgo: 18, sku: 'CAR-LUM', quantity: 6, fulfilled: true },
  {
    by: 'hélène',
    daysAgo: 9,
    sku: 'AFF-A2',
    quantity: 2,
    fulfilled: true,
    code: { code: 'NOËL20', percent: 20 },
  },
  { by: 'bastien', daysAgo: 3, sku: 'LIV-TYP', quantity: 1 },
  { by: 'marius', daysAgo: 1, sku: 'AFF-A2', quantity: 3, paid: false, gateway: 'Virement bancaire' },
];

/** Somebody whom the company knows, as a customer of the shop. */
export function customerOf(key: string) {
  const person = contacts.find((one) => one.key === key);
  const phone = person?.phone ?? undefined;
  return {
    email: person?.email ?? null,
    customer: {
      firstName: person?.firstName ?? '',
      lastName: person?.lastName ?? '',
      ...(person?.email ? { email: person.email } : {}),
      ...(phone === undefined ? {} : { phone }),
    },
    billing: {
      firstName: person?.firstName ?? '',
      lastName: person?.lastName ?? '',
      ...(phone === undefined ? {} : { phone }),
    },
  };
}

export function seed(platform: VendorDesk): void {
  const desk = openShop(platform, ownShop);
  for (const { by, daysAgo, sku, quantity, ...rest } of ORDERS) {
    const then = new Date(desk.clock().getTime() - daysAgo * DAY_MS);
    const past: VendorDesk = { ...desk, clock: () => then, deliver: () => undefined, wrote: () => undefined };
    const shipping = { title: 'Colissimo', price: '4.95' };
    makeOrder(past, placedSchema.parse({ ...customerOf(by), ...rest, shipping, lines: [{ sku, quantity }] }));
  }
  // After these: what was sold before is counted off already.
  seedProducts(desk);
}

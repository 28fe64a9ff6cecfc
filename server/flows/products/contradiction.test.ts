import type { SetBeside } from '../../core/sync-flow.ts';
import { stockContradiction } from './contradiction.ts';

const roles = (shop: string, role = 'left') => [
  { role, connector: 'till', accountId: shop },
  { role: 'right', connector: 'zoho-inventory', accountId: 'org' },
];
const products = (direction: string | null, shop = 'a'): SetBeside => ({
  flow: 'products',
  titles: { en: `Shop ${shop}`, fr: `Boutique ${shop}` },
  roles: roles(shop),
  settings: {
    rules: { fields: direction === null ? [] : [{ kind: 'stock', direction, master: 'right' }] },
  },
});
const orders = (settings: Record<string, unknown>, shop = 'a'): SetBeside => ({
  flow: 'orders',
  titles: { en: 'Sales', fr: 'Ventes' },
  roles: roles(shop, 'shop'),
  settings,
});

it.each([
  [
    'the store room’s count, and orders that make sales orders',
    'to-left',
    { documents: 'order-and-invoice' },
    null,
  ],
  ['the store room’s count, and stock that follows the shop', 'to-left', { stock: 'shop' }, null],
  ['the store room’s count, and orders that take nothing', 'to-left', {}, 'back on sale'],
  ['the shop’s count, and orders that take nothing', 'to-right', {}, null],
  [
    'the shop’s count, and orders that make sales orders',
    'to-right',
    { documents: 'order-and-invoice' },
    'twice',
  ],
  ['the shop’s count, and stock that follows the shop', 'to-right', { stock: 'shop' }, 'twice'],
  ['no count at all', null, { stock: 'shop' }, null],
])('%s', (_what, direction, settings, said) => {
  const sentence = stockContradiction(products(direction), [orders(settings)]);
  if (said === null) expect(sentence).toBeNull();
  else {
    expect(sentence?.en).toContain(said);
    expect(sentence?.fr).toContain('«\u00a0Ventes\u00a0»');
  }
});

it('orders of another shop are no matter', () => {
  expect(stockContradiction(products('to-right'), [orders({ stock: 'shop' }, 'b')])).toBeNull();
});

it('two shops are not both the master of one store room', () => {
  expect(stockContradiction(products('to-right'), [products('to-right', 'b')])?.en).toContain('Shop b');
  expect(stockContradiction(products('to-right'), [products('to-left', 'b')])).toBeNull();
  expect(stockContradiction(products('to-left'), [products('to-left', 'b')])).toBeNull();
});

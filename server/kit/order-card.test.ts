import type { Order } from '../core/order/order.ts';
import { orderSections } from './order-card.ts';

const order = (about: Partial<Order>): Order => ({
  id: '1',
  number: '1',
  reference: `boutique.example #${about.number ?? '1'}`,
  state: 'fulfilled',
  isTest: false,
  currency: 'EUR',
  totalMinor: 1_000,
  lines: [],
  customer: { id: null, email: 'a@exemple.example', firstName: '', lastName: '', company: '', phone: '' },
  placedAt: '2026-11-20T10:00:00Z',
  paidAt: '2026-11-20T10:00:00Z',
  paidBy: '',
  coupons: [],
  refunds: [],
  ...about,
});
const shown = (...orders: Order[]) => {
  const [facts, rows] = orderSections({ orders, more: false, url: (id) => `https://x.example/${id}` });
  return { facts: facts?.rows ?? [], rows: rows?.rows ?? [], more: rows?.more };
};
const back = (minor: number) => ({ id: '9', minor, reason: '' });

it('lifetime value is what was paid and not given back, in each currency by itself', () => {
  const { facts } = shown(
    order({ totalMinor: 10_000, refunds: [back(2_500)] }),
    order({ currency: 'JPY', totalMinor: 1_800 }),
    order({ totalMinor: 500, state: 'held', paidAt: null }),
  );
  expect(facts).toMatchObject([
    {
      id: 'shop-lifetime-value',
      values: [
        { minor: 7_500, currency: 'EUR' },
        { minor: 1_800, currency: 'JPY' },
      ],
    },
    { id: 'shop-owed', values: [{ minor: 500, currency: 'EUR' }] },
    { id: 'shop-returned', values: [{ minor: 2_500, currency: 'EUR' }] },
  ]);
});

it('an order says how far it is, what of it was given back, and where it is seen; the newest stands first', () => {
  const { rows } = shown(
    order({ id: '1', number: '1001', placedAt: '2026-11-01T10:00:00Z', refunds: [back(300)] }),
    order({ id: '2', number: '1002', placedAt: '2026-11-02T10:00:00Z', paidAt: null }),
  );
  expect(rows).toMatchObject([
    {
      label: { text: '#1002' },
      values: [{ minor: 1_000 }, { words: { en: 'Sent' } }, { words: { en: 'Not paid' } }, { kind: 'date' }],
      url: 'https://x.example/2',
    },
    {
      label: { text: '#1001' },
      values: [{ minor: 1_000 }, { words: { fr: 'Expédiée' } }, { at: '2026-11-01T10:00:00Z' }],
      note: { en: '€3.00 was given back.' },
    },
  ]);
});

it('carts, test orders and the bin are no orders; what was cancelled is owed by nobody', () => {
  const { facts, rows } = shown(
    order({ state: 'draft' }),
    order({ isTest: true }),
    order({ state: 'gone' }),
    order({ state: 'ended', paidAt: null }),
  );
  expect(facts).toMatchObject([{ values: [{ words: { en: 'Nothing paid yet' } }] }]);
  expect(rows).toMatchObject([{ values: [{}, { words: { en: 'Cancelled' } }, {}] }]);
});

it('shows ten orders, and says that there are more', () => {
  const { rows, more } = shown(...Array.from({ length: 12 }, (_, at) => order({ number: String(at) })));
  expect([rows.length, more]).toEqual([10, true]);
});

import type { ListedOrder } from '../../core/order/order.ts';
import type { TrialSource } from '../../core/trial.ts';
import { orders, type Settings } from './flow.ts';
import { orderTrial } from './try-order.ts';

const ORDER: ListedOrder = {
  ...{ id: '7', number: '7', reference: 'boutique #7', state: 'accepted', isTest: false, currency: 'EUR' },
  ...{ totalMinor: 2_390, placedAt: '2026-11-01T10:00:00Z', paidAt: '2026-11-01T10:00:00Z', paidBy: '' },
  customer: { id: null, email: null, firstName: 'Ada', lastName: 'M', company: '', phone: '' },
  ...{ coupons: [], refunds: [] },
};

/** What the shop's orders would become. */
async function becoming(settings: Partial<Settings>, ...found: readonly ListedOrder[]) {
  const connector = {
    id: 'shop',
    offers: { orders: { recent: async () => ({ orders: found, more: false }) } },
  };
  const source = {
    settings: { ...orders.settings.parse({}), ...settings },
    role: () => ({ connector, client: null }),
  };
  const standing = await orderTrial.standing?.(source as unknown as TrialSource<Settings>);
  return standing?.shown.map(({ detail }) => detail?.en.replace(/^.*: /, ''));
}

it('what is invoiced is shown with its sales order, though these were to wait for longer', async () => {
  const settings = { documents: 'order-and-invoice', invoiceWhen: 'accepted' } as const;
  const later = { ...settings, orderWhen: 'fulfilled' } as const;
  expect(await becoming(later, ORDER)).toEqual(['a sales order, an invoice and its payment']);
  expect(await becoming(later, { ...ORDER, state: 'held', paidAt: null })).toEqual([]);
  expect(
    await becoming({ ...settings, orderWhen: 'placed' }, { ...ORDER, state: 'held', paidAt: null }),
  ).toEqual(['a sales order']);
});

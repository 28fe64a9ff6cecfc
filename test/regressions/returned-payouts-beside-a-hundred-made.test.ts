import { balance } from '../../server/connectors/stripe/balance.ts';

/** Of more than a hundred payouts those fell away first whose money had come back, and no statement said that it was a part. */

const SPAN = { from: '2026-08-01T00:00:00Z', to: '2026-11-30T00:00:00Z' };
const payout = (id: string, status: string) => ({
  ...{ id, object: 'payout', amount: 1_000, currency: 'eur', status, automatic: false },
  ...{ created: 1_790_000_000, arrival_date: 1_790_086_400, failure_balance_transaction: null },
});
const some = (count: number, name: string) => Array.from({ length: count }, (_, nth) => `${name}${nth}`);

function stated(made: number, cameBack: number, isMore = false) {
  const items = some(made, 'po_made').map((id) => payout(id, 'paid'));
  const moved = some(cameBack, 'po_back').map((id) => ({
    ...{ id: `txn_${id}`, type: 'payout_failure', source: id, amount: 1_000, fee: 0, net: 1_000 },
    ...{ currency: 'eur', created: 1_790_000_000, reporting_category: 'payout_reversal', fee_details: [] },
  }));
  const client = {
    balanceTransactions: async () => ({ items: moved, isPart: false }),
    charges: async () => ({ items: [], isPart: false }),
    payouts: async () => ({ items, isPart: isMore }),
    payout: async (id: string) => payout(id, 'failed'),
  };
  return balance.statement(client as never, SPAN, async () => {});
}

it('a payout that came back is stated beside a hundred that were made', async () => {
  const { payouts, isPart } = await stated(100, 2);
  expect(payouts).toHaveLength(102);
  expect(payouts.filter(({ standing }) => standing?.state === 'failed')).toHaveLength(2);
  expect(isPart).toBe(false);
});

it.each([
  ['made', () => stated(100, 0, true)],
  ['come back', () => stated(1, 101)],
])('a statement that leaves out payouts that were %s says that it is a part', async (_what, read) => {
  expect((await read()).isPart).toBe(true);
});

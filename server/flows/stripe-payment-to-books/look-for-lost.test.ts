import type { StripeClient } from '../../connectors/stripe/client.ts';
import type { SweepResult, SweepSource } from '../../core/flow.ts';
import type { Settings } from './flow.ts';
import { lookForLost, standingReachMs } from './look-for-lost.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');

/** Looks with a cursor, at an account where two subscriptions stand. */
async function look(cursor: unknown, settings: object): Promise<SweepResult & { asked: number }> {
  let asked = 0;
  const calls = {
    time: async () => NOW,
    eventsOf: async () => ({ events: [], whole: true, at: NOW }),
    standingSubscriptions: async () => {
      asked += 1;
      return [
        { id: 'sub_1', object: 'subscription' },
        { id: 'sub_2', object: 'subscription' },
      ];
    },
  } as unknown as StripeClient;
  const client = (() => calls) as unknown as SweepSource<Settings>['client'];
  const source = { cursor, onForMs: 600_000, graceMs: 10_000, client, settings } as SweepSource<Settings>;
  return { ...(await lookForLost(source)), asked };
}

const ALL = { subscriptions: 'profiles', standing: 'all', fees: 'none', payouts: false };
const idsOf = ({ events }: SweepResult) => events.map(({ recordId }) => recordId);

describe('subscriptions that stand', () => {
  it('are told of once, when they come to be wished, as of just before: they are not what a webhook lost', async () => {
    const first = await look({ from: NOW - 60_000 }, ALL);
    expect(idsOf(first)).toEqual(['sub_1', 'sub_2']);
    const reach = standingReachMs(ALL as Settings);
    for (const { ageMs } of first.events) {
      expect(ageMs).toBeGreaterThan(600_000);
      expect(ageMs).toBeLessThan(600_000 + reach);
    }
    const second = await look(first.cursor, ALL);
    expect([idsOf(second), second.asked]).toEqual([[], 0]);
  });

  it.each([
    ['new ones only', { ...ALL, standing: 'new' }],
    ['invoices instead', { ...ALL, subscriptions: 'invoices' }],
  ])(
    'are not asked for where the settings take %s, and are when they are wished again',
    async (_, settings) => {
      const without = await look({ from: NOW - 60_000, standing: true }, settings);
      expect([idsOf(without), without.asked]).toEqual([[], 0]);
      expect(idsOf(await look(without.cursor, ALL))).toEqual(['sub_1', 'sub_2']);
    },
  );
});

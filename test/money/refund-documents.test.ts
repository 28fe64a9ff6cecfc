import { again, paid, refunded, refundOf } from './events.ts';
import { eventOf, type Money, openMoney } from './rig.ts';

/** The clearing account in the sandbox's Books. */
const STRIPE = '48760000000000305';
const DOCUMENTS = { refunds: 'refund', account: STRIPE };

let money: Money;
beforeAll(async () => {
  money = await openMoney(DOCUMENTS);
});
afterAll(() => money.close());
beforeEach(() => money.set(DOCUMENTS));

interface Credit {
  readonly total: number;
  readonly left: number;
  readonly refunded: readonly (readonly [account: unknown, minor: unknown, date: unknown])[];
}

/** Credit notes of refunds, by the refunds' ids. */
async function creditOf(...references: readonly string[]): Promise<Credit[]> {
  const notes = (await money.creditNotes()).filter((row) =>
    references.includes(String(row.reference_number)),
  );
  return notes.map((row) => ({
    total: Number(row.totalMinor),
    left: Number(row.balanceMinor),
    refunded: ((row.refunds ?? []) as Record<string, unknown>[]).map((one) => [
      one.from_account_id,
      one.amountMinor,
      one.date,
    ]),
  }));
}

const settled = (minor: number): Credit => ({
  total: minor,
  left: 0,
  refunded: [[STRIPE, minor, '2026-11-03']],
});

const invoiceOf = async (reference: string) =>
  (await money.invoices()).find((row) => row.reference_number === reference);

describe('a refund that becomes a credit note and its refund', () => {
  it('is there once, however often and in whatever order it is told, and leaves the invoice as it was', async () => {
    await money.play(paid('pi_a', { amount: 8_000, amount_received: 8_000 }));
    const before = await invoiceOf('pi_a');
    const refund = refundOf('pi_a', 're_a', { amount: 8_000 });
    await money.playTogether(
      eventOf('refund.created', refund),
      refunded('pi_a', refund),
      eventOf('refund.updated', refund),
    );
    await money.play(again(refunded('pi_a', refund)));
    expect(await creditOf('re_a')).toEqual([settled(8_000)]);
    expect(await invoiceOf('pi_a')).toEqual(before);
    const comments = await money.comments('pi_a');
    expect(comments).toHaveLength(1);
    expect(comments[0]).toMatch(/80,00 € .* \(re_a\)\. Avoir INV-\d+-re_a\.$/);
  });

  it('of several parts are several, each once', async () => {
    await money.play(paid('pi_b', { amount: 8_000, amount_received: 8_000 }));
    const parts = ['re_b1', 're_b2', 're_b3'].map((id, index) =>
      refundOf('pi_b', id, { amount: 1_000 + index }),
    );
    await money.playTogether(...parts.map((part) => eventOf('refund.created', part)));
    await money.play(refunded('pi_b', ...parts));
    expect(await creditOf('re_b1', 're_b2', 're_b3')).toEqual(
      expect.arrayContaining([settled(1_000), settled(1_001), settled(1_002)]),
    );
    expect(await creditOf('re_b1', 're_b2', 're_b3')).toHaveLength(3);
  });

  it('told before its payment is made when the payment comes', async () => {
    await money.play(eventOf('refund.created', refundOf('pi_c', 're_c')));
    expect(await creditOf('re_c')).toEqual([]);
    await money.play(paid('pi_c'));
    expect(await creditOf('re_c')).toEqual([settled(3_000)]);
  });

  it.each([
    ['jpy', 4_500],
    ['kwd', 12_345],
    ['usd', 1_999],
    ['gbp', 1],
  ])('is as much in %s', async (currency, amount) => {
    const id = `pi_${currency}`;
    await money.play(paid(id, { amount, amount_received: amount, currency }));
    await money.play(eventOf('refund.created', refundOf(id, `re_${currency}`, { amount, currency })));
    expect(await creditOf(`re_${currency}`)).toEqual([settled(amount)]);
  });

  it('is made when the money went, and not while it is pending', async () => {
    await money.play(paid('pi_d'));
    await money.play(eventOf('refund.created', refundOf('pi_d', 're_d', { status: 'pending' })));
    expect(await creditOf('re_d')).toEqual([]);
    await money.play(eventOf('refund.updated', refundOf('pi_d', 're_d')));
    expect(await creditOf('re_d')).toEqual([settled(3_000)]);
  });

  it('is no longer paid once it failed: the customer is owed it, and nothing is made of old news', async () => {
    await money.play(paid('pi_e'));
    const went = refundOf('pi_e', 're_e');
    await money.play(eventOf('refund.created', went));
    const failed = { ...went, status: 'failed', failure_reason: 'expired_or_canceled_card' };
    await money.playTogether(eventOf('refund.failed', failed), eventOf('refund.updated', failed));
    const owed = [{ total: 3_000, left: 3_000, refunded: [] }];
    expect(await creditOf('re_e')).toEqual(owed);
    await money.play(again(eventOf('refund.created', went)));
    expect(await creditOf('re_e')).toEqual(owed);
  });

  it('that failed before anybody heard of it makes nothing', async () => {
    await money.play(paid('pi_f'));
    await money.play(eventOf('refund.failed', refundOf('pi_f', 're_f', { status: 'failed' })));
    expect(await creditOf('re_f')).toEqual([]);
    expect(await money.comments('pi_f')).toHaveLength(1);
  });

  it.each(['/creditnotes$', '/creditnotes/[^/]+/refunds$', '/comments$'])(
    'is made once where the answer of %s is lost and lists lag behind',
    async (path) => {
      const id = `pi_lost${path.length}`;
      const refund = `re_lost${path.length}`;
      await money.play(paid(id));
      await money.sandbox.fault('zoho-books', { commitThenFail: '500', methods: ['POST'], path, count: 1 });
      await money.play(eventOf('refund.created', refundOf(id, refund)));
      await money.sandbox.fault('zoho-books', null);
      expect(await creditOf(refund)).toEqual([settled(3_000)]);
      expect(await money.comments(id)).toHaveLength(1);
    },
  );

  it('is found though lists do not show it yet, by another event of it', async () => {
    await money.play(paid('pi_g'));
    await money.sandbox.fault('zoho-books', { lagMs: 600_000 });
    await money.play(eventOf('refund.created', refundOf('pi_g', 're_g')));
    const parts = [refundOf('pi_g', 're_g'), refundOf('pi_g', 're_g2', { amount: 500 })];
    await money.play(refunded('pi_g', ...parts));
    await money.sandbox.fault('zoho-books', null);
    expect(await creditOf('re_g')).toEqual([settled(3_000)]);
    expect(await creditOf('re_g2')).toEqual([settled(500)]);
  });

  it('waits on the shelf until somebody chooses the account, and then goes on', async () => {
    await money.play(paid('pi_h'));
    money.set({ account: '' });
    await money.play(eventOf('refund.created', refundOf('pi_h', 're_h')));
    expect((await money.runs()).at(-1)).toMatchObject({ state: 'shelved', error: { field: 'account' } });
    money.set({ account: STRIPE });
    await money.replayShelved();
    expect(await creditOf('re_h')).toEqual([settled(3_000)]);
    expect(await money.unfinished()).toEqual([]);
  });
});

describe('what the settings say', () => {
  it('a credit note alone leaves the credit to whoever keeps the books', async () => {
    money.set({ refunds: 'creditNote', account: '' });
    await money.play(paid('pi_i'));
    await money.play(eventOf('refund.created', refundOf('pi_i', 're_i')));
    expect(await creditOf('re_i')).toEqual([{ total: 3_000, left: 3_000, refunded: [] }]);
  });

  it('what was noted while comments were wished stays a comment, and what comes then does not', async () => {
    money.set({ refunds: 'comment' });
    await money.play(paid('pi_j', { amount: 8_000, amount_received: 8_000 }));
    const old = refundOf('pi_j', 're_j1', { amount: 1_000 });
    await money.play(eventOf('refund.created', old));
    expect(await creditOf('re_j1')).toEqual([]);
    money.set({ refunds: 'refund' });
    await money.play(refunded('pi_j', old, refundOf('pi_j', 're_j2', { amount: 700 })));
    expect(await creditOf('re_j1', 're_j2')).toEqual([settled(700)]);
  });

  it('all that went back in all, of which nobody knows the parts, stays a comment', async () => {
    await money.play(paid('pi_k'));
    await money.play(
      eventOf('charge.refunded', {
        ...(refunded('pi_k').data.object as object),
        id: 'ch_pi_k',
        refunds: undefined,
      }),
    );
    expect(await creditOf('ch_pi_k:3000')).toEqual([]);
    expect(await money.comments('pi_k')).toHaveLength(1);
  });
});

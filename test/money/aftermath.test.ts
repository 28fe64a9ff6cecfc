import { again, DAY, disputed, MONDAY, orders, paid, refunded, refundOf } from './events.ts';
import { eventOf, type Money, openMoney } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());

const lastRun = async () => (await money.runs()).at(-1);

describe('a refund is noted on its invoice in its state', () => {
  it('that it is pending, then that it went back', async () => {
    await money.play(paid('pi_p', { amount: 8_000, amount_received: 8_000 }));
    await money.play(eventOf('refund.created', refundOf('pi_p', 're_p', { status: 'pending' })));
    expect(await money.comments('pi_p')).toEqual([
      expect.stringMatching(/rien n’est encore reparti \(re_p, en attente\)/),
    ]);
    expect(await lastRun()).toMatchObject({
      summary: { fr: expect.stringContaining('Rien n’est reparti, 1 en attente') },
    });
    await money.play(eventOf('refund.updated', refundOf('pi_p', 're_p')));
    expect((await money.comments('pi_p')).at(-1)).toBe(
      'Remboursement Stripe de 30,00 € le 3 novembre 2026 (re_p).',
    );
  });

  it('that it failed after it seemed to have gone back, and that nothing went back', async () => {
    await money.play(paid('pi_f', { amount: 8_000, amount_received: 8_000 }));
    await money.play(refunded('pi_f', refundOf('pi_f', 're_f')));
    const failed = refundOf('pi_f', 're_f', { status: 'failed', failure_reason: 'expired_or_canceled_card' });
    await money.play(eventOf('charge.refund.updated', failed), eventOf('refund.failed', failed));
    const comments = await money.comments('pi_f');
    expect(comments).toHaveLength(2);
    expect(comments.at(-1)).toMatch(
      /a échoué, rien n’est reparti\u00a0: expired_or_canceled_card \(re_f, échoué\)/,
    );
    // Old news, come late: it does not say again that the money went back.
    await money.play(again(refunded('pi_f', refundOf('pi_f', 're_f'))));
    expect(await money.comments('pi_f')).toEqual(comments);
  });

  it('as Stripe has it by then, whatever the event still says', async () => {
    const { intent, charge } = await money.act({
      act: 'pay',
      email: 'client@exemple.example',
      amountMinor: 9_000,
      currency: 'eur',
    });
    const { refund } = await money.act({ act: 'refund', charge: charge?.id, amountMinor: 3_000 });
    const second = await money.act({
      act: 'refund',
      charge: charge?.id,
      amountMinor: 2_500,
      status: 'pending',
    });
    await money.act({ act: 'end-refund', refund: refund?.id, status: 'failed' });
    await money.play(...(await money.announced()));
    const comments = await money.comments(intent?.id ?? '');
    expect(comments.filter((text) => text.includes(`(${refund?.id}, échoué)`))).toHaveLength(1);
    expect(comments.filter((text) => text.includes(`(${refund?.id})`))).toEqual([]);
    expect(comments.filter((text) => text.includes(`(${second.refund?.id}, en attente)`))).toHaveLength(1);
  });

  it('several of one payment, each once', async () => {
    await money.play(paid('pi_m', { amount: 8_000, amount_received: 8_000 }));
    const parts = ['re_m1', 're_m2', 're_m3'].map((id, index) =>
      refundOf('pi_m', id, { amount: 1_000 + index }),
    );
    await money.play(refunded('pi_m', ...parts));
    await money.playTogether(
      ...parts.map((part) => eventOf('refund.created', part)),
      refunded('pi_m', ...parts),
    );
    expect((await money.comments('pi_m')).map((text) => /re_m\d/.exec(text)?.[0]).toSorted()).toEqual([
      're_m1',
      're_m2',
      're_m3',
    ]);
  });

  it('and the runs are named by the person; the second one had nothing to do', async () => {
    await money.play(
      paid('pi_n', {
        latest_charge: {
          id: 'ch_pi_n',
          object: 'charge',
          billing_details: { name: 'Léa Morel', email: 'lea@exemple.example' },
        },
      }),
    );
    const refund = refundOf('pi_n', 're_n', { amount: 1_250 });
    await money.play(eventOf('refund.created', refund), refunded('pi_n', refund));
    const [first, second] = (await money.runs()).slice(-2);
    expect([first?.label, second?.label]).toEqual(['Léa Morel', 'Léa Morel']);
    expect([first?.state, second?.state]).toEqual(['done', 'skipped']);
    expect(second?.summary).toMatchObject({
      en: expect.stringContaining('Already recorded, nothing to do'),
      fr: expect.stringContaining('Déjà enregistré, rien à faire'),
    });
    expect(second?.steps.find(({ name }) => name === 'refundComment')).toMatchObject({ found: true });
  });
});

describe('what comes before its payment', () => {
  it('is taken up when the payment comes, with no further event', async () => {
    const refund = refundOf('pi_R', 're_R', { amount: 8_000 });
    await money.play(refunded('pi_R', refund), disputed('created', 'pi_R', 'dp_R'));
    expect(await lastRun()).toMatchObject({ state: 'skipped' });
    await money.play(
      paid('pi_R', { amount: 8_000, amount_received: 8_000, receipt_email: 'lea@exemple.example' }),
    );
    const comments = await money.comments('pi_R');
    expect(comments.filter((text) => text.includes('(re_R)'))).toHaveLength(1);
    expect(comments.filter((text) => text.includes('(dp_R, ouvert)'))).toHaveLength(1);
    expect((await money.payments()).filter(({ reference }) => reference === 'pi_R')).toMatchObject([
      { amount: 80 },
    ]);
  });

  it('is told by the same end in every order', async () => {
    for (const [index, order] of orders([0, 1, 2]).entries()) {
      const id = `pi_o${index}`;
      const events = [
        paid(id, { amount: 8_000, amount_received: 8_000 }),
        eventOf('refund.created', refundOf(id, `re_o${index}`, { status: 'pending' })),
        eventOf('refund.failed', refundOf(id, `re_o${index}`, { status: 'failed' })),
      ];
      await money.play(...order.flatMap((place) => events[place] ?? []));
      const texts = await money.comments(id);
      expect([order, texts.filter((text) => text.includes(', échoué)')).length]).toEqual([order, 1]);
      expect(texts.filter((text) => text.includes(`(re_o${index})`))).toEqual([]);
    }
  });

  it('is seen by one of the two when both happen side by side', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `pi_race${index}`);
    await money.playTogether(
      ...ids.flatMap((id) => [
        disputed('funds_withdrawn', id, `dp_${id}`),
        paid(id),
        eventOf('refund.created', refundOf(id, `re_${id}`)),
      ]),
    );
    for (const id of ids) {
      const texts = await money.comments(id);
      expect([id, texts.filter((text) => text.includes(`(re_${id})`)).length]).toEqual([id, 1]);
      expect([id, texts.filter((text) => text.includes(`(dp_${id}, fonds retirés)`)).length]).toEqual([
        id,
        1,
      ]);
    }
  });
});

describe('a dispute is noted on the invoice of its payment', () => {
  it('with its amount, its fee and its id, known by the charge alone', async () => {
    await money.play(paid('pi_P', { currency: 'usd', amount: 25_000, amount_received: 25_000 }));
    const withdrawn = {
      balance_transactions: [{ amount: -25_000, fee: 1_500, net: -26_500, currency: 'usd' }],
    };
    await money.play(disputed('funds_withdrawn', 'pi_P', 'dp_1', withdrawn));
    expect(await lastRun()).toMatchObject({ state: 'done', error: null });
    const texts = await money.comments('pi_P');
    expect(texts.find((text) => text.includes('fonds retirés'))).toMatch(
      /250,00 \$US retirés le \d+ novembre 2026, plus 15,00 \$US de frais \(dp_1, fonds retirés\)/,
    );
    await money.play(
      disputed('funds_reinstated', 'pi_P', 'dp_1', {
        balance_transactions: [
          ...withdrawn.balance_transactions,
          { amount: 25_000, fee: -1_500, net: 26_500 },
        ],
      }),
      disputed('closed', 'pi_P', 'dp_1', { status: 'won' }),
      disputed('updated', 'pi_P', 'dp_1', { status: 'won' }),
    );
    const all = await money.comments('pi_P');
    expect(all.map((text) => /\(dp_1, (.+?)\)/.exec(text)?.[1])).toEqual([
      'ouvert',
      'fonds retirés',
      'fonds rendus',
      'gagné',
    ]);
    expect(await lastRun()).toMatchObject({ state: 'skipped' });
  });

  it('as Stripe plays it, and one that is lost says so', async () => {
    const { intent, charge } = await money.act({
      act: 'pay',
      email: 'litige@exemple.example',
      amountMinor: 6_000,
      currency: 'eur',
      at: MONDAY,
    });
    const { dispute } = await money.act({ act: 'dispute', charge: charge?.id, at: MONDAY + DAY });
    for (const turn of ['withdrawn', 'lost'])
      await money.act({ act: 'turn-dispute', dispute: dispute?.id, turn, at: MONDAY + 2 * DAY });
    await money.play(...(await money.announced()).toReversed());
    const texts = await money.comments(intent?.id ?? '');
    expect(texts.find((text) => text.includes(`(${dispute?.id}, perdu)`))).toContain(
      'l’argent reste au payeur',
    );
    expect((await money.payments()).filter(({ reference }) => reference === intent?.id)).toMatchObject([
      { amount: 60 },
    ]);
  });

  it('of a payment that is not in Books is kept, and leaves nothing on the shelf', async () => {
    await money.play(disputed('created', 'pi_never', 'dp_never'));
    expect(await lastRun()).toMatchObject({
      state: 'skipped',
      summary: { fr: expect.stringContaining('n’est pas dans Zoho Books') },
    });
  });
});

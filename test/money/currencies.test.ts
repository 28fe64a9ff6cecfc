import { MONDAY, paid } from './events.ts';
import { type Money, openMoney } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ noteInCrm: true });
});
afterAll(() => money.close());

/** As Stripe counts each, as it is, and as it is written in French and in English. */
const AMOUNTS = [
  ['ugx', 500_000, 5_000, '5 000 UGX', 'UGX 5,000'],
  ['isk', 129_900, 1_299, '1 299 ISK', 'ISK 1,299'],
  ['jpy', 4_500, 4_500, '4 500 JPY', 'JP¥4,500'],
  ['kwd', 12_340, 12.34, '12,340 KWD', 'KWD 12.340'],
  ['xpf', 1_500, 1_500, '1 500 FCFP', 'CFPF 1,500'],
  ['huf', 250_000, 2_500, '2 500,00 HUF', 'HUF 2,500.00'],
  ['eur', 4_900, 49, '49,00 €', '€49.00'],
] as const;

it.each(AMOUNTS)(
  '%s is the same in Books, in the note and in the log',
  async (currency, minor, major, fr, en) => {
    const [contact] = ((await money.sandbox.state('zoho-crm')).Contacts ?? []).filter((row) => row.Email);
    const email = String(contact?.Email ?? 'noemie@exemple.example');
    const id = `pi_${currency}`;
    await money.play(
      paid(id, { currency, amount: minor, amount_received: minor, receipt_email: email }, MONDAY),
    );
    const booked = (await money.payments()).filter(({ reference }) => reference === id);
    expect(booked).toMatchObject([{ amount: major, currency: currency.toUpperCase() }]);
    const run = (await money.runs()).at(-1);
    expect(run).toMatchObject({
      state: 'done',
      summary: { fr: expect.stringContaining(fr), en: expect.stringContaining(en) },
    });
    const note = (await money.ledger('zoho-crm')).findLast(
      ({ object, record }) => object === 'note' && JSON.stringify(record).includes(id),
    );
    expect(note?.record.Note_Title).toContain(fr);
  },
);

import { type Money, openMoney } from './rig.ts';

const STRIPE = '48760000000000305';
const COSTS = '48760000000000313';

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());

/** What booking a payment asks of vendors: of somebody new, and of somebody whom Books knows. */
const NEW = [
  'GET payment_intents/…',
  'GET contacts',
  'GET settings/currencies',
  'POST contacts',
  'GET contacts/…',
  'GET invoices',
  'POST invoices',
  'POST invoices/…/status/sent',
  'POST customerpayments',
];
const KNOWN = NEW.filter(
  (call) => !['GET settings/currencies', 'POST contacts', 'GET contacts/…'].includes(call),
);

/** Payments of one payer, the first and the next, under these settings. */
async function callsOf(name: string, settings: Record<string, unknown>): Promise<string[][]> {
  money.set(settings);
  const calls: string[][] = [];
  for (let nth = 0; nth < 2; nth += 1) {
    await money.act({ act: 'pay', email: `${name}@exemple.example`, amountMinor: 4_900, currency: 'eur' });
    await money.play(...(await money.announced()));
    calls.push(await money.calls());
  }
  return calls;
}

it('booking a payment asks no more of vendors than it takes, whatever becomes of refunds and fees', async () => {
  expect(await callsOf('plain', {})).toEqual([NEW, KNOWN]);
  const all = { refunds: 'refund', fees: 'bankCharges', account: STRIPE, feeAccount: COSTS };
  expect(await callsOf('all', all)).toEqual([NEW, KNOWN]);
});

/** The same with these calls before one of them. */
const asking = (calls: readonly string[], before: string, ...more: readonly string[]): string[] =>
  calls.flatMap((call) => (call === before ? [...more, call] : [call]));

it('lines and invoices that Books sent are asked for where they are wished, and only then', async () => {
  const asks = { refunds: 'comment', fees: 'none', account: '', feeAccount: '' };
  const lines = ['GET invoice_payments'];
  expect(await callsOf('lines', { ...asks, lines: true })).toEqual([
    asking(NEW, 'GET invoices', ...lines),
    asking(KNOWN, 'GET invoices', ...lines),
  ]);
  expect(await callsOf('named', { ...asks, lines: false, settles: 'named' })).toEqual([NEW, KNOWN]);
  expect(await callsOf('asked', { ...asks, settles: 'asked' })).toEqual([
    asking(NEW, 'GET contacts', 'GET contacts'),
    asking(KNOWN, 'GET contacts', 'GET contacts', 'GET invoices'),
  ]);
});

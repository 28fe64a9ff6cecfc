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

it('of an invoice that a payment pays only what that takes is asked', async () => {
  money.set({ refunds: 'comment', fees: 'none', lines: true, settles: 'none' });
  const lines = [{ description: 'Places', amountMinor: 4_900, taxPercent: 20 }];
  const email = 'lignes@exemple.example';
  const invoice = await money.act<never>({ act: 'invoice', email, currency: 'eur', lines });
  await money.act({ act: 'pay-invoice', invoice: (invoice as { id: string }).id });
  await money.play(...(await money.announced()).filter(({ type }) => type === 'payment_intent.succeeded'));
  const document = ['GET invoice_payments', 'GET invoices/…', 'GET settings/taxes'];
  expect(await money.calls()).toEqual(asking(NEW, 'GET invoices', ...document));
  money.set({ lines: false, settles: 'asked' });
  const { contact } = await money.inBooks('POST', '/contacts', {
    contact_name: 'Client nommé',
    contact_persons: [{ email: 'nomme@exemple.example', is_primary_contact: true }],
  });
  const made = await money.inBooks('POST', '/invoices', {
    customer_id: contact?.contact_id,
    line_items: [{ name: 'Prestation', rate: 49, quantity: 1 }],
  });
  await money.inBooks('POST', `/invoices/${made.invoice?.invoice_id}/status/sent`);
  const wish = { act: 'pay', email: 'nomme@exemple.example', amountMinor: 4_900, currency: 'eur' };
  await money.act({ ...wish, metadata: { invoice_number: made.invoice?.invoice_number } });
  await money.play(...(await money.announced()));
  expect(await money.calls()).toEqual([
    'GET payment_intents/…',
    'GET invoices',
    'GET contacts',
    'GET invoices/…',
    'GET invoices/…/payments',
    'GET invoices/…',
    'POST customerpayments',
  ]);
});

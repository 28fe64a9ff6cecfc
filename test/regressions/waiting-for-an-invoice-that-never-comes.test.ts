import { zohoBooks } from '../../server/connectors/zoho-books/connector.ts';
import { stripePaymentToBooks } from '../../server/flows/stripe-payment-to-books/flow.ts';
import { type Money, openMoney } from '../money/rig.ts';

interface Played {
  readonly subscription: {
    readonly id: string;
    readonly items: { readonly data: readonly { readonly current_period_end: number }[] };
  };
}

let money: Money;
let isThere: (what: string) => Promise<boolean> | undefined;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles' });
  const books = await money.sandbox.connect(zohoBooks);
  isThere = (what) => stripePaymentToBooks.isThere?.(what, { client: () => books.client } as never);
});
afterAll(() => money.close());

const told = async (): Promise<void> => money.play(...(await money.announced()));

it('a payment that waits for the invoice of a recurring one which was stopped meanwhile waits no longer, and has one of its own', async () => {
  const email = 'resilie@exemple.example';
  const items = [{ name: 'Hébergement', amountMinor: 2_490 }];
  const { subscription } = await money.act<never>({ act: 'subscribe', email, items });
  const { id, items: held } = subscription as Played['subscription'];
  await told();
  // Stripe is paid before Books has come to the day.
  const at = held.data[0]?.current_period_end;
  await money.act({ act: 'renew-subscription', subscription: id, at });
  await told();
  const waiting = await money.unfinished();
  const what = (waiting[0]?.error as { waitsFor?: string } | null | undefined)?.waitsFor ?? '';
  expect(await isThere(what)).toBe(false);

  await money.act({ act: 'cancel-subscription', subscription: id, atEnd: false });
  await told();
  expect(await isThere(what)).toBe(true);
  await money.replayShelved();
  expect(await money.unfinished()).toEqual([]);
  const paid = (await money.invoices()).filter((row) => row.paidMinor === 2_490);
  expect(paid.filter((row) => row.recurring_invoice_id === undefined)).toHaveLength(1);
});

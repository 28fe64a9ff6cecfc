import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { credit } from './balance.ts';
import { newCharge } from './charge-object.ts';
import { newCustomer } from './customer-object.ts';
import { emit } from './events.ts';
import { newPaymentIntent } from './payment-intent-object.ts';
import { stripeTables } from './rows.ts';

export interface PaymentWish {
  /** The paying customer by id; else by e-mail. With neither, a guest pays. */
  readonly customerId?: string;
  /** Of a customer that Stripe does not have yet, one is created first. */
  readonly email?: string;
  /** Name for a customer that is created. */
  readonly name?: string;
  /** In the currency's minor units as Stripe counts them: 4990 JPY are 4,990 yen; 4990 KWD are 4.990 dinars. */
  readonly amountMinor: number;
  /** ISO 4217, in either case. */
  readonly currency: string;
  readonly description?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface Paid {
  readonly intent: Stripe.PaymentIntent;
  readonly charge: Stripe.Charge;
  readonly customer: Stripe.Customer | null;
  /** Ids of the events, in the order sent. */
  readonly events: readonly string[];
}

/**
 * A card payment by a person at the merchant's checkout: payment intent and charge, both succeeded, and
 * their events `charge.succeeded` and `payment_intent.succeeded`.
 *
 * @throws Error for an unknown customer or an amount that is no positive whole number.
 */
export function pay(desk: VendorDesk, wish: PaymentWish): Paid {
  const events: string[] = [];
  const customer = payerOf(desk, wish, events);
  const made = settle(desk, wish, customer);
  const paid = { ...made, charge: credit(desk, made.charge) };
  events.push(emit(desk, { type: 'charge.succeeded', object: paid.charge }));
  events.push(emit(desk, { type: 'payment_intent.succeeded', object: paid.intent }));
  return { ...paid, customer, events };
}

/** The records of a payment, without its events; its money is not on the balance yet. */
export function settle(
  desk: VendorDesk,
  wish: PaymentWish,
  customer: Stripe.Customer | null,
): Pick<Paid, 'intent' | 'charge'> {
  const { amountMinor: amount, description = null, metadata = {} } = wish;
  if (!Number.isSafeInteger(amount) || amount <= 0)
    throw new Error('A payment needs an amount in whole minor units above 0.');
  const tables = stripeTables(desk);
  const intent = newPaymentIntent(desk, {
    customer,
    amount,
    currency: wish.currency.toLowerCase(),
    description,
    receiptEmail: customer?.email ?? wish.email ?? null,
    metadata: { ...metadata },
  });
  const payer = customer ?? {
    email: wish.email ?? null,
    name: wish.name ?? null,
    phone: null,
    address: null,
  };
  const charge = newCharge(desk, intent, payer);
  intent.latest_charge = charge.id;
  tables.charges.put(charge.id, charge);
  tables.paymentIntents.put(intent.id, intent);
  return { intent, charge };
}

function payerOf(desk: VendorDesk, wish: PaymentWish, events: string[]): Stripe.Customer | null {
  const { customers } = stripeTables(desk);
  if (wish.customerId !== undefined) {
    const known = customers.get(wish.customerId);
    if (!known) throw new Error(`Stripe has no customer ${wish.customerId}.`);
    return known;
  }
  const { email, name } = wish;
  return email === undefined
    ? null
    : newPayer(desk, { email, ...(name === undefined ? {} : { name }) }, events);
}

/** The newest customer with an address, made where there is none; event `customer.created`. */
export function newPayer(
  desk: VendorDesk,
  { email, name = null }: { readonly email: string; readonly name?: string | undefined | null },
  events: string[] = [],
): Stripe.Customer {
  const { customers } = stripeTables(desk);
  const known = customers
    .all()
    .reverse()
    .find((customer) => customer.email === email);
  if (known) return known;
  const customer = newCustomer(desk, { email, name });
  customers.put(customer.id, customer);
  events.push(emit(desk, { type: 'customer.created', object: customer }));
  return customer;
}

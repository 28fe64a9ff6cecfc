import { accounts, contacts, products } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { newCustomer } from './customer-object.ts';
import { newInvoice } from './invoice-object.ts';
import { payInvoice, sendInvoice } from './invoices.ts';
import { pay } from './pay.ts';
import { refund } from './refund.ts';
import { stripeTables } from './rows.ts';
import { newSubscription } from './subscription-object.ts';

/** Past payments by contact of the company: minor units, and how many days ago. */
const PAYMENTS = [
  { contact: 'noémie', amount: 240_000, currency: 'eur', product: 'LOGO', daysAgo: 190 },
  { contact: 'haruka', amount: 180_000, currency: 'jpy', product: 'PHOTO-J', daysAgo: 160 },
  { contact: 'urs', amount: 115_000, currency: 'chf', product: 'SEO-AUD', daysAgo: 120 },
  { contact: 'madison', amount: 249_999, currency: 'usd', product: 'FORM-2J', daysAgo: 95 },
  { contact: 'karim', amount: 144_000, currency: 'eur', product: 'MAINT-12', daysAgo: 60 },
] as const;

const SUBSCRIBER = 'gaëlle';
const INVOICED = 'hélène';

/** The company's customers with a history that ended more than 30 days ago, so that no listed event tells of it. */
export function seed(desk: VendorDesk): void {
  const { customers } = stripeTables(desk);
  const ids = new Map<string, string>();
  contacts.forEach(({ key, account, firstName, lastName, email, phone, mobile }, index) => {
    if (email === null) return;
    const home = accounts.find((one) => one.key === account)?.address;
    const customer = newCustomer(daysAgo(desk, 400 - index), {
      email,
      name: [firstName, lastName].filter(Boolean).join(' '),
      phone: phone ?? mobile,
      address: home
        ? {
            city: home.city,
            country: home.countryCode,
            line1: home.street,
            line2: null,
            postal_code: home.zip,
            state: null,
          }
        : null,
      preferred_locales: home?.countryCode === 'FR' ? ['fr'] : [],
    });
    customers.put(customer.id, customer);
    ids.set(key, customer.id);
  });
  const idOf = (contact: string): string => ids.get(contact) ?? '';

  for (const { contact, amount, currency, product, daysAgo: days } of PAYMENTS) {
    const then = daysAgo(desk, days);
    const wish = { customerId: idOf(contact), amountMinor: amount, currency, description: nameOf(product) };
    const { charge } = pay(then, wish);
    if (contact === 'madison') refund(daysAgo(desk, days - 5), { charge: charge.id, amountMinor: 50_000 });
  }
  subscribe(daysAgo(desk, 45), idOf(SUBSCRIBER));
  sendInvoice(daysAgo(desk, 40), {
    customerId: idOf(INVOICED),
    amountMinor: 115_000,
    currency: 'eur',
    description: nameOf('SEO-AUD'),
  });
}

function subscribe(desk: VendorDesk, customerId: string): void {
  const { customers, subscriptions, invoices } = stripeTables(desk);
  const customer = customers.get(customerId);
  if (!customer) return;
  const nickname = nameOf('HEBERG-M');
  const hosting = { amount: 2490, nickname, product: desk.id('prod_', 14) };
  const currency = 'eur';
  const subscription = newSubscription(desk, {
    customer,
    currency,
    description: nickname,
    items: [{ ...hosting, quantity: 1, interval: 'month', every: 1 }],
  });
  const item = subscription.items.data[0];
  if (!item) return;
  const invoice = newInvoice(desk, {
    customer,
    amount: hosting.amount,
    currency,
    description: `1 × ${hosting.nickname}`,
    bills: { subscription: subscription.id, item: item.id },
    price: { price: item.price.id, product: hosting.product },
    period: { start: item.current_period_start, end: item.current_period_end },
  });
  subscriptions.put(subscription.id, { ...subscription, latest_invoice: invoice.id });
  customers.put(customer.id, {
    ...customer,
    next_invoice_sequence: (customer.next_invoice_sequence ?? 1) + 1,
  });
  invoices.put(invoice.id, invoice);
  payInvoice(desk, { invoiceId: invoice.id });
}

/** The desk as it was: an earlier clock, and nothing is sent to anyone. */
function daysAgo(desk: VendorDesk, days: number): VendorDesk {
  const clock = (): Date => new Date(desk.clock().getTime() - days * 86_400_000);
  return { ...desk, clock, deliver: () => undefined };
}

function nameOf(code: string): string {
  return products.find((product) => product.code === code)?.name ?? code;
}

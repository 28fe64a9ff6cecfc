import type Stripe from 'stripe';
import { numberIn, textIn, textsIn, type Values, valuesIn } from './parameters.ts';
import { badParameter } from './refusal.ts';

const TAX_EXEMPT = ['none', 'exempt', 'reverse'] as const;

/** The customer with the parameters of a creation or an update applied; what is not named stays. */
export function changeCustomer(before: Stripe.Customer, values: Values): Stripe.Customer {
  const customer: Stripe.Customer = { ...before };
  for (const name of ['description', 'email', 'name', 'phone'] as const) {
    const value = textIn(values, name);
    if (value !== undefined) customer[name] = value;
  }
  for (const name of ['business_name', 'individual_name'] as const) {
    const value = textIn(values, name);
    if (value) customer[name] = value;
    else if (value === null) delete customer[name];
  }
  if (customer.email !== null && !/^[^\s@]+@[^\s@]+$/.test(customer.email))
    throw badParameter('email', 'email_invalid', `Invalid email address: ${customer.email}`);
  if ('tax_exempt' in values) customer.tax_exempt = taxExempt(textIn(values, 'tax_exempt'));
  customer.balance = numberIn(values, 'balance') ?? customer.balance;
  customer.next_invoice_sequence =
    numberIn(values, 'next_invoice_sequence') ?? customer.next_invoice_sequence ?? 1;
  customer.invoice_prefix = invoicePrefix(values) ?? customer.invoice_prefix ?? null;
  customer.preferred_locales = [
    ...(textsIn(values, 'preferred_locales') ?? customer.preferred_locales ?? []),
  ];
  const address = valuesIn(values, 'address');
  if (address !== undefined) customer.address = address && addressOf(address);
  const shipping = valuesIn(values, 'shipping');
  if (shipping !== undefined) customer.shipping = shipping && shippingOf(shipping);
  customer.metadata = mergedMetadata(before.metadata, valuesIn(values, 'metadata'));
  return customer;
}

/** Null empties; an empty value takes its name away; the rest is laid over what was there. */
function mergedMetadata(before: Stripe.Metadata, given: Values | null | undefined): Stripe.Metadata {
  if (given === undefined) return before;
  if (given === null) return {};
  const merged: Stripe.Metadata = { ...before };
  for (const [name, value] of Object.entries(given)) {
    if (value === '') delete merged[name];
    else merged[name] = String(value);
  }
  return merged;
}

function addressOf(given: Values): Stripe.Address {
  const part = (name: string): string | null => textIn(given, name) ?? null;
  return {
    city: part('city'),
    country: part('country'),
    line1: part('line1'),
    line2: part('line2'),
    postal_code: part('postal_code'),
    state: part('state'),
  };
}

function shippingOf(given: Values): Stripe.Customer.Shipping {
  const phone = textIn(given, 'phone');
  return {
    address: addressOf(valuesIn(given, 'address') ?? {}),
    name: textIn(given, 'name') ?? '',
    ...(phone ? { phone } : {}),
  };
}

function taxExempt(value: string | null | undefined): 'none' | 'exempt' | 'reverse' {
  if (value === null || value === undefined) return 'none';
  const known = TAX_EXEMPT.find((one) => one === value);
  if (known) return known;
  throw badParameter(
    'tax_exempt',
    'parameter_invalid',
    `Invalid tax_exempt: must be one of ${TAX_EXEMPT.join(', ')}`,
  );
}

function invoicePrefix(values: Values): string | undefined {
  const prefix = textIn(values, 'invoice_prefix');
  if (!prefix) return undefined;
  if (/^[A-Z0-9]{3,12}$/.test(prefix)) return prefix;
  throw badParameter(
    'invoice_prefix',
    'parameter_invalid',
    'An invoice prefix is 3 to 12 capital letters or digits.',
  );
}

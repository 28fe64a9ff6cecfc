import type Stripe from 'stripe';
import type { VendorDesk } from '../core/simulator.ts';
import { secondsNow } from './rows.ts';

/** A new customer of whom nothing is known but what is given. */
export function newCustomer(
  desk: VendorDesk,
  given: Partial<
    Pick<Stripe.Customer, 'email' | 'name' | 'phone' | 'address' | 'preferred_locales' | 'created'>
  >,
): Stripe.Customer {
  return {
    id: desk.id('cus_', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: secondsNow(desk),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: desk.id('', 8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
    ...given,
  };
}

import type Stripe from 'stripe';
import { vendorCall } from '../../core/vendor-call.ts';

/** Stripe shows at most this many in one page; a card shows fewer. */
const PAGE = 100;
/** Bounds what a lifetime value is summed up from: 1,000 payments of one customer. */
const MOST_CHARGES = 10 * PAGE;

export interface NewCustomer {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What can be asked and told of customers. */
export function customerCalls(stripe: Stripe) {
  return {
    /** Customers with exactly this address, newest first: Stripe tells capitals apart. */
    async customersByEmail(email: string): Promise<Stripe.Customer[]> {
      return (await vendorCall(() => stripe.customers.list({ email, limit: 10 }))).data;
    },

    /** Newest first; `complete`: false when there are more than are summed up. */
    async chargesOf(customer: string): Promise<{ charges: Stripe.Charge[]; complete: boolean }> {
      const charges = await vendorCall(() =>
        stripe.charges.list({ customer, limit: PAGE }).autoPagingToArray({ limit: MOST_CHARGES }),
      );
      return { charges, complete: charges.length < MOST_CHARGES };
    },

    /** Every one that is not over, newest first. */
    async subscriptionsOf(customer: string): Promise<Stripe.Subscription[]> {
      return (await vendorCall(() => stripe.subscriptions.list({ customer, limit: PAGE }))).data;
    },

    async openInvoicesOf(customer: string): Promise<Stripe.Invoice[]> {
      return (await vendorCall(() => stripe.invoices.list({ customer, status: 'open', limit: PAGE }))).data;
    },

    /** A repeat with the same key is given the same customer for at least a day: look by address before. */
    async createCustomer(
      { name, email, phone, metadata }: NewCustomer,
      key: string,
    ): Promise<{ id: string }> {
      const wish = {
        ...(name === null ? {} : { name }),
        ...(email === null ? {} : { email }),
        ...(phone === null ? {} : { phone }),
        metadata: { ...metadata },
      };
      const { id } = await vendorCall(() => stripe.customers.create(wish, { idempotencyKey: key }));
      return { id };
    },
  };
}

import type Stripe from 'stripe';
import { changeCustomer } from './customer-change.ts';
import { newCustomer } from './customer-object.ts';
import { emit } from './events.ts';
import { matches, readOperations } from './listing.ts';
import type { Call, Operation } from './operation.ts';
import type { Spec } from './parameters.ts';
import { missing } from './refusal.ts';
import { stripeTables } from './rows.ts';

const address: Spec = {
  city: 'text',
  country: 'text',
  line1: 'text',
  line2: 'text',
  postal_code: 'text',
  state: 'text',
};

const written: Spec = {
  address,
  balance: 'integer',
  business_name: 'text',
  cash_balance: 'unsimulated',
  description: 'text',
  email: 'text',
  individual_name: 'text',
  invoice_prefix: 'text',
  invoice_settings: 'unsimulated',
  metadata: 'metadata',
  name: 'text',
  next_invoice_sequence: 'integer',
  phone: 'text',
  preferred_locales: 'texts',
  shipping: { address, name: 'text', phone: 'text' },
  source: 'unsimulated',
  tax: 'unsimulated',
  tax_exempt: 'text',
  validate: 'unsimulated',
};

const expandable = ['subscriptions'];

/** https://docs.stripe.com/api/customers */
export const customerOperations: readonly Operation[] = [
  ...readOperations<Stripe.Customer>({
    path: '/v1/customers',
    noun: 'customer',
    table: (desk) => stripeTables(desk).customers,
    filters: { email: 'text', test_clock: 'unsimulated' },
    // The e-mail is matched exactly, capitals included, as Stripe documents it.
    keeps: (customer, values) => matches(customer, values, ['email']),
  }),
  {
    method: 'POST',
    path: '/v1/customers',
    parameters: {
      ...written,
      payment_method: 'unsimulated',
      tax_id_data: 'unsimulated',
      test_clock: 'unsimulated',
    },
    expandable,
    run(call) {
      const customer = changeCustomer(newCustomer(call.desk, {}), call.values);
      commit(call, customer, 'create', 'POST /v1/customers');
      emit(call.desk, { type: 'customer.created', object: customer, cause: call });
      return customer;
    },
  },
  {
    method: 'POST',
    path: '/v1/customers/{id}',
    parameters: { ...written, default_source: 'unsimulated' },
    expandable,
    run(call) {
      const before = stripeTables(call.desk).customers.get(call.id);
      if (!before) throw missing('customer', call.id);
      const customer = changeCustomer(before, call.values);
      const previous = changed(before, customer);
      if (Object.keys(previous).length === 0) return before;
      commit(call, customer, 'update', 'POST /v1/customers/{id}');
      emit(call.desk, { type: 'customer.updated', object: customer, previous, cause: call });
      return customer;
    },
  },
];

function commit(
  { desk, idempotencyKey }: Call,
  customer: Stripe.Customer,
  action: 'create' | 'update',
  operation: string,
): void {
  stripeTables(desk).customers.put(customer.id, customer);
  desk.wrote({
    operation,
    object: 'customer',
    id: customer.id,
    action,
    marker: idempotencyKey,
    record: customer,
  });
}

/** Members of `before` that are other in `after`. */
function changed(before: object, after: object): object {
  const now = new Map<string, unknown>(Object.entries(after));
  const differing = Object.entries(before).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(now.get(name)),
  );
  return Object.fromEntries(differing);
}

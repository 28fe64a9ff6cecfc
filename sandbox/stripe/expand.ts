import type { VendorDesk } from '../core/simulator.ts';
import { shownBalance } from './balance.ts';
import { StripeRefusal } from './refusal.ts';
import { stripeTables } from './rows.ts';

/** How many of a list an object carries; the rest is asked for at the list's own address. */
const CARRIED = 10;

type Tables = ReturnType<typeof stripeTables>;
type Found = (tables: Tables, id: string, desk: VendorDesk) => object | undefined;
/** The object that a balance transaction is of, by how its id begins. */
function sourceOf(tables: Tables, id: string, desk: VendorDesk): object | undefined {
  const held: Readonly<Record<string, Found>> = {
    ch: (own, one) => own.charges.get(one),
    re: (own, one) => own.refunds.get(one),
    dp: (own, one) => own.disputes.get(one),
    po: (own, one) => own.payouts.get(one),
  };
  return held[id.split('_', 1)[0] ?? '']?.(tables, id, desk);
}

type Members = { [name: string]: unknown };

/** Members that hold an id until they are asked for, and where the object is found. */
const REFERENCES: Readonly<Record<string, Found>> = {
  customer: (tables, id) => tables.customers.get(id),
  latest_charge: (tables, id) => tables.charges.get(id),
  charge: (tables, id) => tables.charges.get(id),
  payment_intent: (tables, id) => tables.paymentIntents.get(id),
  invoice: (tables, id) => tables.invoices.get(id),
  latest_invoice: (tables, id) => tables.invoices.get(id),
  subscription: (tables, id) => tables.subscriptions.get(id),
  balance_transaction: (tables, id, desk) => {
    const row = tables.balance.get(id);
    return row && shownBalance(desk)(row);
  },
  source: sourceOf,
  coupon: (tables, id) => {
    const row = tables.coupons.get(id);
    if (row === undefined) return undefined;
    const { applies_to: _includable, ...shown } = row;
    return shown;
  },
  discounts: (tables, id) => tables.discounts.get(id),
};

/** Members that an object has only when they are asked for, and then only where it has one. */
const INCLUDABLE: Readonly<Record<string, Found>> = {
  'coupon.applies_to': (tables, id) => tables.coupons.get(id)?.applies_to,
  'coupon.currency_options': (tables, id) => tables.coupons.get(id)?.currency_options,
};

/** Lists that an object has only when they are asked for: `object.member`. */
const INCLUDED: Readonly<Record<string, (tables: Tables, id: string) => { url: string; data: object[] }>> = {
  'invoice.payments': (tables, id) => ({
    url: `/v1/invoice_payments?invoice=${id}`,
    data: tables.invoicePayments.all().filter(({ invoice }) => invoice === id),
  }),
  'charge.refunds': (tables, id) => ({
    url: `/v1/charges/${id}/refunds`,
    data: tables.refunds
      .all()
      .filter(({ charge }) => charge === id)
      .reverse(),
  }),
  'customer.subscriptions': (tables, id) => ({
    url: `/v1/customers/${id}/subscriptions`,
    data: tables.subscriptions.all().filter(({ customer }) => customer === id),
  }),
};

/** The answer with each path (`data.latest_charge`) expanded, up to four levels deep. https://docs.stripe.com/api/expanding_objects */
export function expanded(desk: VendorDesk, answer: object, paths: readonly string[]): object {
  const copy: Members = structuredClone({ ...answer });
  for (const path of paths) {
    const segments = path.split('.');
    const levels = segments.filter((segment) => segment !== 'data').length;
    if (levels > 4) throw notExpandable(path);
    walk(desk, copy, segments, path);
  }
  return copy;
}

function walk(desk: VendorDesk, here: Members, segments: readonly string[], path: string): void {
  const tables = stripeTables(desk);
  const [segment, ...rest] = segments;
  if (segment === undefined) return;
  const included = INCLUDED[`${String(here.object)}.${segment}`];
  const find = REFERENCES[segment];
  const value = here[segment];
  if (included && value === undefined) {
    const { url, data } = included(tables, String(here.id));
    here[segment] = structuredClone({
      object: 'list',
      has_more: data.length > CARRIED,
      url,
      data: data.slice(0, CARRIED),
    });
  } else if (INCLUDABLE[`${String(here.object)}.${segment}`]) {
    const own = INCLUDABLE[`${String(here.object)}.${segment}`]?.(tables, String(here.id), desk);
    if (own !== undefined) here[segment] = structuredClone(own);
    return;
  } else if (find && Array.isArray(value)) {
    here[segment] = value.map((id) =>
      typeof id === 'string' ? structuredClone(find(tables, id, desk) ?? id) : id,
    );
  } else if (find && typeof value === 'string') {
    here[segment] = find(tables, value, desk) ?? value;
  } else if (value === undefined || (rest.length === 0 && !find && !included)) {
    throw notExpandable(path);
  }
  const next = here[segment];
  if (rest.length === 0) return;
  if (Array.isArray(next)) for (const item of next) walk(desk, item, rest, path);
  else if (typeof next === 'object' && next !== null) walk(desk, next as Members, rest, path);
}

export function notExpandable(path: string): StripeRefusal {
  return new StripeRefusal(400, {
    type: 'invalid_request_error',
    message: `This property cannot be expanded (${path}).`,
  });
}

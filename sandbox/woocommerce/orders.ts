import { changeOrder, makeOrder, refundOrder, removeOrder, STATUSES } from './change-order.ts';
import type { Call, Operation } from './operation.ts';
import { localText, orderView, refundView } from './order-view.ts';
import { choiceOf, paged } from './query.ts';
import { invalid, noOrder } from './refusal.ts';
import { gmtText, type OrderRow, wooTables } from './rows.ts';

const held = ({ desk, path }: Call): OrderRow => {
  const row = wooTables(desk).orders.get(path.id ?? '');
  if (!row) throw noOrder();
  return row;
};

/** https://woocommerce.github.io/woocommerce-rest-api-docs/#orders */
export const orderOperations: readonly Operation[] = [
  { method: 'GET', path: '/orders', run: (call) => paged(chosen(call), call.query, '/orders', orderView) },
  {
    method: 'POST',
    path: '/orders',
    run: ({ desk, body }) => ({ status: 201, body: orderView(makeOrder(desk, body)) }),
  },
  { method: 'GET', path: '/orders/{id}', run: (call) => ({ body: orderView(held(call)) }) },
  {
    method: 'PUT',
    path: '/orders/{id}',
    run: (call) => ({ body: orderView(changeOrder(call.desk, held(call), call.body)) }),
  },
  {
    method: 'DELETE',
    path: '/orders/{id}',
    run: (call) => ({
      body: orderView(removeOrder(call.desk, held(call), call.query.get('force') === 'true')),
    }),
  },
  {
    method: 'GET',
    path: '/orders/{id}/refunds',
    run(call) {
      const { id } = held(call);
      const own = wooTables(call.desk)
        .refunds.all()
        .filter(({ order }) => order === id);
      return paged(own.toReversed(), call.query, `/orders/${id}/refunds`, refundView);
    },
  },
  {
    method: 'POST',
    path: '/orders/{id}/refunds',
    run: (call) => ({ status: 201, body: refundView(refundOrder(call.desk, held(call), call.body)) }),
  },
];

/** Orders that fit a query, in its order. Parameters that the shop does not know are passed over in silence. */
function chosen({ desk, query }: Call): readonly OrderRow[] {
  const statuses = (query.get('status') ?? 'any').split(',');
  const wrong = statuses.find((status) => !['any', 'trash', ...STATUSES].includes(status));
  if (wrong !== undefined)
    throw invalid('status', `status[0] is not one of any, trash, ${STATUSES.join(', ')}.`);
  const included = query.get('include')?.split(',') ?? null;
  if (included?.some((id) => !/^\d+$/.test(id)) === true)
    throw invalid('include', 'include[0] is not of type integer.');
  const by = choiceOf(query, 'orderby', ['date', 'id', 'include', 'title', 'slug', 'modified'], 'date');
  const isUp = choiceOf(query, 'order', ['asc', 'desc'], 'desc') === 'asc';
  const search = (query.get('search') ?? '').toLowerCase();
  const bounds = [
    bound(query, 'modified_after', ({ date_modified_gmt: gmt }, at) => gmt > at),
    bound(query, 'modified_before', ({ date_modified_gmt: gmt }, at) => gmt < at),
    bound(query, 'after', ({ date_created_gmt: gmt }, at) => gmt > at),
    bound(query, 'before', ({ date_created_gmt: gmt }, at) => gmt < at),
  ];
  const isIn = ({ status }: OrderRow): boolean =>
    statuses.includes('any') ? status !== 'trash' && status !== 'auto-draft' : statuses.includes(status);
  const rows = wooTables(desk)
    .orders.all()
    .filter((row) => included === null || included.includes(String(row.id)))
    .filter((row) => isIn(row) && bounds.every((fits) => fits(row)) && wordsOf(row).includes(search));
  const keyOf = (row: OrderRow): string =>
    by === 'modified' ? row.date_modified_gmt : by === 'date' ? row.date_created_gmt : '';
  const sorted = rows.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)) || one.id - other.id);
  return isUp ? sorted : sorted.reverse();
}

const wordsOf = ({ number, billing }: OrderRow): string =>
  [number, ...Object.values(billing)].join(' ').toLowerCase();

/**
 * A bound in time, exclusive and in whole seconds. Without a zone it is the shop's own time of day, or UTC with
 * `dates_are_gmt`. With a zone and that flag the shop turns it into its own time of day, and compares that with UTC.
 */
function bound(
  query: URLSearchParams,
  name: string,
  fits: (row: OrderRow, at: string) => boolean,
): (row: OrderRow) => boolean {
  const text = query.get(name);
  if (text === null) return () => true;
  const [, wall, zone] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  if (wall === undefined || Number.isNaN(Date.parse(`${wall}Z`))) throw invalid(name, 'Invalid date.');
  const moment = zone === undefined ? null : gmtText(new Date(text));
  const isGmt = query.get('dates_are_gmt') === 'true';
  if (isGmt) return (row) => fits(row, moment === null ? wall : (localText(moment) ?? wall));
  if (moment !== null) return (row) => fits(row, moment);
  return (row) => fits(asLocal(row), wall);
}

const asLocal = (row: OrderRow): OrderRow => ({
  ...row,
  date_created_gmt: localText(row.date_created_gmt) ?? '',
  date_modified_gmt: localText(row.date_modified_gmt) ?? '',
});

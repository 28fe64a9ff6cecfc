import type { VendorDesk } from '../core/simulator.ts';
import { isMembers, type Members } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';
import {
  changeProduct,
  changeVariation,
  keepProduct,
  keepVariation,
  makeProduct,
  makeVariation,
} from './change-product.ts';
import type { Call, Operation } from './operation.ts';
import { type ProductRow, productTables, type VariationRow } from './product-rows.ts';
import { productView, variationView } from './product-view.ts';
import { choiceOf, paged } from './query.ts';
import { invalid, WooRefusal } from './refusal.ts';
import { shop } from './shop.ts';

const MOST = 100;
const STATES = ['any', 'future', 'trash', 'draft', 'pending', 'private', 'publish'];

function productAt(desk: VendorDesk, id = ''): ProductRow {
  const row = productTables(desk).products.get(id);
  if (!row) throw new WooRefusal(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
  return row;
}

function variationAt({ desk, path }: Call): VariationRow {
  const row = productTables(desk).variations.get(path.id ?? '');
  if (!row || String(row.product) !== path.product)
    throw new WooRefusal(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.');
  return row;
}

/** Products are shown with the metadata that is asked for, or all of it. */
const withMeta =
  <Row>(query: URLSearchParams, view: (row: Row) => object) =>
  (row: Row): object => {
    const wanted = query.get('include_meta')?.split(',');
    const shown = view(row) as { meta_data: readonly { key: string }[] };
    if (wanted === undefined) return shown;
    return { ...shown, meta_data: shown.meta_data.filter(({ key }) => wanted.includes(key)) };
  };

function chosen<Row extends ProductRow | VariationRow>(rows: readonly Row[], query: URLSearchParams): Row[] {
  const status = choiceOf(query, 'status', STATES, 'any');
  const included = query.get('include')?.split(',') ?? null;
  if (included?.some((id) => !/^\d+$/.test(id)) === true)
    throw invalid('include', 'include[0] is not of type integer.');
  const sku = query.get('sku')?.split(',') ?? null;
  const by = choiceOf(query, 'orderby', ['date', 'id', 'include', 'title', 'slug', 'modified'], 'date');
  const isUp = choiceOf(query, 'order', ['asc', 'desc'], 'desc') === 'asc';
  const keyOf = (row: Row): string =>
    by === 'modified' ? row.date_modified_gmt : by === 'date' ? row.date_created_gmt : '';
  const found = rows
    .filter((row) => (status === 'any' ? row.status !== 'trash' : row.status === status))
    .filter((row) => included === null || included.includes(String(row.id)))
    .filter((row) => sku === null || sku.includes(row.sku))
    .sort((one, other) => keyOf(one).localeCompare(keyOf(other)) || one.id - other.id);
  return isUp ? found : found.reverse();
}

/** A batch succeeds as a whole; what was refused of it stands where its record would. */
function each(id: number, work: () => object): object {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WooRefusal)) throw error;
    const { code, message, data } = error.body as { code: string; message: string; data: object };
    return { id, error: { code, message, data } };
  }
}

function batch({ desk, body }: Call): Reply {
  const asked = (name: string): unknown[] => (Array.isArray(body[name]) ? (body[name] as unknown[]) : []);
  const [created, updated, deleted] = [asked('create'), asked('update'), asked('delete')];
  if (created.length + updated.length + deleted.length > MOST)
    throw new WooRefusal(
      413,
      'woocommerce_rest_request_entity_too_large',
      `Unable to accept more than ${MOST} items for this request.`,
    );
  const fieldsOf = (one: unknown): Members => (isMembers(one) ? one : {});
  return {
    body: {
      create: created.map((one) => each(0, () => productView(desk, makeProduct(desk, fieldsOf(one))))),
      update: updated.map((one) => {
        const fields = fieldsOf(one);
        const id = Number(fields.id);
        return each(id, () => productView(desk, changeProduct(desk, productAt(desk, String(id)), fields)));
      }),
      // In a batch there is no bin.
      delete: deleted.map((id) =>
        each(Number(id), () => productView(desk, keepProduct(desk, productAt(desk, String(id)), 'delete'))),
      ),
    },
  };
}

const inBin = (): WooRefusal =>
  new WooRefusal(410, 'woocommerce_rest_already_trashed', 'The product has already been deleted.');

/** https://woocommerce.github.io/woocommerce-rest-api-docs/#products and #product-variations */
export const productOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/products',
    run: ({ desk, query }) =>
      paged(
        chosen(productTables(desk).products.all(), query),
        query,
        '/products',
        withMeta(query, (row) => productView(desk, row)),
      ),
  },
  { method: 'POST', path: '/products/batch', run: batch },
  {
    method: 'POST',
    path: '/products',
    run: ({ desk, body }) => ({ status: 201, body: productView(desk, makeProduct(desk, body)) }),
  },
  {
    method: 'GET',
    path: '/products/{id}',
    run: ({ desk, path }) => ({ body: productView(desk, productAt(desk, path.id)) }),
  },
  {
    method: 'PUT',
    path: '/products/{id}',
    run: ({ desk, path, body }) => ({
      body: productView(desk, changeProduct(desk, productAt(desk, path.id), body)),
    }),
  },
  {
    method: 'DELETE',
    path: '/products/{id}',
    run({ desk, path, query }) {
      const row = productAt(desk, path.id);
      if (query.get('force') === 'true') return { body: productView(desk, keepProduct(desk, row, 'delete')) };
      if (row.status === 'trash') throw inBin();
      keepProduct(desk, { ...row, status: 'trash' }, 'update');
      return { body: productView(desk, row) };
    },
  },
  {
    method: 'GET',
    path: '/products/{product}/variations',
    run({ desk, path, query }) {
      const { id } = productAt(desk, path.product);
      const own = productTables(desk)
        .variations.all()
        .filter(({ product }) => product === id);
      const view = withMeta(query, (row: VariationRow) => variationView(desk, row));
      return paged(chosen(own, query), query, `/products/${id}/variations`, view);
    },
  },
  {
    method: 'POST',
    path: '/products/{product}/variations',
    run: ({ desk, path, body }) => ({
      status: 201,
      body: variationView(desk, makeVariation(desk, productAt(desk, path.product), body)),
    }),
  },
  {
    method: 'PUT',
    path: '/products/{product}/variations/{id}',
    run: (call) => ({
      body: variationView(call.desk, changeVariation(call.desk, variationAt(call), call.body)),
    }),
  },
  {
    method: 'DELETE',
    path: '/products/{product}/variations/{id}',
    run(call) {
      const row = variationAt(call);
      if (row.status === 'trash') throw inBin();
      const isForced = call.query.get('force') === 'true';
      keepVariation(call.desk, isForced ? row : { ...row, status: 'trash' }, isForced ? 'delete' : 'update');
      return { body: variationView(call.desk, row) };
    },
  },
  // https://woocommerce.github.io/woocommerce-rest-api-docs/#retrieve-current-currency
  {
    method: 'GET',
    path: '/data/currencies/current',
    run: () => ({ body: { code: shop.currency, name: 'Euro', symbol: '&euro;' } }),
  },
];

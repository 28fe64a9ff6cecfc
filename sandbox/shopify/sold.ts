import { GraphQLError, type GraphQLResolveInfo, getDirectiveValues } from 'graphql';
import type { VendorDesk } from '../core/simulator.ts';
import { announceLevel, announceProduct } from './notify.ts';
import { keyedPage, listPage, type PageWish } from './pages.ts';
import { momentText, nextNumber, type ProductRow, shopTables, type VariantRow } from './rows.ts';
import { schema } from './schema.ts';
import { LOCATIONS } from './shop.ts';

const numberOf = (gid: string, type: string): string =>
  new RegExp(`^gid://shopify/${type}/(\\d+)$`).exec(gid)?.[1] ?? '';

interface VariantInput {
  readonly id?: string;
  readonly price?: string;
  readonly inventoryItem?: { readonly sku?: string; readonly tracked?: boolean };
}
interface SetInput {
  readonly title?: string;
  readonly handle?: string;
  readonly descriptionHtml?: string;
  readonly status?: ProductRow['status'];
  readonly productOptions?: readonly { readonly name?: string }[];
  readonly variants?: readonly (VariantInput & {
    readonly sku?: string;
    readonly optionValues: readonly { readonly optionName?: string; readonly name?: string }[];
    readonly inventoryQuantities?: readonly { readonly locationId: string; readonly quantity: number }[];
  })[];
}
interface Change {
  readonly delta: number;
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly changeFromQuantity?: number | null;
}
interface AdjustInput {
  readonly name: string;
  readonly reason: string;
  readonly changes: readonly Change[];
}

/** https://shopify.dev/docs/apps/build/orders-fulfillment/inventory-management-apps/manage-quantities-states */
const REASONS = [
  'correction',
  'cycle_count_available',
  'received',
  'restock',
  'shrinkage',
  'damaged',
  'other',
];
const LONGEST_TITLE = 255;

/** What is sold, and how many there are. @param demand refuses what the token's permissions do not cover. */
export function soldOf(desk: VendorDesk, demand: (scope: string, field: string) => void) {
  const { products, variants, steps } = shopTables(desk);
  const now = (): string => momentText(desk.clock());

  const variantView = (row: VariantRow): object => ({
    __typename: 'ProductVariant',
    id: `gid://shopify/ProductVariant/${row.id}`,
    sku: row.sku,
    title: row.option?.value ?? 'Default Title',
    price: row.price,
    updatedAt: row.updatedAt,
    selectedOptions: [row.option ?? { name: 'Title', value: 'Default Title' }],
    product: () => {
      const product = products.get(String(row.product));
      return product ? productView(product) : null;
    },
    inventoryItem: () => itemView(row),
  });
  const itemView = (row: VariantRow): object => ({
    __typename: 'InventoryItem',
    id: `gid://shopify/InventoryItem/${row.item}`,
    sku: row.sku,
    tracked: row.tracked,
    inventoryLevel({ locationId }: { locationId: string }) {
      demand('read_inventory', 'inventoryLevel');
      const level = row.levels[numberOf(locationId, 'Location')];
      if (level === undefined) return null;
      return {
        id: `gid://shopify/InventoryLevel/${row.item}?inventory_item_id=${row.item}`,
        quantities: ({ names }: { names: readonly string[] }) =>
          names.map((name) => ({
            id: `gid://shopify/InventoryQuantity/${row.item}?name=${name}`,
            name,
            quantity: level.available,
            updatedAt: level.at,
          })),
      };
    },
    variants: (wish: PageWish) => listPage([variantView(row)], wish),
  });
  const variantsOf = (product: number): VariantRow[] =>
    variants.all().filter((row) => row.product === product);
  const productView = (row: ProductRow): object => ({
    __typename: 'Product',
    id: `gid://shopify/Product/${row.id}`,
    title: row.title,
    handle: row.handle,
    descriptionHtml: row.descriptionHtml,
    status: row.status,
    updatedAt: row.updatedAt,
    hasOnlyDefaultVariant: () => variantsOf(row.id).every(({ option }) => option === null),
    variants: (wish: PageWish) => listPage(variantsOf(row.id).map(variantView), wish),
  });
  const wrote = (
    operation: string,
    id: number,
    action: 'create' | 'update',
    marker: string | null,
    record: object,
  ) => desk.wrote({ operation, object: 'product', id: String(id), action, marker, record: { ...record } });

  const titleFault = (title: string | undefined): string | null => {
    if (title === undefined) return null;
    if (title.trim() === '') return "Title can't be blank";
    return title.length > LONGEST_TITLE ? `Title is too long (maximum is ${LONGEST_TITLE} characters)` : null;
  };
  const priceFault = (price: string | undefined): boolean =>
    price !== undefined && !(Number.isFinite(Number(price)) && Number(price) >= 0);

  return {
    locations(wish: PageWish) {
      demand('read_locations', 'locations');
      return listPage(
        LOCATIONS.map(({ id, name }) => ({ id: `gid://shopify/Location/${id}`, name, isActive: true })),
        wish,
      );
    },

    productVariants(wish: PageWish) {
      demand('read_products', 'productVariants');
      const keyOf = ({ id }: VariantRow): string => String(id).padStart(16, '0');
      const all = variants.all().sort((one, other) => one.id - other.id);
      const page = keyedPage(all, wish, keyOf);
      return { ...page, nodes: page.nodes.map(variantView) };
    },

    nodes({ ids }: { ids: readonly string[] }) {
      demand('read_products', 'nodes');
      return ids.map((gid) => {
        const variant = variants.get(numberOf(gid, 'ProductVariant'));
        if (variant) return variantView(variant);
        const product = products.get(numberOf(gid, 'Product'));
        if (product) return productView(product);
        const item = numberOf(gid, 'InventoryItem');
        const counted = item === '' ? undefined : variants.all().find((one) => String(one.item) === item);
        return counted ? itemView(counted) : null;
      });
    },

    product({ id }: { id: string }) {
      demand('read_products', 'product');
      const row = products.get(numberOf(id, 'Product'));
      return row ? productView(row) : null;
    },

    productVariantsBulkUpdate({
      productId,
      variants: inputs,
    }: {
      productId: string;
      variants: readonly VariantInput[];
    }) {
      demand('write_products', 'productVariantsBulkUpdate');
      const product = products.get(numberOf(productId, 'Product'));
      const refused = (code: string, field: readonly string[], message: string) => ({
        product: null,
        productVariants: null,
        userErrors: [{ code, field, message }],
      });
      if (!product) return refused('PRODUCT_DOES_NOT_EXIST', ['productId'], 'Product does not exist');
      const rows: VariantRow[] = [];
      for (const [at, { id = '', price, inventoryItem }] of inputs.entries()) {
        const row = variants.get(numberOf(id, 'ProductVariant'));
        if (row?.product !== product.id)
          return refused(
            'PRODUCT_VARIANT_DOES_NOT_EXIST',
            ['variants', String(at), 'id'],
            'Product variant does not exist',
          );
        if (priceFault(price))
          return refused(
            'NEGATIVE_PRICE_VALUE',
            ['variants', String(at), 'price'],
            'Price must be greater than or equal to 0',
          );
        rows.push({
          ...row,
          price: price === undefined ? row.price : Number(price).toFixed(2),
          sku: inventoryItem?.sku === undefined ? row.sku : inventoryItem.sku || null,
          tracked: inventoryItem?.tracked ?? row.tracked,
          updatedAt: now(),
        });
      }
      for (const row of rows) {
        variants.put(String(row.id), row);
        wrote('productVariantsBulkUpdate', row.id, 'update', row.sku, row);
      }
      announceProduct(desk, product, 'update');
      return { product: productView(product), productVariants: rows.map(variantView), userErrors: [] };
    },

    productUpdate({ product: input = {} }: { product?: SetInput & { readonly id?: string } }) {
      demand('write_products', 'productUpdate');
      const row = products.get(numberOf(input.id ?? '', 'Product'));
      const refused = (field: string, message: string) => ({
        product: null,
        userErrors: [{ field: [field], message }],
      });
      if (!row) return refused('id', 'Product does not exist');
      const fault = titleFault(input.title);
      if (fault !== null) return refused('title', fault);
      const kept: ProductRow = {
        ...row,
        title: input.title ?? row.title,
        descriptionHtml: input.descriptionHtml ?? row.descriptionHtml,
        status: input.status ?? row.status,
        updatedAt: now(),
      };
      products.put(String(kept.id), kept);
      wrote('productUpdate', kept.id, 'update', null, kept);
      announceProduct(desk, kept, 'update');
      return { product: productView(kept), userErrors: [] };
    },

    /** Makes a product, or brings the one of this handle to what is said of it. */
    productSet({
      identifier,
      input,
    }: {
      identifier?: { handle?: string; id?: string } | null;
      input: SetInput;
    }) {
      demand('write_products', 'productSet');
      const known = products
        .all()
        .find((row) =>
          identifier?.handle === undefined
            ? String(row.id) === numberOf(identifier?.id ?? '', 'Product')
            : row.handle === identifier.handle,
        );
      const refused = (code: string, field: readonly string[], message: string) => ({
        product: null,
        userErrors: [{ code, field: ['input', ...field], message }],
      });
      const fault = titleFault(known ? input.title : (input.title ?? ''));
      if (fault !== null) return refused('INVALID_INPUT', ['title'], fault);
      const given = input.variants ?? [];
      if (given.some(({ price }) => priceFault(price)))
        return refused(
          'INVALID_VARIANT',
          ['variants', '0', 'price'],
          'Price must be greater than or equal to 0',
        );
      const id = known?.id ?? nextNumber(desk, 'product');
      const row: ProductRow = {
        id,
        title: input.title ?? known?.title ?? '',
        handle: input.handle ?? known?.handle ?? `product-${id}`,
        descriptionHtml: input.descriptionHtml ?? known?.descriptionHtml ?? '',
        status: input.status ?? known?.status ?? 'ACTIVE',
        updatedAt: now(),
      };
      products.put(String(id), row);
      const before = variantsOf(id);
      for (const [at, one] of given.entries()) {
        const held = before[at];
        const number = held?.id ?? nextNumber(desk, 'variant');
        const [option] = one.optionValues;
        variants.put(String(number), {
          id: number,
          product: id,
          option:
            option?.name === undefined || option.name === 'Default Title'
              ? null
              : { name: option.optionName ?? '', value: option.name },
          sku: one.sku || null,
          price: Number(one.price ?? held?.price ?? 0).toFixed(2),
          item: held?.item ?? number + 900_000,
          tracked: one.inventoryItem?.tracked ?? held?.tracked ?? false,
          levels: Object.fromEntries([
            ...Object.entries(held?.levels ?? {}),
            ...(one.inventoryQuantities ?? []).map(({ locationId, quantity }) => [
              numberOf(locationId, 'Location'),
              { available: quantity, at: desk.clock().toISOString() },
            ]),
          ]),
          updatedAt: now(),
        });
      }
      wrote('productSet', id, known ? 'update' : 'create', row.handle, row);
      announceProduct(desk, row, known ? 'update' : 'create');
      return { product: productView(row), userErrors: [] };
    },

    inventoryAdjustQuantities(
      { input }: { input: AdjustInput },
      _context: unknown,
      info: GraphQLResolveInfo,
    ) {
      demand('write_inventory', 'inventoryAdjustQuantities');
      const key = keyOf(info);
      const asked = JSON.stringify(input);
      const group = (id: number) => ({
        inventoryAdjustmentGroup: {
          id: `gid://shopify/InventoryAdjustmentGroup/${id}`,
          reason: input.reason,
          createdAt: now(),
        },
        userErrors: [],
      });
      const refused = (code: string, field: readonly string[], message: string) => ({
        inventoryAdjustmentGroup: null,
        userErrors: [{ code, field: ['input', ...field], message }],
      });
      const done = steps.get(key);
      if (done)
        return done.asked === asked
          ? group(done.group)
          : refused(
              'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
              [],
              'The same idempotency key cannot be used with different operation parameters.',
            );
      if (input.name !== 'available')
        return refused('INVALID_QUANTITY_NAME', ['name'], 'The quantity name is invalid.');
      if (!REASONS.includes(input.reason))
        return refused('INVALID_REASON', ['reason'], 'The reason is invalid.');
      const rows: VariantRow[] = [];
      for (const [at, change] of input.changes.entries()) {
        if (!('changeFromQuantity' in change))
          throw new GraphQLError(
            'InventoryChangeInput must include the following argument: changeFromQuantity.',
          );
        const field = (name: string) => ['changes', String(at), name];
        const item = numberOf(change.inventoryItemId, 'InventoryItem');
        const row = variants.all().find((one) => String(one.item) === item);
        if (!row)
          return refused(
            'INVALID_INVENTORY_ITEM',
            field('inventoryItemId'),
            'The inventory item does not exist.',
          );
        const place = numberOf(change.locationId, 'Location');
        const level = row.levels[place];
        if (!level)
          return refused('INVALID_LOCATION', field('locationId'), 'The item is not stocked at the location.');
        const { changeFromQuantity: from } = change;
        if (from !== null && from !== undefined && from !== level.available)
          return refused(
            'CHANGE_FROM_QUANTITY_STALE',
            field('changeFromQuantity'),
            'The changeFromQuantity argument no longer matches the persisted quantity.',
          );
        const available = level.available + change.delta;
        rows.push({
          ...row,
          levels: { ...row.levels, [place]: { available, at: desk.clock().toISOString() } },
        });
      }
      const id = nextNumber(desk, 'part');
      for (const row of rows) {
        variants.put(String(row.id), row);
        wrote('inventoryAdjustQuantities', row.id, 'update', key, row);
      }
      for (const row of rows) for (const place of Object.keys(row.levels)) announceLevel(desk, row, place);
      steps.put(key, { asked, group: id });
      return group(id);
    },
  };
}

/** What the field says of its idempotency: https://shopify.dev/docs/api/usage/idempotent-requests */
function keyOf({ fieldNodes, variableValues }: GraphQLResolveInfo): string {
  const directive = schema().getDirective('idempotent');
  const [node] = fieldNodes;
  const said = directive && node ? getDirectiveValues(directive, node, variableValues) : undefined;
  const key = String(said?.key ?? '').trim();
  if (key !== '') return key;
  throw new GraphQLError('The @idempotent directive is required for this mutation but was not provided.', {
    extensions: { code: 'BAD_REQUEST' },
  });
}

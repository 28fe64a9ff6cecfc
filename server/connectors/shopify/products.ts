import { z } from 'zod';
import { asLiaisonError } from '../../core/errors.ts';
import { failure } from '../../kit/failures.ts';
import { eachOf } from '../../kit/pages.ts';
import { movedOn } from '../../kit/product-refusals.ts';
import { numberIn, productGid, variantGid } from './addresses.ts';
import type { ShopifyCall } from './api.ts';
import {
  CHANGE_PRODUCT,
  CHANGE_VARIANTS,
  LOCATIONS,
  MAKE_PRODUCT,
  MOVE_STOCK,
  NAMED,
  SOLD,
  SOLD_BY_ID,
  VARIANTS,
  VARIANTS_AT_ONCE,
  VARIANTS_OF,
} from './documents.ts';
import { VENDOR } from './failures.ts';
import { fitting } from './fitting.ts';
import { pageInfo } from './order-shape.ts';
import { byIdSchema, type ShopifyVariant, variantSchema } from './product-shape.ts';

const soldSchema = z.object({
  shop: z.object({ currencyCode: z.string() }),
  productVariants: z.object({ nodes: z.array(variantSchema), pageInfo }),
});
const locationsSchema = z.object({
  locations: z.object({
    nodes: z.array(z.object({ id: z.string(), name: z.string(), isActive: z.boolean() })),
    pageInfo,
  }),
});
const madeSchema = z.object({
  productSet: z.object({
    product: z.object({
      id: z.string(),
      variants: z.object({ nodes: z.tuple([z.object({ id: z.string() })]) }),
    }),
  }),
});

/** A step by which the count at a location is moved. */
export interface StockMove {
  readonly item: string;
  readonly location: string;
  readonly by: number;
  /** What is there before: the step is refused where it is not so any more. */
  readonly from: number;
  /** The same for a repeat of the same step from the same state, and for no other. */
  readonly key: string;
}

/** A shop may have a thousand locations, which is more than anybody chooses from. */
const MOST_LOCATION_PAGES = 4;

const variantPage = z.object({ nodes: z.array(z.object({ id: z.string() })), pageInfo });
const namedSchema = z.object({
  nodes: z.array(
    z
      .union([
        z.object({ id: z.string(), variants: variantPage }),
        z.object({ ofItem: variantPage.pick({ nodes: true }) }),
      ])
      // What is not there (any more) is null.
      .nullable()
      .catch(null),
  ),
});
const restSchema = z.object({ product: z.object({ variants: variantPage }).nullable() });
/** A product has 2,048 variants at most. https://shopify.dev/docs/api/admin-graphql/2026-10/objects/ProductVariant */
const MOST_VARIANT_PAGES = 40;

export function productCalls(call: ShopifyCall) {
  /** Variants of a product beyond the first page. */
  async function rest({
    id,
    variants: { pageInfo: first },
  }: {
    id: string;
    variants: z.output<typeof variantPage>;
  }): Promise<string[]> {
    if (!first.hasNextPage) return [];
    const all: string[] = [];
    const page = async (place: string | null) => {
      const wish = { id, first: VARIANTS, after: place ?? first.endCursor };
      const { data } = await call(VARIANTS_OF, wish, restSchema);
      const { nodes = [], pageInfo: info } = data.product?.variants ?? {};
      return { items: nodes, next: info?.hasNextPage ? (info.endCursor ?? null) : null };
    };
    for await (const { id: variant } of eachOf(page, { most: MOST_VARIANT_PAGES })) all.push(variant);
    return all;
  }

  return {
    /** Everything that is sold, a page of it, with how many there are at a location. */
    async soldPage(location: string, after: string | null) {
      const { data } = await fitting(VARIANTS, (first) => call(SOLD, { first, after, location }, soldSchema));
      const { nodes, pageInfo: place } = data.productVariants;
      return {
        variants: nodes,
        currency: data.shop.currencyCode,
        next: place.hasNextPage ? (place.endCursor ?? null) : null,
      };
    },

    /** Those of these variants that are there, by their numbers. */
    async soldById(
      location: string,
      ids: readonly string[],
    ): Promise<{ variants: ShopifyVariant[]; currency: string }> {
      const { data } = await call(SOLD_BY_ID, { ids: ids.map(variantGid), location }, byIdSchema);
      return { variants: data.nodes.filter((one) => one !== null), currency: data.shop.currencyCode };
    },

    /** The variants, by their numbers, that these products have, or that these pieces are counted of; by global ids. */
    async variantsNamed(ids: readonly string[]): Promise<string[]> {
      const { data } = await call(NAMED, { ids, first: VARIANTS_AT_ONCE }, namedSchema);
      const found: string[] = [];
      for (const one of data.nodes) {
        if (one === null) continue;
        if ('ofItem' in one) found.push(...one.ofItem.nodes.map(({ id }) => id));
        else found.push(...one.variants.nodes.map(({ id }) => id), ...(await rest(one)));
      }
      return [...new Set(found.map(numberIn))];
    },

    /** Where the shop keeps goods, and sells them from. */
    async locations(): Promise<{ id: string; name: string }[]> {
      const all: { id: string; name: string }[] = [];
      const page = async (after: string | null) => {
        const { data } = await call(LOCATIONS, { first: 250, after }, locationsSchema);
        const { nodes, pageInfo: place } = data.locations;
        return { items: nodes, next: place.hasNextPage ? (place.endCursor ?? null) : null };
      };
      for await (const { id, name, isActive } of eachOf(page, { most: MOST_LOCATION_PAGES }))
        if (isActive) all.push({ id, name });
      return all;
    },

    async changeVariant(product: string, variant: object): Promise<void> {
      await call(CHANGE_VARIANTS, { product: productGid(product), variants: [variant] }, z.unknown());
    },

    async changeProduct(id: string, change: object): Promise<void> {
      await call(CHANGE_PRODUCT, { product: { id: productGid(id), ...change } }, z.unknown());
    },

    /** Makes a product with one variant, or finds the one that an earlier attempt made under this handle. */
    async makeProduct(handle: string, input: object): Promise<{ product: string; variant: string }> {
      const { data } = await call(
        MAKE_PRODUCT,
        { identifier: { handle }, input: { ...input, handle } },
        madeSchema,
      );
      const { id, variants } = data.productSet.product;
      return { product: id, variant: variants.nodes[0].id };
    },

    /**
     * Moves the count at a location by a step, once.
     *
     * @throws LiaisonError `conflict` where it is not any more what the step begins from.
     */
    async moveStock({ item, location, by, from, key }: StockMove): Promise<void> {
      const change = { delta: by, inventoryItemId: item, locationId: location, changeFromQuantity: from };
      const input = { name: 'available', reason: 'correction', changes: [change] };
      const attempt = (own: string) => call(MOVE_STOCK, { input, key: own }, z.unknown());
      const saidOf = (thrown: unknown): string => asLiaisonError(thrown).details.vendorMessage ?? '';
      await attempt(key)
        // A key whose attempt failed is good for nothing more; the count itself still guards the step.
        .catch((thrown: unknown) => {
          if (!saidOf(thrown).startsWith('IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED')) throw thrown;
          return attempt(`${key}-again`);
        })
        .catch((thrown: unknown) => {
          const said = saidOf(thrown);
          if (said.startsWith('CHANGE_FROM_QUANTITY_STALE')) throw movedOn(VENDOR);
          if (said.startsWith('IDEMPOTENCY_CONCURRENT_REQUEST')) throw failure('retry-later', VENDOR, said);
          throw thrown;
        });
    },
  };
}

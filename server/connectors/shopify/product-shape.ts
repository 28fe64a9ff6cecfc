import { z } from 'zod';

const texts = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

export const variantSchema = z.object({
  id: z.string(),
  sku: texts,
  /** Decimal text. */
  price: texts,
  title: texts,
  product: z.object({
    id: z.string(),
    title: texts,
    descriptionHtml: texts,
    status: z.string(),
    /** It is sold as it is, without anything to choose. */
    hasOnlyDefaultVariant: z.boolean(),
  }),
  inventoryItem: z.object({
    id: z.string(),
    tracked: z.boolean(),
    /** Null: it is not kept at this location. */
    inventoryLevel: z
      .object({
        quantities: z.array(
          z.object({ name: z.string(), quantity: z.number().int(), updatedAt: z.string().nullish() }),
        ),
      })
      .nullish(),
  }),
});
export type ShopifyVariant = z.output<typeof variantSchema>;

const shop = z.object({ currencyCode: z.string() });

export const byIdSchema = z.object({
  shop,
  // What is not there (any more) is null; another kind of record has none of this.
  nodes: z.array(variantSchema.nullable().catch(null)),
});

import { z } from 'zod';

const texts = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
/** `parent`: counted at the product, for all its variations together. */
const managed = z.union([z.boolean(), z.literal('parent')]).catch(false);
/** Whole numbers, unless a plugin of the shop says otherwise. */
const quantity = z
  .number()
  .nullish()
  .transform((count) => count ?? null);
const meta = z
  .array(z.object({ key: z.string().catch(''), value: z.unknown() }))
  .nullish()
  .transform((all) => all ?? []);

const sold = {
  id: z.number().int().positive(),
  status: z.string().catch('publish'),
  sku: texts,
  description: texts,
  regular_price: texts,
  manage_stock: managed,
  stock_quantity: quantity,
  date_modified_gmt: texts,
  meta_data: meta,
};

export const productSchema = z.object({
  ...sold,
  name: texts,
  type: z.string().catch('simple'),
});
export type WooProduct = z.output<typeof productSchema>;

export const variationSchema = z.object({
  ...sold,
  attributes: z
    .array(z.object({ option: texts }))
    .nullish()
    .transform((all) => all ?? []),
});
export type WooVariation = z.output<typeof variationSchema>;

/** Of what a variation says beside a product, and what is read of either: shops' plugins add much more. */
export const PRODUCT_FIELDS = [...Object.keys(productSchema.shape), 'attributes'].join(',');

/** Where our mark stands in what we make. A name with a line before it is shown to nobody. */
export const MARKER_KEY = '_liaison_marker';

export const currencySchema = z.object({ code: z.string() });

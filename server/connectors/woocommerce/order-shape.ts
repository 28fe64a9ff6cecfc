import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
/** Money is decimal text; a plugin may write a number. */
const amount = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '').trim() || '0');
const lines = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .array(z.object(shape))
    .nullish()
    .transform((all) => all ?? []);

const taxes = lines({ id: z.coerce.string(), total: amount });
const charged = { total: amount, total_tax: amount, taxes };

/** An order as the shop tells it, as far as it is read. https://woocommerce.github.io/woocommerce-rest-api-docs/#orders */
export const orderSchema = z.object({
  id: z.number().int().positive(),
  number: z.coerce.string(),
  status: z.string(),
  currency: z.string(),
  total: amount,
  customer_id: z.number().nullish(),
  billing: z.object({ first_name: text, last_name: text, company: text, email: text, phone: text }),
  payment_method_title: text,
  date_created_gmt: text,
  date_modified_gmt: text,
  date_paid_gmt: text,
  line_items: lines({ name: text, sku: text, quantity: z.union([z.number(), z.string()]), ...charged }),
  shipping_lines: lines({ method_title: text, ...charged }),
  fee_lines: lines({ name: text, ...charged }),
  tax_lines: lines({
    rate_id: z.coerce.string(),
    rate_percent: z.number().nullish(),
    compound: z.boolean().nullish(),
  }),
  coupon_lines: lines({ code: text }),
  refunds: lines({ id: z.number(), reason: text, total: amount }),
  meta_data: lines({ key: text, value: z.unknown() }),
});

export type WooOrder = z.infer<typeof orderSchema>;

/** A refund with what it was for; amounts of lines are below zero. https://woocommerce.github.io/woocommerce-rest-api-docs/#order-refunds */
export const refundSchema = z.object({
  id: z.number().int().positive(),
  amount,
  reason: text,
  date_created_gmt: text,
  line_items: lines({
    name: text,
    sku: text,
    quantity: z
      .union([z.number(), z.string()])
      .nullish()
      .transform((value) => value ?? 0),
    ...charged,
  }),
  shipping_lines: lines({ method_title: text, ...charged }),
  fee_lines: lines({ name: text, ...charged }),
});

export type WooRefund = z.infer<typeof refundSchema>;

/** An order that was found in the bin: its state is told by where it stood, and not by itself. */
export const binnedSchema = orderSchema.extend({
  status: z
    .unknown()
    .optional()
    .transform(() => 'trash'),
});

/** What is asked of an order in the bin: all that is read, save the state. */
export const BINNED_FIELDS = Object.keys(orderSchema.shape)
  .filter((name) => name !== 'status')
  .join(',');

/** That an order changed, and when. */
export const changedSchema = z.object({
  id: z.number().int().positive(),
  date_modified_gmt: text,
});

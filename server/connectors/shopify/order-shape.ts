import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const money = z.object({ amount: z.coerce.string(), currencyCode: z.string() });
/** In the currency that the customer paid in. */
const paidIn = z.object({ presentmentMoney: money }).transform(({ presentmentMoney: { amount } }) => amount);
const taxes = z.array(z.object({ ratePercentage: z.number().nullish(), priceSet: paidIn }));
const person = z.object({ firstName: text, lastName: text, company: text, phone: text }).nullish();

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

const lines = z.object({
  nodes: z.array(
    z.object({
      id: z.string(),
      name: text,
      sku: text,
      quantity: z.number(),
      currentQuantity: z.number(),
      originalTotalSet: paidIn,
      discountAllocations: z.array(z.object({ allocatedAmountSet: paidIn })),
      taxLines: taxes,
    }),
  ),
  pageInfo,
});

/** An order as lists tell it, as far as it is read. */
export const listedSchema = z.object({
  id: z.string().regex(/^gid:\/\/shopify\/Order\/\d+$/),
  name: z.string(),
  test: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  processedAt: z.string(),
  cancelledAt: z.string().nullish(),
  email: text,
  phone: text,
  presentmentCurrencyCode: z.string(),
  discountCodes: z.array(z.string()),
  paymentGatewayNames: z.array(z.string()),
  displayFinancialStatus: z.string().nullish(),
  displayFulfillmentStatus: z.string(),
  totalPriceSet: z.object({ presentmentMoney: money, shopMoney: money }),
  totalReceivedSet: paidIn,
  totalOutstandingSet: paidIn,
  customer: z
    .object({
      id: z.string(),
      firstName: text,
      lastName: text,
      defaultEmailAddress: z.object({ emailAddress: text }).nullish(),
      defaultPhoneNumber: z.object({ phoneNumber: text }).nullish(),
    })
    .nullish(),
  billingAddress: person,
  shippingAddress: person,
  refunds: z.array(z.object({ id: z.string(), note: text, totalRefundedSet: paidIn })),
  transactions: z.array(
    z.object({ kind: z.string(), status: z.string(), processedAt: text, formattedGateway: text }),
  ),
});

/** The whole of an order. */
export const orderSchema = listedSchema.extend({
  taxesIncluded: z.boolean(),
  dutiesIncluded: z.boolean(),
  originalTotalDutiesSet: paidIn.nullish(),
  totalTipReceivedSet: paidIn,
  additionalFees: z.array(z.object({ name: text, price: paidIn, taxLines: taxes })),
  shippingLines: z.object({
    nodes: z.array(
      z.object({ title: text, isRemoved: z.boolean(), discountedPriceSet: paidIn, taxLines: taxes }),
    ),
  }),
  lineItems: lines,
});

export const moreLinesSchema = z.object({ order: z.object({ lineItems: lines }).nullable() });

const refundedLines = z.object({
  nodes: z.array(
    z.object({
      quantity: z.number(),
      subtotalSet: paidIn,
      totalTaxSet: paidIn,
      lineItem: z.object({ id: z.string(), name: text, sku: text }),
    }),
  ),
  pageInfo,
});

export const moreGivenBackSchema = z.object({
  refund: z.object({ refundLineItems: refundedLines }).nullable(),
});

const refund = z.object({
  id: z.string(),
  note: text,
  createdAt: text,
  totalRefundedSet: paidIn,
  refundLineItems: refundedLines,
  refundShippingLines: z.object({
    nodes: z.array(
      z.object({
        subtotalAmountSet: paidIn,
        taxAmountSet: paidIn,
        shippingLine: z.object({ title: text }),
      }),
    ),
  }),
});

export const givenBackSchema = z.object({
  order: z.object({ taxesIncluded: z.boolean(), refunds: z.array(refund) }).nullable(),
});

export type ShopifyRefund = z.infer<typeof refund>;
export type ListedShopifyOrder = z.infer<typeof listedSchema>;
export type ShopifyOrder = z.infer<typeof orderSchema>;
export type ShopifyLine = ShopifyOrder['lineItems']['nodes'][number];

import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { shopifyApi } from './api.ts';
import { LEAVE, SHOP } from './documents.ts';
import { orderCalls } from './orders.ts';
import { productCalls } from './products.ts';
import { webhookCalls } from './webhook-calls.ts';

export type ShopifyClient = ReturnType<typeof shopifyClient>;

const shopSchema = z.object({
  shop: z.object({ name: z.string(), myshopifyDomain: z.string(), currencyCode: z.string() }),
});

/** A shop's Admin API. Rejects with LiaisonErrors only. */
export function shopifyClient(http: ConnectorHttp) {
  const call = shopifyApi(http);
  const time = async (): Promise<number> => (await call(SHOP, {}, shopSchema)).at;
  return {
    ...orderCalls(call, http, time),
    ...productCalls(call),
    ...webhookCalls(call),

    /** The shop goes by its address at Shopify, which stays when its owner gives it another one. */
    async account(): Promise<VendorAccount> {
      const { name, myshopifyDomain, currencyCode } = (await call(SHOP, {}, shopSchema)).data.shop;
      return { id: myshopifyDomain, name, facts: { currency: currencyCode } };
    },

    /** ISO 4217, of the shop's prices. */
    currency: async (): Promise<string> =>
      http.account.facts?.currency ?? (await call(SHOP, {}, shopSchema)).data.shop.currencyCode,

    /** What time Shopify has, in epoch milliseconds. */
    time,

    /** Takes this application out of the shop, and every access and webhook of it. */
    async leave(): Promise<void> {
      await call(LEAVE, {}, z.unknown());
    },
  };
}

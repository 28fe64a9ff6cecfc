import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { shopName, wooApi } from './api.ts';
import { orderCalls } from './orders.ts';
import { productCalls } from './products.ts';
import { webhookCalls } from './webhook-calls.ts';

export type WooCommerceClient = ReturnType<typeof wooCommerceClient>;

/** A shop's REST interface, version 3. Rejects with LiaisonErrors only. */
export function wooCommerceClient(http: ConnectorHttp) {
  const call = wooApi(http);
  const calls = { ...orderCalls(call, http), ...productCalls(call), ...webhookCalls(call) };
  return {
    ...calls,
    /** The shop goes by its address. What the work needs is asked for, so that poor keys are refused when pasted. */
    async account(): Promise<VendorAccount> {
      await calls.time();
      await calls.webhooks();
      const name = shopName(http);
      return { id: name, name };
    },
  };
}

import type { ConnectorHttp } from '../../core/connector.ts';
import { readFinanceAccount } from '../families/zoho/finance-account.ts';
import { financeTime, organisationOf } from '../families/zoho/finance-api.ts';
import { adjustmentCalls } from './adjustments.ts';
import { inventoryApi } from './api.ts';
import { contactCalls } from './contacts.ts';
import { VENDOR } from './failures.ts';
import { itemCalls } from './items.ts';
import { salesOrderCalls } from './sales-orders.ts';

export type ZohoInventoryClient = ReturnType<typeof zohoInventoryClient>;

/** Zoho Inventory, API version 1. Rejects with LiaisonErrors only. */
export function zohoInventoryClient(http: ConnectorHttp) {
  const call = inventoryApi(http);
  return {
    account: () => readFinanceAccount(http, { vendor: VENDOR, base: '/inventory/v1', site: 'inventory' }),
    organisation: organisationOf(http),
    /** ISO 4217, of its prices. */
    currency: http.account.facts?.currency ?? 'USD',
    timeZone: http.account.facts?.timeZone ?? 'UTC',
    /** What time Zoho has, in epoch milliseconds. */
    time: () => financeTime(http, '/inventory/v1', VENDOR),
    ...itemCalls(call),
    ...salesOrderCalls(call),
    ...adjustmentCalls(call),
    ...contactCalls(call),
  };
}

import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { type FinanceCall, financeApi } from '../families/zoho/finance-api.ts';
import { VENDOR } from './failures.ts';

export type InventoryCall = FinanceCall;

export const inventoryApi = (http: ConnectorHttp): InventoryCall => financeApi(http, '/inventory/v1', VENDOR);

/** For calls whose answer says nothing but that they succeeded. */
export const nothing = z.unknown();

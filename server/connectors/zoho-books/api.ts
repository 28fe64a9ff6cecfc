import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { type FinanceCall, financeApi } from '../families/zoho/finance-api.ts';
import { VENDOR } from './failures.ts';

export type BooksCall = FinanceCall;

export const booksApi = (http: ConnectorHttp): BooksCall => financeApi(http, '/books/v3', VENDOR);

/** For calls whose answer says nothing but that they succeeded. */
export const nothing = z.unknown();

import type { ConnectorHttp } from '../../core/connector.ts';
import { organisationOf } from '../families/zoho/finance-api.ts';
import { accountCalls } from './accounts.ts';
import { booksApi } from './api.ts';
import { commentCalls } from './comments.ts';
import { contactCalls } from './contacts.ts';
import { creditNoteCalls } from './credit-notes.ts';
import { expenseCalls } from './expenses.ts';
import { extractCalls } from './extract.ts';
import { invoiceCalls } from './invoices.ts';
import { readAccount, settingCalls } from './organisations.ts';
import { paymentCalls } from './payments.ts';
import { recurringInvoiceCalls } from './recurring-invoices.ts';
import { transferCalls } from './transfers.ts';

export type ZohoBooksClient = ReturnType<typeof zohoBooksClient>;

/** Zoho Books, API version 3. Rejects with LiaisonErrors only. */
export function zohoBooksClient(http: ConnectorHttp) {
  const call = booksApi(http);
  return {
    account: () => readAccount(http),
    organisation: organisationOf(http),
    ...contactCalls(call),
    ...invoiceCalls(call),
    ...recurringInvoiceCalls(call),
    ...paymentCalls(call),
    ...commentCalls(call),
    ...creditNoteCalls(call),
    ...accountCalls(call),
    ...expenseCalls(call),
    ...transferCalls(call),
    ...settingCalls(call),
    ...extractCalls(call),
  };
}

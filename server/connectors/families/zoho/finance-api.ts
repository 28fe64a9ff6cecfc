import type { z } from 'zod';
import type { ConnectorHttp } from '../../../core/connector.ts';
import { readAnswer } from '../../../core/read-answer.ts';
import { failure } from '../../../kit/failures.ts';
import type { JsonCall } from '../../../kit/json-api.ts';
import { zohoApi } from './request.ts';

/** One call of an application of Zoho's finance suite, and one member of its answer read as the caller relies on it. */
export type FinanceCall = <Schema extends z.ZodType>(
  call: JsonCall,
  root: string,
  schema: Schema,
) => Promise<z.infer<Schema>>;

/** The organisation that an account is of: applications of one organisation share contacts, items and invoices. */
export const organisationOf = ({ account }: Pick<ConnectorHttp, 'account'>): string =>
  account.facts?.organisationId ?? account.id;

/**
 * Zoho's finance applications want the organisation named in every call.
 *
 * @param base of the application: `/books/v3`.
 */
export function financeApi(http: ConnectorHttp, base: string, vendor: string): FinanceCall {
  const api = zohoApi(http);
  const organisation = organisationOf(http);
  return async (call, root, schema) => {
    const query = { ...call.query, organization_id: organisation };
    const { body } = await api({ ...call, path: `${base}${call.path}`, query });
    const isWrite = call.method !== undefined && call.method !== 'GET';
    const member = (body as Record<string, unknown> | null)?.[root];
    return readAnswer(schema, member, vendor, isWrite);
  };
}

/** What time an application has, in epoch milliseconds: documents are dated by it. */
export async function financeTime(http: ConnectorHttp, base: string, vendor: string): Promise<number> {
  const { at } = await zohoApi(http)({ path: `${base}/organizations` });
  if (at === null) throw failure('retry-later', vendor, 'An answer came without a date.');
  return at;
}

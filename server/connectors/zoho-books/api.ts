import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { type ZohoCall, zohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';

/** One call of Zoho Books, and one member of its answer read as the shape that the caller relies on. */
export type BooksCall = <Schema extends z.ZodType>(
  call: ZohoCall,
  root: string,
  schema: Schema,
) => Promise<z.infer<Schema>>;

/** Zoho Books wants the organisation named in every call. */
export function booksApi(http: ConnectorHttp): BooksCall {
  const api = zohoApi(http);
  const organisation = http.account.facts?.organisationId ?? http.account.id;
  return async (call, root, schema) => {
    const query = { ...call.query, organization_id: organisation };
    const { body } = await api({ ...call, path: `/books/v3${call.path}`, query });
    const isWrite = call.method !== undefined && call.method !== 'GET';
    const member = (body as Record<string, unknown> | null)?.[root];
    return readAnswer(schema, member, VENDOR, isWrite);
  };
}

/** For calls whose answer says nothing but that they succeeded. */
export const nothing = z.unknown();

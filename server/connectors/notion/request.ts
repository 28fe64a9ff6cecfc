import type { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { VENDOR } from './failures.ts';
import { READS } from './reads.ts';

/**
 * The version whose data sources this connector speaks of; `in_trash` is taken there as in the next one.
 * https://developers.notion.com/reference/versioning
 */
export const VERSION = '2025-09-03';

export type NotionApi = <Schema extends z.ZodType>(
  call: JsonCall,
  schema: Schema,
) => Promise<z.output<Schema>>;

/** Calls Notion's API, its answer read as a shape. Rejects with LiaisonErrors only. */
export function notionApi(http: ConnectorHttp): NotionApi {
  const ask = jsonApi(http, () => 'https://api.notion.com');
  return async (call, schema) => {
    const { body } = await ask({ ...call, headers: { 'notion-version': VERSION } });
    const method = call.method ?? 'GET';
    return readAnswer(schema, body, VENDOR, method !== 'GET' && !READS.test(`${method} ${call.path}`));
  };
}

import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { fileForm } from '../../kit/file-form.ts';
import { type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { VENDOR } from './failures.ts';

/** The organisation of Analytics that a call is about: a shared workspace is another one's. */
export type Organisation = string | null;

export type AnalyticsCall = <Schema extends z.ZodType>(
  organisation: Organisation,
  call: JsonCall & { readonly file?: Upload },
  schema: Schema,
) => Promise<z.infer<Schema>>;

/** What is sent as the file of an import. */
export interface Upload {
  readonly name: string;
  readonly text: string;
}

const answerSchema = z.object({ data: z.unknown() });

/** Ids are longer than a number holds, and sometimes written as one. */
export const idSchema = z.union([z.string().min(1), z.number()]).transform(String);

export const hostOf = ({ apiUrl }: Pick<ConnectorHttp, 'apiUrl'>): string =>
  apiUrl ?? 'https://analyticsapi.zoho.com';

/** Calls Zoho Analytics' API v2. Rejects with LiaisonErrors only. */
export function analyticsApi(http: ConnectorHttp): AnalyticsCall {
  const ask = jsonApi(http, () => `${hostOf(http)}/restapi/v2`);
  return async (organisation, { file, ...call }, schema) => {
    const headers = {
      ...call.headers,
      ...(organisation === null ? {} : { 'ZANALYTICS-ORGID': organisation }),
    };
    const { body } = await (file === undefined
      ? ask({ ...call, headers })
      : upload(http, call, headers, file));
    const isWrite = (call.method ?? 'GET') !== 'GET';
    const { data } = readAnswer(answerSchema, body, VENDOR, isWrite);
    return readAnswer(schema, data, VENDOR, isWrite);
  };
}

/** A file travels as `multipart/form-data`. */
async function upload(
  http: ConnectorHttp,
  { path, query = {} }: JsonCall,
  headers: Record<string, string>,
  { name, text }: Upload,
): Promise<{ readonly body: unknown }> {
  const url = new URL(`${hostOf(http)}/restapi/v2${path}`);
  for (const [key, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(key, String(value));
  const form = fileForm('FILE', { name, contentType: 'text/csv', bytes: Buffer.from(text) });
  const response = await http.fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json', ...headers, 'content-type': form.contentType },
    body: form.body,
  });
  return { body: await response.json() };
}

import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { type JsonAnswer, type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { VENDOR } from './failures.ts';

/** Most rows of one page. */
export const PAGE = 100;

export type DeskCall = <Schema extends z.ZodType>(
  call: JsonCall,
  schema: Schema,
) => Promise<{ readonly data: z.infer<Schema> } & Pick<JsonAnswer, 'at'>>;

export const hostOf = ({ apiUrl }: Pick<ConnectorHttp, 'apiUrl'>): string =>
  apiUrl ?? 'https://desk.zoho.com';

/** Calls Zoho Desk's API of the connection's organisation. Rejects with LiaisonErrors only. */
export function deskApi(http: ConnectorHttp): DeskCall {
  const ask = jsonApi(http, () => `${hostOf(http)}/api/v1`);
  return async (call, schema) => {
    const { body, at } = await ask({ ...call, headers: { orgId: http.account.id } });
    const isWrite = (call.method ?? 'GET') !== 'GET';
    return { data: readAnswer(schema, body, VENDOR, isWrite), at };
  };
}

/** The rows of a list; where there are none Desk answers nothing at all. */
export const rowsOf = <Row extends z.ZodType>(row: Row) =>
  z
    .object({ data: z.array(row).nullish(), count: z.coerce.number().optional().catch(undefined) })
    .nullable()
    .transform((list) => ({ rows: list?.data ?? [], count: list?.count ?? list?.data?.length ?? 0 }));

/** Ids are longer than a number holds, and sometimes written as one. */
export const idSchema = z.union([z.string().min(1), z.number()]).transform(String);

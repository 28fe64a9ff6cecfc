import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { jsonApi } from '../../kit/json-api.ts';
import { VENDOR } from './failures.ts';

/** One of Slack's methods by its name, with its arguments; those that are undefined are left out. */
export type SlackCall = <Schema extends z.ZodType>(
  method: string,
  schema: Schema,
  args?: Readonly<Record<string, unknown>>,
) => Promise<z.output<Schema>>;

/** Methods that make something: an answer to them that nobody can read may have been a success. */
const WRITES = new Set(['chat.postMessage', 'conversations.join']);

/**
 * Slack's Web API: every method is asked by POST, its arguments are a form, those with parts of their own JSON
 * within it (https://docs.slack.dev/apis/web-api/). Rejects with LiaisonErrors only.
 */
export function slackCall(http: ConnectorHttp): SlackCall {
  const call = jsonApi(http, () => 'https://slack.com/api');
  return async (method, schema, args = {}) => {
    const form = Object.entries(args).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]],
    );
    const { body } = await call({ method: 'POST', path: `/${method}`, form: Object.fromEntries(form) });
    return readAnswer(schema, body, VENDOR, WRITES.has(method));
  };
}

/** Where the next page of a list begins; absent or empty: there is none. */
export const nextPageSchema = z.object({ next_cursor: z.string().optional() }).optional();

import { z } from 'zod';
import type { ConnectorHttp, VendorAnswer } from '../../../core/connector.ts';
import { asLiaisonError, LiaisonError } from '../../../core/errors.ts';
import { readAnswer } from '../../../core/read-answer.ts';
import { failure } from '../../../kit/failures.ts';
import { type JsonAnswer, type JsonCall, jsonApi } from '../../../kit/json-api.ts';

export const GRAPH = 'https://graph.microsoft.com/v1.0';

/** Most requests in one batch. https://learn.microsoft.com/graph/json-batching#batch-size-limitations */
export const MOST_IN_BATCH = 20;

/**
 * Ids that stay when an item moves; each call has to ask for them, those inside a batch and subscriptions, too.
 * https://learn.microsoft.com/graph/outlook-immutable-id
 */
const IMMUTABLE = 'IdType="ImmutableId"';

const preferring = (more: string | undefined): string =>
  more === undefined ? IMMUTABLE : `${IMMUTABLE}, ${more}`;

/** A call of Graph. `prefer`: what it prefers beside ids that stay. */
export interface GraphCall extends JsonCall {
  readonly prefer?: string;
}

/** One request of a batch; its answer is told apart from the others'. */
export interface BatchedCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the API's base address. */
  readonly path: string;
  readonly json?: object;
  readonly ifMatch?: string | undefined;
  /** What it prefers beside ids that stay. */
  readonly prefer?: string;
}

/** What became of one request of a batch: the body of its answer, or why it failed. */
export type Batched =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly error: LiaisonError };

export type Graph = ReturnType<typeof graphApi>;

const batchSchema = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()).catch({}),
      body: z.unknown().optional(),
    }),
  ),
});

/**
 * Microsoft Graph, version 1.0. Rejects with LiaisonErrors only.
 *
 * @param classify of the connector: it reads the answers inside of a batch, too.
 */
export function graphApi(
  http: ConnectorHttp,
  { vendor, classify }: { vendor: string; classify: (answer: VendorAnswer) => LiaisonError | null },
) {
  const plain = jsonApi(http, () => GRAPH);
  const call = ({ prefer, headers, ...rest }: GraphCall): Promise<JsonAnswer> =>
    plain({ ...rest, headers: { ...headers, prefer: preferring(prefer) } });

  return {
    call,

    /**
     * Goes to an address that Graph gave (the next page, what changed since), as it is. It is no address that a token
     * is sent to unless it is Graph's own.
     */
    follow(link: string, prefer?: string): Promise<JsonAnswer> {
      const path = link.startsWith(`${GRAPH}/`) ? link.slice(GRAPH.length) : null;
      if (path === null) throw notOwn(vendor);
      return call({ path, ...(prefer === undefined ? {} : { prefer }) });
    },

    /**
     * At most twenty requests in one, each with what became of it, in order. One that fails stops no other.
     *
     * @throws LiaisonError where the whole of it failed, or where of a write nobody knows whether it was done.
     */
    async batch(calls: readonly BatchedCall[]): Promise<Batched[]> {
      if (calls.length === 0) return [];
      const isRead = calls.every(({ method }) => method === 'GET');
      const requests = calls.map(({ method, path, json, ifMatch, prefer }, index) => ({
        id: String(index),
        method,
        url: path,
        headers: {
          Prefer: preferring(prefer),
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
        },
        ...(json === undefined ? {} : { body: json }),
      }));
      const asked = call({ method: 'POST', path: '/$batch', json: { requests } });
      const { body, at } = await (isRead ? asked.catch(asRead) : asked);
      const { responses } = readAnswer(batchSchema, body, vendor, !isRead);
      const byId = new Map(responses.map((one) => [one.id, one]));
      return calls.map(({ method, path }, index) => {
        const response = byId.get(String(index));
        if (response === undefined) throw unanswered(vendor, method !== 'GET');
        const error = classify({
          method,
          url: new URL(GRAPH + path),
          status: response.status,
          headers: new Headers(response.headers),
          text: response.body == null ? '' : JSON.stringify(response.body),
          // A wait is told in seconds: it counts from when Graph answered, by its own clock.
          now: at ?? 0,
        });
        // Like an answer that never came: what was asked for is looked at before anything else is decided.
        if (error?.details.mayHaveHappened) throw error;
        return error === null ? { ok: true, body: response.body } : { ok: false, error };
      });
    },
  };
}

/** Reading goes by POST here: nothing can have been done. */
function asRead(thrown: unknown): never {
  const { kind, details } = asLiaisonError(thrown);
  const { mayHaveHappened: _nothing, ...rest } = details;
  throw new LiaisonError(kind, rest);
}

const unanswered = (vendor: string, mayHaveHappened: boolean): LiaisonError =>
  failure('unknown', vendor, {
    vendorMessage: 'The answer leaves out one of the requests of the batch.',
    ...(mayHaveHappened ? { mayHaveHappened } : {}),
  });

const notOwn = (vendor: string): LiaisonError =>
  failure('cursor-lost', vendor, 'The address of the next page is not one of Microsoft Graph.');

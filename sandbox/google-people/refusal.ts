import { GoogleRefusal } from '../google/refusal.ts';

/** Numbers of google.rpc.Code, for statuses inside answers. */
export const RPC_CODES = { INVALID_ARGUMENT: 3, NOT_FOUND: 5, FAILED_PRECONDITION: 9 } as const;
export type RpcStatus = keyof typeof RPC_CODES;

export const notFound = (): GoogleRefusal => new GoogleRefusal(404, 'Requested entity was not found.');

/** A contact that changed since it was read. */
export function stale(what: 'person.etag' | 'person.metadata.sources.etag'): GoogleRefusal {
  return new GoogleRefusal(
    400,
    `Request ${what} is different than the current ${what}. Clear local cache and get the latest person.`,
    { status: 'FAILED_PRECONDITION', reason: 'failedPrecondition' },
  );
}

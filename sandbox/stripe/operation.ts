import type { VendorDesk } from '../core/simulator.ts';
import type { Bearer } from './key.ts';
import type { Spec, Values } from './parameters.ts';

/** One request that was let in: authorised, within limits, its parameters read. */
export interface Call {
  readonly desk: VendorDesk;
  /** Id in the path; empty where the path has none. */
  readonly id: string;
  readonly values: Values;
  /** Whose key it came with. */
  readonly bearer: Bearer;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
}

/** One operation of the API, as data for the pipeline of `api.ts`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/customers/{id}`. */
  readonly path: string;
  /** Without `expand`, which all take. */
  readonly parameters: Spec;
  /** Of an operation that writes: what `expand` may name. Looked at before the write, so that a refusal leaves nothing. */
  readonly expandable?: readonly string[];
  /** Answers the object or list, nothing expanded. Throws a StripeRefusal. */
  run(call: Call): object;
}

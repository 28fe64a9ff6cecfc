import type { VendorDesk } from '../core/simulator.ts';
import type { AudienceRow } from './rows.ts';

/** One request that was let in. */
export interface Call {
  readonly desk: VendorDesk;
  /** Placeholders of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body; empty where there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Of operations below `/lists/{list}`. Throws a 404 for one that there is not. */
  audience(): AudienceRow;
}

/** One operation of the API, as data for the pipeline of `api.ts`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/3.0`, placeholders in braces: `/lists/{list}/members`. */
  readonly path: string;
  /** Answers the resource; null for a 204. Throws a MailchimpRefusal. */
  run(call: Call): object | null | Promise<object | null>;
}

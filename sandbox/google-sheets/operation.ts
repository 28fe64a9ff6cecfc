import type { VendorDesk } from '../core/simulator.ts';
import type { Query } from '../google/query.ts';

export interface Call {
  readonly desk: VendorDesk;
  readonly spreadsheetId: string;
  /** A1 notation in the path; empty where the path has none. */
  readonly range: string;
  readonly query: Query;
  /** The JSON body, an object; empty where there was none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One method of the API, as data for the pipeline of `routes.ts`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** On the raw path, groups `id` and `range` still percent-encoded. */
  readonly path: RegExp;
  readonly query: readonly string[];
  /** Members of the body that it takes. */
  readonly body: readonly string[];
  readonly writes: boolean;
  run(call: Call): object;
}

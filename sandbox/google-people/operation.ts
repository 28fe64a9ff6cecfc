import type { VendorDesk } from '../core/simulator.ts';
import type { Query } from '../google/query.ts';

export interface Call {
  readonly desk: VendorDesk;
  /** What stands in the path: the id of a person or a group; empty where there is none. */
  readonly id: string;
  readonly query: Query;
  /** The JSON body, an object; empty where there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What the token may do. */
  readonly scopes: readonly string[];
  /** Name of the operation, for the ledger: `people.createContact`. */
  readonly operation: string;
}

/** One method of the API, as data for the pipeline of `routes.ts`. */
export interface Operation {
  /** As Google calls it: `people.connections.list`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Group `id` where the path has one. */
  readonly path: RegExp;
  readonly query: readonly string[];
  /** Members of the body that it takes; null: it reads the body itself. */
  readonly body: readonly string[] | null;
  /** `account`: what the token's own account may always see of itself. */
  readonly needs: 'read' | 'write' | 'account';
  run(call: Call): object;
}

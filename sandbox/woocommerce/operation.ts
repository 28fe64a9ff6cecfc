import type { VendorDesk } from '../core/simulator.ts';
import type { Members } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';

/** One request that was let in. */
export interface Call {
  readonly desk: VendorDesk;
  /** Placeholders of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body; empty where there was none. */
  readonly body: Members;
}

/** One operation of the REST interface, below `/wp-json/wc/v3`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  run(call: Call): Reply;
}

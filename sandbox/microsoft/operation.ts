import type { VendorDesk } from '../core/simulator.ts';
import type { Members } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';
import type { Preferences } from './requests.ts';

/** One request, whether it came by itself or in a batch. */
export interface Call {
  readonly desk: VendorDesk;
  /** The client that the token was given to. */
  readonly clientId: string;
  /** What stands in the path in place of an id; empty where there is none. */
  readonly id: string;
  /** Everything that stands in the path in place of something, by its name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Members;
  readonly prefers: Preferences;
  readonly ifMatch: string | undefined;
}

/** One method of the API, as data. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** One of these is enough. */
  readonly scopes: readonly string[];
  run(call: Call): Reply | Promise<Reply>;
}

/** As Graph says what an answer is. */
export const context = (of: string): object => ({
  '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${of}`,
});

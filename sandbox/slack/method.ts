import type { RateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Arguments } from './arguments.ts';
import type { TokenRow } from './rows.ts';

/** One call that was let in. */
export interface Call {
  readonly desk: VendorDesk;
  readonly given: Arguments;
  readonly token: TokenRow;
  /** One message a second in each channel. */
  readonly posting: RateLimit;
}

/** https://docs.slack.dev/apis/web-api/rate-limits: calls a minute. `special` has its own rule. */
export type Tier = 2 | 3 | 4 | 'special';

/** One method of the Web API, as data for the pipeline of `api.ts`. */
export interface Method {
  readonly name: string;
  readonly tier: Tier;
  /** Any one of these lets the call in. Methods that depend on the channel's kind see to it themselves. */
  readonly scopes: readonly string[];
  readonly takesJson: boolean;
  /** Answers what stands beside `ok`. Throws a SlackRefusal. */
  run(call: Call): object;
}

import type { Router } from 'express';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { Scenario } from './scenario.ts';
import type { Signer } from './sign.ts';

/**
 * One vendor's stateful simulator: an Express router that stands at `/<vendor>` and answers as the
 * vendor's own contract says. Written from the contract, never from what a caller happens to send:
 * it refuses what the vendor refuses.
 */
export interface Simulator {
  /** Path prefix and name in the control interface: `stripe`, `zoho-crm`. */
  readonly vendor: string;
  readonly title: string;
  /** Name of the vendor in recordings where it differs from `vendor`. */
  readonly recordedAs?: string;
  /** The vendor's real address of a path below the prefix: what recordings carry. */
  realUrl(path: string): string;
  /** What stands beside its API (public keys): no contract describes it, and it is not recorded. */
  besideApi?(path: string): boolean;
  /** Puts the company's records into empty collections. Called on first start and after a reset. */
  seed(desk: VendorDesk): void;
  /** The vendor's API (and its consent screens where it has them). Read bodies with `bodyOf`. */
  routes(router: Router, desk: VendorDesk): void;
  /** Every subscription it holds, for `GET /_sandbox/webhooks`. */
  webhooks?(desk: VendorDesk): readonly HeldSubscription[];
  /** What a user who presses Accept sends back to the redirect URI, for `POST /_sandbox/consents/<vendor>`. */
  consent?(desk: VendorDesk, wish: ConsentWish): Record<string, string>;
  /** The secret that an admin would copy from this vendor's settings, for `GET /_sandbox/keys`. */
  key?(desk: VendorDesk): string;
  /** Further keys, of other accounts or with other rights, each by what it is called. */
  furtherKeys?(desk: VendorDesk): Readonly<Record<string, string>>;
  /**
   * Makes every access token of the service invalid now (where it gives out none: every token that follows
   * changes); answers how many.
   */
  expire?(desk: VendorDesk): number;
  /**
   * Puts as many records there as a test asks for, beside what stands there, for
   * `POST /_sandbox/seed/<vendor>`. Throws a sentence for a wish that it cannot meet. Answers what it made.
   */
  seedMore?(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object;
  /**
   * Something that a person does at this vendor, for `POST /_sandbox/acts/<vendor>`: `wish.act` names it.
   * Throws a sentence for what cannot be done.
   */
  act?(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object;
  /** Told how each attempt to deliver a webhook of one of its subscriptions ended. */
  delivered?(desk: VendorDesk, subscription: string, outcome: { readonly ok: boolean }): void;
  /** The vendor's own body for a failure that a fault asks for (429, 500 …); default: a plain JSON error. */
  failure?(status: number): unknown;
  /** Headers that the vendor puts on every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Signature schemes of its webhooks beyond those that `core/sign.ts` has for all. */
  readonly signers?: Readonly<Record<string, Signer>>;
  /** What people see of it. */
  readonly pages?: VendorPages;
  /** What can be played with it, in the order in which the page shows it. */
  readonly scenarios?: readonly Scenario[];
}

export interface ConsentWish {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state?: string;
  readonly codeChallenge?: string;
  /** The other parameters of the request, where it is made for a browser. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Which of the vendor's accounts consents, where it offers a choice; default: its administrator. */
  readonly account?: string;
}

export interface TableOptions {
  readonly kept?: boolean;
  /** Left out of `GET /_sandbox/state`: what files hold is large, and nobody reads it there. */
  readonly unlisted?: boolean;
}

/** What the sandbox hands a simulator. Everything in it survives a restart. */
export interface VendorDesk {
  readonly vendor: string;
  /**
   * A journaled table: what is put in it is on disk before the call returns. A `kept` one survives a
   * reset: grants, tokens, webhook subscriptions and workflow rules.
   */
  table<Row extends object>(name: string, options?: TableOptions): Table<Row>;
  readonly clock: () => Date;
  /** Random, never repeated, also across resets and restarts: `id('pi_', 24)`; `digits('4876876000000', 6)`. */
  id(prefix: string, length: number): string;
  digits(prefix: string, length: number): string;
  /** `http://127.0.0.1:3001/<vendor>`: where this simulator itself is reached. */
  readonly url: string;
  /** Notes one committed write. Call it exactly when the simulator's own records changed through its API. */
  wrote(entry: LedgerEntry): void;
  /** Sends a webhook: at once, and again with growing pauses until 2xx, across restarts. */
  deliver(delivery: Delivery): void;
  /** What a fault asks for instead of the vendor's own limit of calls in a minute. */
  requestsPerMinute(): number | undefined;
  /** For how long a fault asks that writes stay out of lists and of what changed; 0: not at all. */
  lagMs(): number;
  /** By how much the vendor's own limits on calls are stretched; 1: as they are. */
  readonly limitFactor: number;
  /** Another simulator's desk, for scenarios and cross-vendor data only. */
  readonly other: (vendor: string) => VendorDesk;
}

/** What is put is copied. `get` gives a copy of one's own; `all` gives the rows themselves, frozen. */
export interface Table<Row extends object> {
  get(id: string): Row | undefined;
  /** In the order in which the ids were first put. */
  all(): Row[];
  put(id: string, row: Row): Row;
  /** Many rows at once, all of them on disk before the call returns; they must not be changed afterwards. */
  putMany(rows: Iterable<readonly [id: string, row: Row]>): void;
  delete(id: string): boolean;
  readonly size: number;
}

export interface LedgerEntry {
  /** `chat.postMessage`, `POST /invoices`. */
  readonly operation: string;
  /** `message`, `invoice`, `contact`. */
  readonly object: string;
  readonly id: string;
  readonly action: 'create' | 'update' | 'delete';
  /** What tells a repeat from a new write: Idempotency-Key, metadata, reference_number. Null: none. */
  readonly marker: string | null;
  /** The record as it now is. */
  readonly record: object;
}

export interface Delivery {
  readonly url: string;
  readonly method?: 'POST' | 'GET' | 'PUT' | 'DELETE';
  /**
   * Applied at each attempt, so that timestamps and signatures are of that moment. Schemes: those of
   * `core/sign.ts`; `carrier` is the header of a `secret-header`.
   */
  readonly sign: { readonly scheme: string; readonly secret: string; readonly carrier?: string };
  readonly contentType: string;
  readonly body: string;
  readonly topic: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which of the vendor's subscriptions it is of, for `delivered`. */
  readonly subscription?: string;
  /** What is not taken is lost: it is never sent again. */
  readonly once?: boolean;
}

/** Enough for any outside program to sign and deliver an event of its own. */
export interface HeldSubscription {
  readonly id: string;
  readonly vendor: string;
  readonly url: string;
  /** `stripe-signature`, `secret-header`, `body-token`. */
  readonly scheme: string;
  /** The header that carries the signature or the secret, or the body field that carries the token. */
  readonly carrier: string;
  readonly secret: string;
  readonly topics: readonly string[];
  readonly contentType: string;
}

/** One request and its answer as the log shows them: redacted, bodies at most 8 kB, each on one line. */
export interface Exchange {
  readonly method: string;
  /** The vendor's real address, also in the sandbox. */
  readonly url: string;
  readonly requestBody: string | null;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly responseBody: string | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly ms: number;
  /** Why no answer came, or what the answer was taken for. */
  readonly error?: string;
  /** It was not sent: its body as it would have left, redacted, and not shortened. */
  readonly held?: { readonly body: unknown };
}

import type { Sentence } from './sentence.ts';

/** Who must act for the work to go on: nobody (the engine waits), an admin of the organisation, or us. */
export type Actor = 'engine' | 'admin' | 'liaison';

interface KindFacts {
  readonly actor: Actor;
  /** The engine tries again by itself. */
  readonly retries: boolean;
}

/**
 * The closed set of what can go wrong at the boundary with a vendor. Every failure of a connector is
 * classified into one of these; nothing else crosses into the engine.
 */
export const ERROR_KINDS = {
  'retry-later': { actor: 'engine', retries: true },
  'rate-limited': { actor: 'engine', retries: true },
  reconnect: { actor: 'admin', retries: true },
  'cursor-lost': { actor: 'engine', retries: true },
  rejected: { actor: 'admin', retries: false },
  gone: { actor: 'admin', retries: false },
  conflict: { actor: 'engine', retries: true },
  unknown: { actor: 'liaison', retries: true },
} as const satisfies Record<string, KindFacts>;

export type ErrorKind = keyof typeof ERROR_KINDS;

export interface ErrorDetails {
  /** What a user reads. */
  readonly sentence: Sentence;
  /** The vendor's own words, already redacted; shown beside the sentence. */
  readonly vendorMessage?: string;
  /** The field that the vendor refused, by the vendor's name for it. */
  readonly field?: string;
  /**
   * What is missing, by the flow's own name for it: what waits is taken up by itself once the flow finds it there
   * (`Automation.isThere`).
   */
  readonly waitsFor?: string;
  /** Epoch milliseconds before which trying again is pointless. */
  readonly retryAt?: number;
  /**
   * Nothing went wrong: the vendor is at work for this run, and is to be looked at again in so many milliseconds. It is no
   * failed attempt.
   */
  readonly againInMs?: number;
  /**
   * The request was sent and its answer never understood: the vendor may have done the work. A write
   * that failed so is looked up before it is sent again.
   */
  readonly mayHaveHappened?: boolean;
  readonly cause?: unknown;
}

/** The only error that connectors, flows and the engine throw on purpose. */
export class LiaisonError extends Error {
  override readonly name = 'LiaisonError';
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, details: ErrorDetails) {
    super(`${kind}: ${details.sentence.en}`, details.cause === undefined ? {} : { cause: details.cause });
    this.kind = kind;
    this.details = details;
  }

  get retries(): boolean {
    return ERROR_KINDS[this.kind].retries;
  }
}

const OF_ONE_RECORD: ReadonlySet<ErrorKind> = new Set(['rejected', 'gone', 'conflict']);

/** Whether a failure may be one record's own doing, and says for certain that it was not written. */
export const isOfOneRecord = ({ kind, details }: LiaisonError): boolean =>
  OF_ONE_RECORD.has(kind) && details.mayHaveHappened !== true;

const WRAPPERS = ['cause', 'original', 'detail', 'exception', 'error'] as const;

/**
 * Finds the classified error inside whatever a vendor's SDK threw: SDKs wrap what their `fetch` threw
 * under names of their own. Anything without one is `unknown`, and may have happened.
 */
export function asLiaisonError(thrown: unknown): LiaisonError {
  let current = thrown;
  for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth += 1) {
    if (current instanceof LiaisonError) return current;
    const holder = current as Record<string, unknown>;
    current = WRAPPERS.map((key) => holder[key]).find((inner) => typeof inner === 'object' && inner !== null);
  }
  return new LiaisonError('unknown', {
    sentence: {
      en: 'Something went wrong that Liaison does not recognise. It will be tried again; if it persists, send us the run.',
      fr: 'Une erreur que Liaison ne reconnaît pas est survenue. Un nouvel essai aura lieu\u00a0; si elle persiste, envoyez-nous l’exécution.',
    },
    mayHaveHappened: true,
    cause: thrown,
  });
}

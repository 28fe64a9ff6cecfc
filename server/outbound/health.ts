import type { ErrorKind, LiaisonError } from '../core/errors.ts';
import { type HealthNote, saveHealth } from '../store/connection-health.ts';
import type { ConnectionRow } from '../store/connections.ts';
import type { Database } from '../store/database.ts';

export interface HealthDeps {
  readonly database: Pick<Database, 'query'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Does it later, and once. */
  readonly later: (work: () => void) => void;
  readonly onError: (error: unknown) => void;
}

/** Remembers for people how each connection's last calls went. */
export interface Health {
  /** A call is over; null: it succeeded. */
  note(connection: Pick<ConnectionRow, 'id'>, error: LiaisonError | null): void;
  /** Stores what was not stored yet. */
  flush(): Promise<void>;
}

/** The vendor answered about one record: it takes the connection's word, and that is what counts here. */
const ABOUT_A_RECORD: ReadonlySet<ErrorKind> = new Set(['gone', 'conflict', 'cursor-lost']);

/** Whatever the traffic: one statement each time that `later` comes round, and none while nothing is called. */
export function createHealth({ database, clock, later, onError }: HealthDeps): Health {
  let seen = new Map<string, HealthNote>();

  async function flush(): Promise<void> {
    const notes = [...seen.values()];
    seen = new Map();
    if (notes.length > 0) await saveHealth(database, notes);
  }

  return {
    note({ id }, error) {
      if (seen.size === 0) later(() => void flush().catch(onError));
      const before = seen.get(id) ?? { id, successAt: null, failureAt: null, failure: null };
      const at = new Date(clock());
      if (error === null || ABOUT_A_RECORD.has(error.kind)) {
        seen.set(id, { ...before, successAt: at });
      } else {
        const { sentence, vendorMessage, field } = error.details;
        const failure = {
          kind: error.kind,
          sentence,
          ...(vendorMessage === undefined ? {} : { vendorMessage: vendorMessage.slice(0, 500) }),
          ...(field === undefined ? {} : { field }),
        };
        seen.set(id, { ...before, failureAt: at, failure });
      }
    },
    flush,
  };
}

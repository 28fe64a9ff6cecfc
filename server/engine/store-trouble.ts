import type { Log } from '../core/log.ts';
import { passingFailure } from '../store/database-failure.ts';

/** What the database refused since it was last told of. */
export interface TroubleReport {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly until: number;
  /** How many times something was refused. */
  readonly refusals: number;
  /** What was stored after all, having been refused before. */
  readonly storedAfterAll: number;
  /** PostgreSQL's own words for the last refusal, or the driver's when nobody answered. */
  readonly said: string;
}

/** Remembers that the database refused to store, for whoever tells people of it. */
export interface StoreTrouble {
  /** Something was refused; what has nothing to do with the database is not counted. */
  refused(error: unknown): void;
  /** Something that was refused before is on disk now. */
  stored(): void;
  /** What happened since the last call; null: nothing. */
  take(): TroubleReport | null;
  /** Puts back what could not be told. */
  putBack(report: TroubleReport): void;
  /** All refusals since the start. */
  readonly total: number;
}

/** Between two lines in the log while it lasts. */
const LOG_EVERY_MS = 10_000;

export function storeTrouble({ log, now }: { log: Log; now: () => number }): StoreTrouble {
  let report: TroubleReport | null = null;
  let total = 0;
  let loggedAt = Number.NEGATIVE_INFINITY;

  return {
    refused(error) {
      const failure = passingFailure(error);
      if (failure === undefined) return;
      const at = now();
      total += 1;
      const before = report ?? { since: at, refusals: 0, storedAfterAll: 0 };
      report = { ...before, until: at, refusals: before.refusals + 1, said: failure.message };
      if (at - loggedAt < LOG_EVERY_MS) return;
      loggedAt = at;
      const { code } = failure as { code?: string };
      log.error(
        { code, said: failure.message, refusals: report.refusals },
        'the database does not store; what was accepted is kept and stored again until it does',
      );
    },
    stored() {
      if (report !== null) report = { ...report, storedAfterAll: report.storedAfterAll + 1 };
    },
    take() {
      const taken = report;
      report = null;
      return taken;
    },
    putBack(taken) {
      report =
        report === null
          ? taken
          : {
              since: taken.since,
              until: report.until,
              refusals: taken.refusals + report.refusals,
              storedAfterAll: taken.storedAfterAll + report.storedAfterAll,
              said: report.said,
            };
    },
    get total() {
      return total;
    },
  };
}

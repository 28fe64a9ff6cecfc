import type { LiaisonError } from '../../core/errors.ts';
import type { Outcome } from '../../core/flow.ts';
import type { Label } from '../../core/label.ts';
import type { StandInBook } from '../../core/stand-ins.ts';
import type { TrialRecord, TrialWarning } from '../../core/trial.ts';

/** One request of a step: as it was sent, or as it would be. */
export interface PlayedRequest {
  readonly method: string;
  /** Redacted. */
  readonly url: string;
  /** The text of what was sent; of what was held back see `held`. */
  readonly requestBody: string | null;
  /** Absent: it only reads, and was sent. */
  readonly held?: { readonly body: unknown };
}

/** One step of a try, in the order in which they came. */
export interface PlayedStep {
  /** As it is declared. */
  readonly name: string;
  /** What it was done for, in a run that does it for several things. */
  readonly item: string | null;
  readonly state: 'done' | 'failed';
  /** Of a write: its record is there already, nothing would be made. */
  readonly found: boolean;
  readonly output: unknown;
  readonly requests: readonly PlayedRequest[];
}

/** What came of playing an integration on a record. */
export interface PlayedRun {
  /** Null: no record fits, or the one that was asked for is not there. */
  readonly record: (Omit<TrialRecord, 'title'> & { readonly title: Label }) | null;
  readonly steps: readonly PlayedStep[];
  /** Earlier runs of the integration knew of what this one asked for. */
  readonly remembers: boolean;
  readonly warnings: readonly TrialWarning[];
  /** As a run's would be, where it ended. */
  readonly outcome: Outcome | null;
  /** Why it could not go on. */
  readonly error: LiaisonError | null;
  readonly book: StandInBook;
}

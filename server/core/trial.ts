import type { FilterPlace, KeptFilter } from './filter/filter.ts';
import type { FlowEvent, SettingSource } from './flow.ts';
import type { Sentence } from './sentence.ts';

/** Which records the integration takes, for whoever offers some of them. */
export interface TrialFilter {
  /** Its owner stands in it by their id. */
  readonly kept: Pick<KeptFilter, 'filter' | 'fields'>;
  readonly place: FilterPlace;
}

/** What the records of a try are read from. */
export interface TrialSource<Settings> extends SettingSource<Settings> {
  /** Up to where a polled source was read, as its last look left it; null before the first. */
  readonly cursor: unknown;
  /** Null: every record takes part. */
  readonly filter: TrialFilter | null;
}

/** A record that an integration can be tried on. */
export interface TrialRecord {
  /** What the try is asked for with. */
  readonly id: string;
  /** What people know it by. */
  readonly title: string;
  /** What tells it from others of that name. */
  readonly detail?: Sentence;
  /** When it came to be as it is, ISO 8601. */
  readonly at?: string;
}

/** What a run about a record would begin with. */
export type TrialEvent = Pick<FlowEvent, 'topic' | 'recordId' | 'body'>;

/** What a try came to, for whoever warns of it. */
export interface Played<Settings> {
  readonly source: TrialSource<Settings>;
  readonly event: FlowEvent;
  /** What a step read, or would have written; undefined: it was not reached. */
  output(step: string): unknown;
  /** What earlier runs of this integration remember, of what this one asked for. */
  readonly remembered: ReadonlySet<string>;
}

/** Something that works, but hardly as meant, or that somebody should know before it is on. */
export interface TrialWarning {
  /** The step that it is about; absent: none of them. */
  readonly step?: string;
  readonly sentence: Sentence;
}

/** The records that stand in a polled source. */
export interface Standing {
  readonly count: number;
  /** The first few of them. */
  readonly shown: readonly TrialRecord[];
  /** The setting that says whether they are taken, too. */
  readonly setting: string;
  /** What they are and how many; absent: rows. */
  readonly said?: Sentence;
}

/** How an automation is tried: on which records, and what a run about one of them would begin with. */
export interface FlowTrial<Settings> {
  /** Newest first. @param search only those in which the text stands, whether they fit or not: somebody looks for one. Null: the latest that fit. */
  records(source: TrialSource<Settings>, search: string | null): Promise<readonly TrialRecord[]>;
  /** Null: there is no such record. */
  event(source: TrialSource<Settings>, record: string): Promise<TrialEvent | null>;
  /** What is there before anything is looked at, where it is asked whether it is taken, too. */
  standing?(source: TrialSource<Settings>): Promise<Standing>;
  warnings?(played: Played<Settings>): Promise<readonly TrialWarning[]> | readonly TrialWarning[];
}

/** As many records are offered to choose from. */
export const MOST_OFFERED = 10;

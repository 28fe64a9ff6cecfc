import type { FilterPlace } from '../../core/filter/filter.ts';
import type { Log } from '../../core/log.ts';
import type { Side } from '../../core/sync/mapping.ts';
import type { Leaving, SideFilter } from '../../core/sync/side-filter.ts';
import type { Sync, SyncSettings } from '../../core/sync-flow.ts';
import type { ObjectOptions, SyncField, SyncObject } from '../../core/sync-object.ts';
import type { Database } from '../../store/database.ts';
import type { SyncKey } from '../../store/sync-links.ts';
import type { SyncObjects } from '../../store/sync-writes.ts';
import { type SyncRow, syncOf } from '../../store/syncs.ts';
import type { CrashPoints } from '../crash-point.ts';
import type { Timing } from '../ports.ts';
import type { StoreTrouble } from '../store-trouble.ts';

/** One side of a sync in hand: its object, and the organisation's way to it. */
export interface SideAtWork {
  readonly object: SyncObject;
  readonly client: unknown;
  /** Every mapped or matched field of this side. */
  readonly fields: readonly string[];
  /** What the vendor says of those fields, by id. */
  readonly schema: ReadonlyMap<string, SyncField>;
  readonly options: ObjectOptions;
  /** The connected account. */
  readonly account: string;
  /** Which of its records take part; null: all of them. */
  readonly filter: SideFilter | null;
}

export interface Judging {
  readonly place: FilterPlace;
  readonly leaving: Leaving;
}

/** One sync of one organisation while this process has it in hand: nobody else works on it meanwhile. */
export interface SyncAtWork {
  readonly database: Database;
  readonly timing: Timing;
  readonly log: Log;
  readonly crash: CrashPoints;
  readonly trouble: StoreTrouble;
  /** Aborted: this process ends, or lost its hold on the sync, and what it has in hand stays for the next one as a crash would leave it. */
  readonly ending: AbortSignal;
  readonly newId: () => string;
  readonly key: SyncKey;
  readonly sync: Sync;
  readonly settings: SyncSettings;
  readonly sides: Readonly<Record<Side, SideAtWork>>;
  /** By whose calendar and in whose currency filters are read, and what becomes of what stops fitting. */
  readonly judging: Judging;
  /** How it stands; replaced when the phase or a cursor moves. */
  row: SyncRow;
  /** Vendor calls and the time they took, for what a preview foretells. */
  readonly spent: { calls: number; ms: number };
}

export const SIDES = ['left', 'right'] as const;

/** What the two sides hold, as receivers are told of it. */
export function objectsOf({ sides }: Pick<SyncAtWork, 'sides'>): SyncObjects {
  const named = ({ object }: SideAtWork) => ({ application: object.connector.id, object: object.id });
  return { left: named(sides.left), right: named(sides.right) };
}

/** Which field ids of a side a mapping reads. */
export function fieldsOf(settings: SyncSettings, side: Side): string[] {
  return [...new Set(settings.rules.fields.map((field) => field[side]))];
}

/** One call to a vendor, timed. */
export async function call<T>(work: SyncAtWork, ask: () => Promise<T>): Promise<T> {
  const began = work.timing.now();
  try {
    return await ask();
  } finally {
    work.spent.calls += 1;
    work.spent.ms += work.timing.now() - began;
  }
}

/** A person stopped the sync while it was in hand, or this process ends. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** @throws Stopped when a person paused the sync, or started it over, since its turn began, or the process ends. */
export async function goesOn(work: SyncAtWork): Promise<void> {
  const { organisationId, integration } = work.key;
  const row = await syncOf(work.database, organisationId, integration);
  if (row?.phase !== work.row.phase || work.ending.aborted) throw new Stopped();
}

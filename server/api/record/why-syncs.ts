import { saidTitle } from '../../core/calendar/untitled.ts';
import type { RecordRef } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { syncFor } from '../../core/sync-flow.ts';
import type { FieldValues, SyncObject } from '../../core/sync-object.ts';
import { listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { type IntegrationRow, isBoundTo } from '../../store/integrations.ts';
import { writesAbout } from '../../store/record-history.ts';
import {
  type SyncedState,
  type SyncProgress,
  syncedStates,
  syncsProgress,
} from '../../store/synced-state.ts';
import type { Why } from '../contract.ts';
import { recordsOf, type SyncedAs } from './record-sources.ts';
import { writeEntry } from './record-view.ts';
import { joined, notYetSentence, pausedSentence, stateSentence, unseenSentence } from './why-sync-words.ts';

type Line = Why['lines'][number];

/** Records of syncs that these references may stand for. */
export function syncedRecords(
  integrations: readonly IntegrationRow[],
  syncs: ReadonlyMap<string, SyncFlow>,
  refs: readonly RecordRef[],
): SyncedAs[] {
  return integrations.flatMap((of) => {
    const flow = syncs.get(of.flow);
    if (flow === undefined) return [];
    const sync = syncFor(flow, of);
    return (['left', 'right'] as const).flatMap((side) =>
      refs
        .filter(({ object }) => object === sync[side].object.id)
        .map(({ id }) => ({ integration: of.id, side, id, sync, of })),
    );
  });
}

export interface WhySyncParts {
  readonly database: Database;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const MOST_WRITES = 30;

/** What syncs hold of records and did with them: how each stands now, and what was written, apart. */
export async function syncLines(
  { database, syncs, now }: WhySyncParts,
  organisationId: string,
  synced: readonly SyncedAs[],
  { timeZone, absent }: { readonly timeZone: string; readonly absent: boolean },
): Promise<{ readonly standing: Line[]; readonly written: Line[] }> {
  if (synced.length === 0) return { standing: [], written: [] };
  const ids = [...new Set(synced.map(({ integration }) => integration))];
  const [connections, states, progress, writes] = await Promise.all([
    listConnections(database, organisationId),
    syncedStates(database, organisationId, recordsOf(synced)),
    syncsProgress(database, organisationId, ids),
    writesAbout(database, organisationId, recordsOf(synced), MOST_WRITES),
  ]);
  const stateOf = ({ integration, side, id }: SyncedAs): SyncedState | undefined =>
    states.find((one) => one.integration === integration && one.side === side && one.id === id);
  const connectionsOf = (one: SyncedAs, side: 'left' | 'right'): string[] =>
    connections
      .filter(
        ({ id, connector }) =>
          connector === one.sync[side].object.connector.id && isBoundTo(one.of.roles, side, id),
      )
      .map(({ id }) => id);
  const seenIn = new Set(synced.flatMap((one) => (stateOf(one) ? connectionsOf(one, one.side) : [])));
  // The same id in another account is another record, or none.
  const isOfAccount = (one: SyncedAs): boolean => {
    const own = connectionsOf(one, one.side);
    return seenIn.size === 0 ? own.length > 0 : own.some((id) => seenIn.has(id));
  };
  const told = new Set<string>();
  const standing = synced.flatMap((one): Line[] => {
    const state = stateOf(one);
    const named = { id: one.integration, titles: integrationTitle(one.of, syncs) };
    const at = progress.get(one.integration);
    const base = { integration: named, kind: 'sync' as const, run: null, mayReplay: false };
    const line = standingLine(one, state, at, { timeZone, now: now() });
    if (
      state === undefined &&
      !(absent && isOfAccount(one) && connectionsOf(one, other(one.side)).length > 0)
    )
      return [];
    // Both records of a pair may be asked of: what became of them is one.
    const unit = `${one.integration} ${state?.link ?? `${one.side} ${one.id}`}`;
    if (told.has(unit)) return [];
    told.add(unit);
    return [{ ...base, record: state?.label ? saidTitle(state.label) : null, ...line }];
  });
  const written = writes.map((write): Line => {
    const one = synced.find(({ integration }) => integration === write.integration);
    const entry = writeEntry(
      write,
      one === undefined ? { en: '', fr: '' } : integrationTitle(one.of, syncs),
      one?.sync[write.side].object.titles ?? { en: '', fr: '' },
    );
    return {
      at: entry.at,
      integration: { id: write.integration, titles: entry.titles },
      kind: 'sync',
      record: null,
      outcome: entry.state === 'failed' ? 'failing' : 'written',
      sentence: entry.sentence,
      run: null,
      mayReplay: false,
    };
  });
  return { standing, written };
}

const other = (side: 'left' | 'right') => (side === 'left' ? 'right' : 'left');

/** Codes of what the filter of a side left out: the record, its counterpart, what it would make there. */
const BY_FILTER: ReadonlySet<string> = new Set(['filter', 'parted', 'unfit']);

const outcomeOf = ({ state, excluded }: SyncedState): Line['outcome'] =>
  state === 'excluded' && excluded !== null && BY_FILTER.has(excluded.code) ? 'filtered' : state;

/** When the record was left out, where that is known; else what is known of it last. */
function momentOf({ excluded, seenAt, writtenAt, otherWrittenAt }: SyncedState): Date {
  const since = excluded === null ? undefined : (excluded as { readonly at?: string }).at;
  if (since !== undefined) return new Date(since);
  const times = [seenAt, writtenAt, otherWrittenAt].filter((at) => at !== null);
  return new Date(Math.max(...times.map((at) => at.getTime())));
}

function standingLine(
  { sync, side }: SyncedAs,
  state: SyncedState | undefined,
  progress: SyncProgress | undefined,
  { timeZone, now }: { readonly timeZone: string; readonly now: number },
): Pick<Line, 'at' | 'outcome' | 'sentence'> {
  const own = sync[side].object;
  const counterpart = sync[other(side)].object;
  const clock = { timeZone };
  const notYet = notYetSentence(progress?.phase);
  if (progress === undefined || notYet !== null)
    return {
      at: (progress?.at ?? new Date(now)).toISOString(),
      outcome: 'off',
      sentence: joined(notYet, state?.excluded ?? null),
    };
  const paused = progress.phase === 'paused' ? pausedSentence(progress) : null;
  const stopped = progress.error === null ? paused : progress.error.sentence;
  const said = (at: Date, outcome: Line['outcome'], sentence: Line['sentence']) => ({
    at: at.toISOString(),
    outcome: paused === null ? outcome : ('paused' as const),
    sentence:
      stopped === null
        ? sentence
        : { en: `${stopped.en} ${sentence.en}`, fr: `${stopped.fr} ${sentence.fr}` },
  });
  if (state === undefined) {
    const readAt = progress.readAt[side];
    return said(readAt ?? progress.at, 'unseen', unseenSentence(readAt, own.titles, clock));
  }
  const optedOut = hasOptedOut(own, state.values) || hasOptedOut(counterpart, state.otherValues);
  const sentence = stateSentence(state, { own: own.titles, other: counterpart.titles }, optedOut, clock);
  return said(momentOf(state), outcomeOf(state), sentence);
}

/** Whether the person opted out, as the side's own records say it. */
function hasOptedOut({ person }: SyncObject, values: FieldValues | null): boolean {
  const field = person?.parts.consent;
  return field !== undefined && values?.[field] === true;
}

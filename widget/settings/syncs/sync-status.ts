import type { SyncRecordState, SyncSummary } from '../../../server/api/contract.ts';
import type { Texts } from '../../language/english.ts';
import type { Formats } from '../../language/formats.ts';

/** How a sync stands, in one word for people. */
export type SyncStatus = keyof Texts['syncs']['status'];
export type Tone = 'good' | 'busy' | 'bad' | 'quiet';

const OF_PHASE: Partial<Record<SyncSummary['phase'], SyncStatus>> = {
  new: 'off',
  previewing: 'reading',
  previewed: 'ready',
  applying: 'applying',
  undoing: 'undoing',
  paused: 'paused',
};

const TONES: Readonly<Record<SyncStatus, Tone>> = {
  off: 'quiet',
  again: 'bad',
  reading: 'busy',
  ready: 'busy',
  applying: 'busy',
  undoing: 'busy',
  paused: 'bad',
  trouble: 'bad',
  attention: 'bad',
  waiting: 'busy',
  differing: 'quiet',
  inSync: 'good',
  nothing: 'quiet',
};

type Standing = Pick<SyncSummary, 'phase' | 'begun' | 'counts' | 'error' | 'pause'>;

/** "In sync" only when nothing waits, fails, is undecided or was undone, and both sides could be asked. */
export function statusOf({ phase, begun, counts, error }: Standing): SyncStatus {
  if (error !== null && phase !== 'new' && phase !== 'paused') return 'trouble';
  if (phase === 'new' && begun) return 'again';
  const ofPhase = OF_PHASE[phase];
  if (ofPhase !== undefined) return ofPhase;
  if (counts.failing > 0 || counts.conflicts > 0) return 'attention';
  if (counts.waiting > 0) return 'waiting';
  if (counts.differing > 0) return 'differing';
  return counts.inSync > 0 ? 'inSync' : 'nothing';
}

export function toneOf(sync: Standing): Tone {
  const status = statusOf(sync);
  // Who paused it knows; the brake and a changed account must be looked at.
  if (status === 'paused')
    return sync.pause?.code === 'admin' || sync.pause?.code === 'undo' ? 'quiet' : 'bad';
  return TONES[status];
}

/** Whether the counts tell of both sides as they are, or only of how they were when last asked. */
const isCurrent = ({ phase, error }: Standing): boolean =>
  error === null && (phase === 'live' || phase === 'applying');

export interface CountPart {
  readonly text: string;
  /** Where these records are listed; null: nowhere yet. */
  readonly state: SyncRecordState | null;
}

/** "4,812 in sync, 3 waiting, 1 set aside": every count that is not zero, and none that is not so. */
export function countParts(
  sync: Standing,
  texts: Texts['syncs']['counts'],
  number: Formats['number'],
): readonly CountPart[] {
  const { counts, phase } = sync;
  // How much is read is told by the bar that moves, once.
  if (phase === 'previewing') return [];
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const alone = (text: string) => [{ text, state: null }];
  if (all === 0) return alone(texts.none);
  // Before the first run nothing waits: it was only read.
  if (counts.inSync + counts.failing + counts.conflicts + counts.differing === 0 && isBeforeFirstRun(phase)) {
    return alone(texts.read(all, number(all)));
  }
  const inSync = isCurrent(sync) ? texts.inSync : texts.wereInSync;
  const parts: readonly [number, SyncRecordState, (text: string) => string][] = [
    [counts.inSync, 'in-sync', inSync],
    [counts.waiting, 'waiting', texts.waiting],
    [counts.failing, 'failing', (text) => texts.failing(counts.failing, text)],
    [counts.conflicts, 'conflict', (text) => texts.conflicts(counts.conflicts, text)],
    [counts.differing, 'differing', (text) => texts.differing(counts.differing, text)],
    [counts.excluded, 'excluded', (text) => texts.excluded(counts.excluded, text)],
    [counts.alone, 'alone', texts.alone],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, state, words]) => ({ text: words(number(count)), state }));
}

/** The same as one line. */
export const countsLine = (...of: Parameters<typeof countParts>): string =>
  countParts(...of)
    .map(({ text }) => text)
    .join(', ');

const isBeforeFirstRun = (phase: SyncSummary['phase']): boolean =>
  phase === 'new' || phase === 'previewing' || phase === 'previewed';

import type { SyncSummary } from '../../../server/api/contract.ts';
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

type Standing = Pick<SyncSummary, 'phase' | 'counts' | 'error' | 'pause'>;

/** "In sync" only when nothing waits, fails, is undecided or was undone, and both sides could be asked. */
export function statusOf({ phase, counts, error }: Standing): SyncStatus {
  if (error !== null && phase !== 'new' && phase !== 'paused') return 'trouble';
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

/** "4,812 in sync, 3 waiting, 1 failing": every count that is not zero, and none that is not so. */
export function countsLine(
  sync: Standing,
  texts: Texts['syncs']['counts'],
  number: Formats['number'],
): string {
  const { counts, phase } = sync;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0) return texts.none;
  // Before the first run nothing waits: it was only read.
  if (counts.inSync + counts.failing + counts.conflicts + counts.differing === 0 && isBeforeFirstRun(phase)) {
    return texts.read(all, number(all));
  }
  const inSync = isCurrent(sync) ? texts.inSync : texts.wereInSync;
  return [
    counts.inSync > 0 && inSync(number(counts.inSync)),
    counts.waiting > 0 && texts.waiting(number(counts.waiting)),
    counts.failing > 0 && texts.failing(number(counts.failing)),
    counts.conflicts > 0 && texts.conflicts(counts.conflicts, number(counts.conflicts)),
    counts.differing > 0 && texts.differing(counts.differing, number(counts.differing)),
    counts.excluded > 0 && texts.excluded(number(counts.excluded)),
    counts.alone > 0 && texts.alone(number(counts.alone)),
  ]
    .filter((part) => part !== false)
    .join(', ');
}

const isBeforeFirstRun = (phase: SyncSummary['phase']): boolean =>
  phase === 'new' || phase === 'previewing' || phase === 'previewed';

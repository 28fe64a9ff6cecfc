import type { Sentence } from '../../core/sentence.ts';
import type { IntegrationFacts, OverviewItem } from '../contract.ts';

type Standing = OverviewItem['standing'];

/** What is known of an integration, of which its state is read. */
export interface StandingFacts {
  readonly enabled: boolean;
  readonly connections: IntegrationFacts['connections'];
  /** When it was turned off last; null: not known, or never. */
  readonly offSince: string | null;
  /** Whether it was ever on. */
  readonly wasOn: boolean;
  /** Why the last look at its source failed. */
  readonly failure: Sentence | null;
  readonly shelved: number;
  /** Null: it is an automation. */
  readonly sync: SyncStanding | null;
}

export interface SyncStanding {
  readonly phase: 'new' | 'previewing' | 'previewed' | 'applying' | 'live' | 'paused' | 'undoing';
  /** Whether a preview of it was ever applied. */
  readonly begun: boolean;
  readonly conflicts: number;
  readonly pause: { readonly isByPerson: boolean; readonly sentence: Sentence } | null;
}

const OF_PHASE = {
  previewing: 'reading',
  previewed: 'previewed',
  applying: 'applying',
  undoing: 'undoing',
} as const;

/** How an integration stands: of several things that are true the one that a person should see to first. */
export function standingOf(facts: StandingFacts): Standing {
  const { connections, shelved, failure, sync } = facts;
  const waitsFor = Object.values(connections).flatMap(({ connector, titles, state, optional }) =>
    optional || state === 'active' ? [] : [{ titles: connector?.titles ?? titles, state }],
  );
  const state = stateOf(facts, waitsFor.length > 0);
  return {
    state,
    since: state === 'off' ? facts.offSince : null,
    waitsFor,
    shelved,
    decisions: sync?.conflicts ?? 0,
    why: state === 'paused' ? (sync?.pause?.sentence ?? null) : state === 'trouble' ? failure : null,
  };
}

function stateOf(
  { enabled, wasOn, failure, shelved, sync }: StandingFacts,
  waits: boolean,
): Standing['state'] {
  if (sync === null && !enabled) return wasOn ? 'off' : 'not-on-yet';
  if (sync !== null && sync.phase !== 'live') {
    if (sync.phase === 'new') return sync.begun ? 'again' : 'not-on-yet';
    if (sync.phase === 'paused') return sync.pause?.isByPerson === false ? 'paused' : 'off';
    return OF_PHASE[sync.phase];
  }
  if (waits) return 'waits';
  if (failure !== null) return 'trouble';
  if (shelved > 0) return 'shelved';
  return (sync?.conflicts ?? 0) > 0 ? 'decisions' : 'runs';
}

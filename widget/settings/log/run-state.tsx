import type { RunState, RunSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';

/** How a run is shown: its state, with the one distinction that people ask about. */
export type ShownState = RunState | 'retrying';

export function shownState({ state, attempts }: Pick<RunSummary, 'state' | 'attempts'>): ShownState {
  return state === 'waiting' && attempts > 0 ? 'retrying' : state;
}

const ICONS: Readonly<Record<ShownState, IconName>> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  skipped: 'skipped',
  shelved: 'failed',
  superseded: 'superseded',
  retrying: 'retrying',
};

export function StateBadge({ run }: { run: Pick<RunSummary, 'state' | 'attempts'> }) {
  const { texts } = useSpeech();
  const state = shownState(run);
  return (
    <span className={`state state-${state}`}>
      <Icon name={ICONS[state]} />
      {texts.states[state]}
    </span>
  );
}

import { useEffect, useState } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { useLine } from '../live-runs.tsx';

/** So that a screen reader hears of a burst once. */
const ANNOUNCE_MS = 2_000;

/** Whether what is shown is what is happening. */
export function LiveIndicator() {
  const { texts } = useSpeech();
  const { state, changes } = useLine();
  const told = useTold(changes);
  return (
    <>
      <span
        className={`line line-${state}`}
        role="status"
        title={state === 'live' ? texts.live.liveHint : undefined}
      >
        <span className="dot" aria-hidden="true" />
        {texts.live[state]}
      </span>
      <span className="unseen" role="status">
        {told > 0 && texts.log.appeared(told)}
      </span>
    </>
  );
}

/** How many changes came since the last announcement, once they have stopped coming for a moment. */
function useTold(changes: number): number {
  const [told, setTold] = useState({ upTo: changes, count: 0 });
  useEffect(() => {
    if (changes === told.upTo) return;
    const timer = setTimeout(() => setTold({ upTo: changes, count: changes - told.upTo }), ANNOUNCE_MS);
    return () => clearTimeout(timer);
  }, [changes, told.upTo]);
  return told.count;
}

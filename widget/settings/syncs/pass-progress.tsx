import { useId } from 'react';
import type { SyncSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { isBusy } from './sync-queries.ts';

/** How far the pass in hand is; nothing while none is. */
export function PassProgress({ sync }: { sync: SyncSummary }) {
  const { texts, formats } = useSpeech();
  const id = useId();
  const words = texts.syncs.overview;
  if (!isBusy(sync)) return null;
  const { done = 0, total = null, stage = 'reading' } = sync.pass?.progress ?? {};
  const name =
    sync.phase === 'undoing'
      ? words.undoingProgress
      : {
          reading: words.readingProgress,
          planning: words.planningProgress,
          writing: words.writingProgress,
          finished: words.writingProgress,
        }[stage];
  const known = total !== null && total > 0;
  const told = known
    ? words.done(formats.number(Math.min(done, total)), formats.number(total))
    : words.doneSoFar(done, formats.number(done));
  return (
    <div className="pass-progress">
      <label htmlFor={id}>
        {name} <span className="quiet">{told}</span>
      </label>
      <progress
        id={id}
        max={known ? total : 1}
        {...(known ? { value: Math.min(done, total) } : {})}
        aria-valuetext={told}
      />
    </div>
  );
}

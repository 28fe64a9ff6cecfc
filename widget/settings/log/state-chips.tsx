import { useQuery } from '@tanstack/react-query';
import type { RunState } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import type { Choose } from './log-filters.tsx';
import { type LogFilter, runCountsOf } from './run-queries.ts';

const ORDER: readonly RunState[] = ['running', 'waiting', 'done', 'skipped', 'shelved', 'superseded'];
/** Shown only where there are some. */
const RARE: ReadonlySet<RunState> = new Set(['superseded']);

/** How many runs stand in each state; a press shows only those. */
export function StateChips(props: { filter: LogFilter; state: RunState | ''; choose: Choose }) {
  const { texts, formats } = useSpeech();
  const { data: counts } = useQuery(runCountsOf(props.filter));
  const shown = ORDER.filter(
    (state) => !RARE.has(state) || state === props.state || (counts?.[state] ?? 0) > 0,
  );
  return (
    <fieldset className="chips" aria-label={texts.log.states}>
      <button type="button" aria-pressed={props.state === ''} onClick={() => props.choose({ state: '' })}>
        {texts.log.anyState}
      </button>
      {shown.map((state) => (
        <button
          key={state}
          type="button"
          className={`chip-${state}`}
          aria-pressed={state === props.state}
          onClick={() => props.choose({ state: state === props.state ? '' : state })}
        >
          {texts.states[state]}{' '}
          {counts && (
            <span className={counts[state] > 0 ? 'count some' : 'count'}>
              {formats.number(counts[state])}
            </span>
          )}
        </button>
      ))}
    </fieldset>
  );
}

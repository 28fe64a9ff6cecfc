import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { useMediaQuery } from '../../pieces/media-query.ts';
import { go, hrefOf, useAddress } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { Keeping } from './keeping.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import { filterOf, isFiltered, type LogChoice, readChoice, writeChoice } from './log-filter.ts';
import { LogFilters } from './log-filters.tsx';
import { ReplayAll } from './replay-all.tsx';
import { RunList } from './run-list.tsx';
import { RunPanel } from './run-panel.tsx';
import { runList } from './run-queries.ts';
import { rowId } from './run-row.tsx';
import { StateChips } from './state-chips.tsx';

// For admins who have not come to the end of it.
const Checklist = lazy(() => import('../start/checklist.tsx'));

/** Narrower than this, an open run covers the list. */
const BESIDE = '(min-width: 62rem)';

/** Everything that Liaison did: the list, and beside it the run that is open. */
export function LogScreen() {
  const { texts, timeZone } = useSpeech();
  const admin = useIsAdmin();
  const { search } = useAddress();
  const key = search.toString();
  const choice = useMemo(() => readChoice(new URLSearchParams(key)), [key]);
  const { integration, record, state, period, from, to } = choice;
  const filter = useMemo(
    () => filterOf({ integration, record, state, period, from, to }, timeZone, Date.now()),
    [integration, record, state, period, from, to, timeZone],
  );
  const list = useInfiniteQuery(runList(filter));
  const open = search.get('run');
  const covered = !useMediaQuery(BESIDE) && open !== null;
  useFocusReturn(open);

  const hrefWith = useCallback(
    (changed: Partial<LogChoice>, run: string | null) =>
      hrefOf('log', { ...writeChoice({ ...choice, ...changed }), run }),
    [choice],
  );
  const choose = useCallback(
    (changed: Partial<LogChoice>, replace = false) => go(hrefWith(changed, open), { replace }),
    [hrefWith, open],
  );

  return (
    <div className={open === null ? 'log' : 'log with-run'}>
      <section className="log-list" aria-labelledby="log-title" inert={covered}>
        <header className="title">
          <h1 id="log-title" tabIndex={-1}>
            {texts.log.title}
          </h1>
          <LiveIndicator />
          <ReplayAll filter={filter} filtered={isFiltered({ ...choice, state: '' })} />
        </header>
        {admin && (
          <Suspense fallback={null}>
            <Checklist />
          </Suspense>
        )}
        <LogFilters choice={choice} choose={choose} />
        <StateChips filter={filter} state={state} choose={choose} />
        <RunList
          list={list}
          open={open}
          filtered={isFiltered(choice)}
          sought={choice.record}
          hrefOfRun={(id) => hrefWith({}, id)}
          clear={() => go(hrefOf('log', { run: open }))}
        />
        {admin && <Keeping />}
      </section>
      {open !== null && <RunPanel key={open} id={open} close={() => go(hrefWith({}, null))} />}
    </div>
  );
}

/** When a run is closed, the focus goes back to its row, or to the title if the row is gone. */
function useFocusReturn(open: string | null): void {
  const before = useRef(open);
  useEffect(() => {
    const closed = before.current;
    before.current = open;
    if (closed === null || open !== null || document.activeElement !== document.body) return;
    (document.getElementById(rowId(closed)) ?? document.getElementById('log-title'))?.focus();
  }, [open]);
}

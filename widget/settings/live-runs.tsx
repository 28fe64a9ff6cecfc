import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { openEvents } from '../api/client.ts';
import { keepLine, type LineState } from '../api/live-line.ts';
import { WHY_KEY } from '../why/why-queries.ts';
import { OVERVIEW_KEY } from './integrations/overview-queries.ts';
import { applyToLists, RUN_KEYS } from './log/run-queries.ts';
import { SHELF_KEY } from './shelf/shelf-queries.ts';
import { SYNC_KEYS } from './syncs/sync-keys.ts';

const LineContext = createContext<{ state: LineState; changes: number }>({ state: 'connecting', changes: 0 });

/** Counts are asked again at most this often while runs pour in. */
const RECOUNT_MS = 1_000;
const SYNC_LOOK_MS = 400;

/** Holds the live line and writes what it says into everything that shows runs. */
export function LiveRuns({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [line, setLine] = useState<{ state: LineState; changes: number }>({
    state: 'connecting',
    changes: 0,
  });

  useEffect(() => {
    let recount: ReturnType<typeof setTimeout> | undefined;
    // An answer that was on its way when a run changed may be older than the change.
    let overtaken = false;
    let wasLive = false;
    let lookAtSyncs: ReturnType<typeof setTimeout> | undefined;
    const stop = keepLine(openEvents, {
      runs(changed) {
        overtaken ||= queries.isFetching({ queryKey: RUN_KEYS.lists }) > 0;
        applyToLists(queries, changed);
        for (const { id } of changed) void queries.invalidateQueries({ queryKey: RUN_KEYS.one(id) });
        recount ??= setTimeout(() => {
          recount = undefined;
          void queries.invalidateQueries({ queryKey: RUN_KEYS.counts });
          void queries.invalidateQueries({ queryKey: WHY_KEY });
          if (overtaken) void queries.invalidateQueries({ queryKey: RUN_KEYS.lists });
          overtaken = false;
        }, RECOUNT_MS);
        setLine((before) => ({ ...before, changes: before.changes + changed.length }));
      },
      syncs() {
        // A sync at work tells of itself at every turn.
        lookAtSyncs ??= setTimeout(() => {
          lookAtSyncs = undefined;
          void queries.invalidateQueries({ queryKey: SYNC_KEYS.changing });
          void queries.invalidateQueries({ queryKey: SHELF_KEY });
          void queries.invalidateQueries({ queryKey: WHY_KEY });
          void queries.invalidateQueries({ queryKey: OVERVIEW_KEY });
        }, SYNC_LOOK_MS);
      },
      reset() {
        void queries.invalidateQueries({ queryKey: RUN_KEYS.all });
        void queries.invalidateQueries({ queryKey: SYNC_KEYS.changing });
        void queries.invalidateQueries({ queryKey: WHY_KEY });
      },
      state(state) {
        // What changed between the first answers and the first moment of the line is not told by it.
        if (state === 'live' && !wasLive) {
          void queries.invalidateQueries({ queryKey: RUN_KEYS.all });
          void queries.invalidateQueries({ queryKey: SYNC_KEYS.changing });
        }
        wasLive ||= state === 'live';
        setLine((before) => (before.state === state ? before : { ...before, state }));
      },
    });
    return () => {
      clearTimeout(recount);
      clearTimeout(lookAtSyncs);
      stop();
    };
  }, [queries]);

  return <LineContext value={line}>{children}</LineContext>;
}

export const useLine = () => useContext(LineContext);

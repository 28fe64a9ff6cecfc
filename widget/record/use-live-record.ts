import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openEvents } from '../api/client.ts';
import { keepLine, type LineState } from '../api/live-line.ts';
import { askAgain, lookAgain, RECORD_KEYS, type RecordAddress } from './record-queries.ts';

/** A sync at work tells of itself at every turn: it is looked at no more often than this. */
const SYNC_LOOK_MS = 1_500;

/** Keeps what is shown of a record as it is now, for as long as the page is open. */
export function useLiveRecord(record: RecordAddress): LineState {
  const queries = useQueryClient();
  const [state, setState] = useState<LineState>('connecting');
  const { module, id } = record;

  useEffect(() => {
    const here = { module, id };
    let looking: ReturnType<typeof setTimeout> | undefined;
    let wasLive = false;
    const stop = keepLine(openEvents, {
      runs() {
        // Runs of this record are told of as such.
      },
      records(changed) {
        const own = changed.filter((one) => one.module === module && one.id === id);
        if (own.length === 0) return;
        void askAgain(queries, here, [...new Set(own.flatMap(({ connectors }) => connectors))]);
        void lookAgain(queries, here);
      },
      syncs() {
        looking ??= setTimeout(() => {
          looking = undefined;
          void lookAgain(queries, here);
        }, SYNC_LOOK_MS);
      },
      reset() {
        void queries.invalidateQueries({ queryKey: RECORD_KEYS.cards(here) });
        void lookAgain(queries, here);
      },
      state(next) {
        // What happened while the line was down was told to nobody.
        if (next === 'live' && !wasLive) void lookAgain(queries, here);
        wasLive ||= next === 'live';
        setState(next);
      },
    });
    return () => {
      clearTimeout(looking);
      stop();
    };
  }, [queries, module, id]);

  return state;
}

import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { RunsPage } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { EmptyLog, NoMatch } from './empty-log.tsx';
import { RunRow } from './run-row.tsx';

interface RunListProps {
  readonly list: UseInfiniteQueryResult<InfiniteData<RunsPage>>;
  readonly open: string | null;
  readonly filtered: boolean;
  /** What was searched for; empty: nothing. */
  readonly sought: string;
  readonly hrefOfRun: (id: string) => string;
  readonly clear: () => void;
}

/** One stop for the tab key; arrows go from row to row. */
export function RunList({ list, open, filtered, sought, hrefOfRun, clear }: RunListProps) {
  const { texts } = useSpeech();
  const [reached, setReached] = useState<string | null>(null);
  const retry = () => void list.refetch();
  if (list.error && !list.data) return <ProblemNotice error={list.error} retry={retry} />;
  if (!list.data) return <Loading />;

  const runs = list.data.pages.flatMap((page) => page.runs);
  if (runs.length === 0) return filtered ? <NoMatch clear={clear} sought={sought} /> : <EmptyLog />;
  const stop = [reached, open].find((id) => runs.some((run) => run.id === id)) ?? runs[0]?.id;
  return (
    <>
      {list.error && <ProblemNotice error={list.error} retry={retry} />}
      <ol
        className="runs"
        aria-label={texts.log.runs}
        aria-busy={list.isPlaceholderData}
        onKeyDown={moveAmongRows}
        onFocus={(event) => setReached(event.target.getAttribute('data-run'))}
      >
        {runs.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            href={hrefOfRun(run.id)}
            open={run.id === open}
            stop={run.id === stop}
          />
        ))}
      </ol>
      <p className="more">
        {list.hasNextPage ? (
          <button type="button" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? texts.log.loadingMore : texts.log.more}
          </button>
        ) : (
          <span className="quiet">{texts.log.end}</span>
        )}
      </p>
    </>
  );
}

function moveAmongRows(event: KeyboardEvent<HTMLOListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-run]')];
  const here = rows.indexOf(document.activeElement as HTMLElement);
  const target = {
    ArrowDown: here + 1,
    ArrowUp: here - 1,
    Home: 0,
    End: rows.length - 1,
  }[event.key];
  if (target === undefined || here < 0) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(target, rows.length - 1))]?.focus();
}

import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SyncRecord } from '../../../server/api/contract.ts';
import { saidTitle } from '../../../server/core/calendar/untitled.ts';
import type { Label } from '../../../server/core/label.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { type RecordFilter, syncRecords } from './sync-queries.ts';
import { useFocusKept } from './use-focus-kept.ts';

interface RecordPagesProps {
  readonly syncId: string;
  readonly filter: RecordFilter;
  readonly label: string;
  /** Shown when there is none. */
  readonly empty: ReactNode;
  readonly row: (record: SyncRecord) => ReactNode;
}

/** Records under a filter, page by page. */
export function RecordPages({ syncId, filter, label, empty, row }: RecordPagesProps) {
  const { texts } = useSpeech();
  const words = texts.syncs.records;
  const list = useInfiniteQuery(syncRecords(syncId, filter));
  const place = useFocusKept();
  const retry = () => void list.refetch();
  if (list.error && !list.data) return <ProblemNotice error={list.error} retry={retry} />;
  if (!list.data) return <Loading />;
  const records = list.data.pages.flatMap((page) => page.records);
  if (records.length === 0) {
    return (
      <div ref={place} tabIndex={-1}>
        {empty}
      </div>
    );
  }
  return (
    <div ref={place} className="record-pages" tabIndex={-1}>
      {list.error && <ProblemNotice error={list.error} retry={retry} />}
      <ol className="records" aria-label={label} aria-busy={list.isPlaceholderData}>
        {records.map((record) => (
          <li key={record.id} tabIndex={-1}>
            {row(record)}
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <p className="more">
          <button type="button" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? words.loadingMore : words.more}
          </button>
        </p>
      )}
    </div>
  );
}

/** What a record or a pair is known by: one name when both sides say the same. */
export function nameOf(
  { left, right }: Pick<SyncRecord, 'left' | 'right'>,
  say: (label: Label) => string,
): string {
  const names = [left?.label, right?.label].flatMap((name) => (name ? [say(saidTitle(name))] : []));
  return [...new Set(names)].join(' · ') || (left?.id ?? right?.id ?? '');
}

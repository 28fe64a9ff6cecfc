import { useInfiniteQuery } from '@tanstack/react-query';
import type { SyncDetail, SyncPreview, SyncPreviewKind } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { go, hrefOf, useAddress } from '../address.ts';
import { SampleList } from './sample-list.tsx';
import { SearchField } from './search-field.tsx';
import { previewRecords } from './sync-queries.ts';

interface PreviewRecordsProps {
  readonly sync: SyncDetail;
  /** Examples, of a preview that was made before all of it was kept. */
  readonly samples: SyncPreview['samples'];
}

/** Every record that a preview would do something about: by kind, searched, page by page. */
export function PreviewRecords({ sync, samples }: PreviewRecordsProps) {
  const { texts, formats } = useSpeech();
  const words = texts.syncs.preview;
  const { search } = useAddress();
  const wish = search.get('kind');
  const typed = search.get('search') ?? '';
  const hrefWith = (changed: Record<string, string | null>) =>
    hrefOf('syncs', { sync: sync.id, tab: 'preview', kind: wish, search: typed, ...changed });
  const kind = wish !== null && Object.hasOwn(words.groups, wish) ? (wish as SyncPreviewKind) : undefined;
  const list = useInfiniteQuery(previewRecords(sync.id, { kind, ...(typed !== '' && { search: typed }) }));
  const retry = () => void list.refetch();
  if (list.error && !list.data) return <ProblemNotice error={list.error} retry={retry} />;
  if (!list.data) return <Loading />;
  const kinds = list.data.pages[0]?.kinds ?? [];
  const records = list.data.pages.flatMap((page) => page.records);
  const total = list.data.pages[0]?.total ?? 0;
  if (total === 0) {
    return (
      <>
        <h2>{words.records}</h2>
        {samples.length === 0 ? (
          <p className="quiet">{words.noSamples}</p>
        ) : (
          <SampleList sync={sync} samples={samples} />
        )}
      </>
    );
  }
  return (
    <section className="preview-records" aria-label={words.records}>
      <h2>{words.records}</h2>
      <p className="quiet">{words.recordsHint}</p>
      <fieldset className="chips" aria-label={words.kind}>
        <button type="button" aria-pressed={kind === undefined} onClick={() => go(hrefWith({ kind: null }))}>
          {texts.syncs.states.any} <span className="count">{formats.number(total)}</span>
        </button>
        {kinds.map((one) => (
          <button
            key={one.kind}
            type="button"
            aria-pressed={one.kind === kind}
            onClick={() => go(hrefWith({ kind: one.kind }))}
          >
            {words.groups[one.kind]} <span className="count">{formats.number(one.records)}</span>
          </button>
        ))}
      </fieldset>
      <SearchField
        value={typed}
        hint={words.searchHint}
        choose={(text) => go(hrefWith({ search: text }), { replace: true })}
      />
      {records.length === 0 ? (
        <div className="nothing" role="status">
          <h2>{texts.syncs.records.noMatch}</h2>
          <button type="button" onClick={() => go(hrefWith({ search: null, kind: null }))}>
            {texts.syncs.records.clear}
          </button>
        </div>
      ) : (
        <SampleList sync={sync} samples={records} />
      )}
      {list.hasNextPage && (
        <p className="more">
          <button type="button" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? texts.syncs.records.loadingMore : texts.syncs.records.more}
          </button>
        </p>
      )}
    </section>
  );
}

import type { SyncDetail, SyncRecord } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { useFailureText } from './failure-text.ts';
import { FailureWords } from './failure-words.tsx';
import { useFieldName, useSideName } from './field-names.ts';
import { Nothing } from './nothing.tsx';
import { nameOf, RecordPages } from './record-pages.tsx';
import { useSyncAction } from './use-sync-action.ts';
import { ValueText } from './value-text.tsx';

/** Records that were set aside, each with what its vendor said. */
export function ShelfTab({ sync }: { sync: SyncDetail }) {
  const { texts, formats } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.shelf;
  const all = useSyncAction(() => call('retrySyncShelf', { params: { id: sync.id } }));
  return (
    <section className="tab" aria-label={texts.syncs.tabs.shelf}>
      {sync.counts.failing > 0 && (
        <div className="actions">
          <p className="quiet">{words.intro}</p>
          {admin && (
            <button type="button" disabled={all.isPending} onClick={() => all.mutate()}>
              {words.all}
            </button>
          )}
        </div>
      )}
      {all.error && <ProblemNotice error={all.error} />}
      <p className="unseen" role="status">
        {all.data && words.retried(all.data.records, formats.number(all.data.records))}
      </p>
      <RecordPages
        syncId={sync.id}
        filter={{ state: 'failing' }}
        label={texts.syncs.tabs.shelf}
        empty={<Nothing title={words.none} hint={words.noneHint} />}
        row={(record) => <Shelved sync={sync} record={record} />}
      />
    </section>
  );
}

function Shelved({ sync, record }: { sync: SyncDetail; record: SyncRecord }) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.records;
  const sideName = useSideName(sync);
  const fieldName = useFieldName(sync.id);
  const side = record.left === null ? 'right' : 'left';
  const retry = useSyncAction(() =>
    call('retrySyncRecord', { params: { id: sync.id, side, record: record[side]?.id ?? '' } }),
  );
  const { failure } = record;
  const failureText = useFailureText(sync.id);
  return (
    <div className="record">
      <div className="actions">
        <h2 className="record-name">{nameOf(record, say)}</h2>
        {(['left', 'right'] as const).map((one) => {
          const url = record[one]?.url;
          return url == null ? null : (
            <a key={one} href={url} target="_blank" rel="noopener noreferrer">
              {words.openIn(sideName(one))}
            </a>
          );
        })}
        {admin && (
          <button
            type="button"
            className="small"
            disabled={retry.isPending}
            aria-label={texts.syncs.shelf.retryNamed(nameOf(record, say))}
            onClick={() => retry.mutate()}
          >
            {texts.syncs.shelf.retry}
          </button>
        )}
      </div>
      {retry.error && <ProblemNotice error={retry.error} />}
      {failure && (
        <FailureWords failure={failure} text={failureText(failure)}>
          <p className="quiet">
            {failure.side !== null && `${words.refusedBy(sideName(failure.side))} · `}
            {words.attempts(failure.attempts)}
          </p>
          {failure.field !== null && (
            <p>
              {words.refusedValue(
                failure.side === null ? failure.field : fieldName(failure.side, failure.field),
              )}{' '}
              <ValueText value={failure.value} />
            </p>
          )}
        </FailureWords>
      )}
    </div>
  );
}

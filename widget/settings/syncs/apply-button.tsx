import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyncDetail, SyncPreview } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { CompanionsWarning } from './companions.tsx';
import { syncPreview } from './sync-queries.ts';
import { useSyncAction } from './use-sync-action.ts';

/** How many records an apply writes. */
export function changesOf(forecast: NonNullable<SyncPreview['forecast']>): number {
  const { left, right } = forecast.counts;
  return [left, right].reduce((sum, { create, update, remove }) => sum + create + update + remove, 0);
}

/** The first write: asked once more, with what it comes to. */
export function ApplyButton({ sync }: { sync: SyncDetail }) {
  const { texts, formats } = useSpeech();
  const [asking, setAsking] = useState(false);
  const { data } = useQuery(syncPreview(sync.id));
  const apply = useSyncAction(() => call('applySync', { params: { id: sync.id } }));
  const words = texts.syncs.overview;
  const changes = data?.forecast ? changesOf(data.forecast) : 0;
  return (
    <>
      <button type="button" className="primary" onClick={() => setAsking(true)}>
        {words.apply}
      </button>
      {asking && (
        <ConfirmDialog
          title={words.applyTitle}
          yes={words.applyYes}
          busy={apply.isPending || !data?.forecast}
          onCancel={() => setAsking(false)}
          onYes={() => apply.mutate(undefined, { onSuccess: () => setAsking(false) })}
        >
          <p>{words.applyBody(changes, formats.number(changes))}</p>
          {data?.forecast && <CompanionsWarning forecast={data.forecast} />}
          {apply.error && <ProblemNotice error={apply.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}

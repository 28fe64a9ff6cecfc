import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { type LogFilter, RUN_KEYS, runCountsOf } from './run-queries.ts';

/** Takes every failed run under the filters up again, after saying how many they are. */
export function ReplayAll({ filter, filtered }: { filter: LogFilter; filtered: boolean }) {
  const { texts, formats } = useSpeech();
  const admin = useIsAdmin();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { data: counts } = useQuery(runCountsOf(filter));
  const { state: _state, ...body } = filter;
  const replay = useMutation({
    mutationFn: () => call('replayMany', { body }),
    onSuccess: () => setAsking(false),
    onSettled: () => queries.invalidateQueries({ queryKey: RUN_KEYS.all }),
  });
  const failed = counts?.shelved ?? 0;
  if (!admin) return null;
  return (
    <span className="replay-all">
      <span role="status">{replay.data && texts.log.replayedAll(replay.data.replayed)}</span>
      {failed > 0 && (
        <button
          type="button"
          onClick={() => {
            replay.reset();
            setAsking(true);
          }}
        >
          {texts.log.replayAll(formats.number(failed))}
        </button>
      )}
      {asking && (
        <ConfirmDialog
          title={texts.log.replayAllTitle(failed)}
          yes={replay.isPending ? texts.run.replaying : texts.log.replayAllYes}
          busy={replay.isPending}
          onYes={() => replay.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{texts.log.replayAllBody}</p>
          {filtered && <p>{texts.log.replayAllFiltered}</p>}
          {replay.error && <ProblemNotice error={replay.error} />}
        </ConfirmDialog>
      )}
    </span>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import type { RunDetail } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { applyToLists, RUN_KEYS } from './run-queries.ts';
import { shownState } from './run-state.tsx';

/**
 * Takes up a run that failed; for any other the button is there, at rest, beside the reason. Who may not take it up
 * has no button.
 */
export function ReplayRun({ run }: { run: RunDetail }) {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const replay = useMutation({
    mutationFn: () => call('replayRun', { params: { id: run.id } }),
    onSuccess: (now) => {
      queries.setQueryData(RUN_KEYS.one(run.id), now);
      applyToLists(queries, [now]);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: RUN_KEYS.all }),
  });

  const reasonId = useId();
  const shown = shownState(run);
  const failed = shown === 'shelved' || shown === 'retrying';
  const asked = replay.isSuccess;
  const result =
    shown === 'done' || shown === 'skipped'
      ? texts.run.succeededAfterReplay
      : failed
        ? texts.run.failedAfterReplay
        : texts.run.replayed;
  return (
    <div className="replay">
      {run.mayReplay && (
        <button
          type="button"
          className="primary"
          disabled={!failed || replay.isPending}
          aria-describedby={reasonId}
          onClick={() => replay.mutate()}
        >
          {replay.isPending
            ? texts.run.replaying
            : shown === 'retrying'
              ? texts.run.tryNow
              : texts.run.replay}
        </button>
      )}
      <span className="quiet" role="status" id={reasonId}>
        {asked
          ? result
          : failed
            ? run.mayReplay
              ? texts.run.replayHint
              : texts.run.adminReplays
            : texts.run.notReplayed[shown]}
      </span>
      {replay.error && <ProblemNotice error={replay.error} />}
    </div>
  );
}

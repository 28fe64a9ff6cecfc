import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Keeping as Kept } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';

const KEY = ['keeping'] as const;
const LONGEST_DAYS = 365;
const keeping = () => queryOptions({ queryKey: KEY, queryFn: () => call('getKeeping') });

/** For how long what was sent and answered is kept: read, changed, and what follows from it. */
export function Keeping() {
  const { texts } = useSpeech();
  const words = texts.log.keeping;
  const queries = useQueryClient();
  const { data } = useQuery(keeping());
  const [wish, setWish] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (body: Kept) => call('setKeeping', { body }),
    onSuccess: (saved) => {
      queries.setQueryData(KEY, saved);
      setWish(null);
    },
  });
  if (!data) return null;
  const days = Number(wish ?? data.days);
  const isGood = Number.isInteger(days) && days >= 1 && days <= LONGEST_DAYS;
  return (
    <details className="keeping">
      <summary>{words.title(data.days)}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isGood) save.mutate({ days });
        }}
      >
        <label>
          {words.days}{' '}
          <input
            type="number"
            min={1}
            max={LONGEST_DAYS}
            required
            value={wish ?? data.days}
            onChange={(event) => setWish(event.target.value)}
          />
        </label>{' '}
        <button type="submit" disabled={!isGood || days === data.days || save.isPending}>
          {words.save}
        </button>
        <p className="quiet">{words.follows}</p>
        <p role="status">{save.isSuccess && wish === null && words.saved}</p>
        {save.error && <ProblemNotice error={save.error} />}
      </form>
    </details>
  );
}

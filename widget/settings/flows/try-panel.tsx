import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { SearchField } from '../syncs/search-field.tsx';
import { TryResult } from './try-result.tsx';

/** Plays an automation on one of its latest records, or on one that is searched for; nothing is written. */
export function TryPanel({ integration }: { integration: string }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.tries;
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const { data, error, isPending } = useQuery({
    queryKey: ['tries', integration, search],
    queryFn: () =>
      call('listTryRecords', {
        params: { id: integration },
        query: search === '' ? {} : { search },
      }),
    enabled: open,
    retry: false,
  });
  const trying = useMutation({
    mutationFn: (record: string) => call('tryIntegration', { params: { id: integration }, body: { record } }),
  });
  const records = data?.records ?? [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.title}</summary>
      {open && (
        <>
          <p className="quiet">{words.what}</p>
          <SearchField value={search} hint={words.find} choose={setSearch} />
          {isPending && <p role="status">{words.looking}</p>}
          {error && <ProblemNotice error={error} />}
          {data?.problem && <p className="notice wrong">{say(data.problem.sentence)}</p>}
          {data?.standing && <p className="quiet">{words.standing(data.standing.count)}</p>}
          {data?.records && records.length === 0 && <p className="quiet">{words.noRecords}</p>}
          {records.length > 0 && (
            <ul aria-label={words.latest}>
              {records.map(({ id, title, detail, at }) => (
                <li key={id}>
                  <button
                    type="button"
                    aria-label={words.tryOn([title, detail && say(detail)].filter(Boolean).join(', '))}
                    disabled={trying.isPending}
                    onClick={() => trying.mutate(id)}
                  >
                    {title}
                  </button>{' '}
                  <span className="quiet">
                    {[detail && say(detail), at && formats.moment(at)].filter(Boolean).join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <div role="status">{trying.isPending && words.playing}</div>
          {trying.error && <ProblemNotice error={trying.error} />}
          {trying.data && !trying.isPending && <TryResult tried={trying.data} />}
        </>
      )}
    </details>
  );
}

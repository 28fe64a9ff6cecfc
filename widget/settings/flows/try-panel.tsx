import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { TryRecords } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { SearchField } from '../syncs/search-field.tsx';
import { tryRecords } from './try-queries.ts';
import { TryResult } from './try-result.tsx';
import { type OfferedRecord, useTry } from './use-try.ts';

interface TryProps {
  readonly integration: string;
  /** What stands in the form and is not saved yet; null: nothing. */
  readonly unsaved?: Readonly<Record<string, unknown>> | null;
}

/** Plays an automation on one of its latest records, or on one that is searched for, behind a line that opens it. */
export function TryPanel(props: TryProps) {
  const { texts } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.tries.title}</summary>
      {open && (
        <>
          <p className="quiet">{texts.tries.what}</p>
          <Try {...props} />
        </>
      )}
    </details>
  );
}

/** Plays an automation on one of its latest records, or on one that is searched for; nothing is written. */
export function Try({ integration, unsaved = null }: TryProps) {
  const { texts, say } = useSpeech();
  const words = texts.tries;
  const [search, setSearch] = useState('');
  const { data, error, isPending, refetch } = useQuery(tryRecords(integration, search, unsaved));
  const { trying, start, cancel } = useTry(integration, unsaved);
  const list = useRef<HTMLUListElement>(null);
  const records = data?.records ?? [];
  return (
    <>
      {unsaved !== null && <p className="notice pending">{words.unsaved}</p>}
      <SearchField value={search} hint={words.find} choose={setSearch} />
      {isPending && <p role="status">{words.looking}</p>}
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data?.problem && <Unread problem={data.problem} again={() => void refetch()} />}
      {data?.records && records.length === 0 && <p className="quiet">{words.noRecords}</p>}
      {records.length > 0 && (
        <ul ref={list} className="try-records" aria-label={words.latest}>
          {records.map((record) => (
            <li key={record.id}>
              <button
                type="button"
                aria-label={words.tryOn(
                  [record.title, record.detail && say(record.detail)].filter(Boolean).join(', '),
                )}
                data-record={record.id}
                onClick={() => start(record)}
              >
                {record.title}
              </button>{' '}
              <Details record={record} />
            </li>
          ))}
        </ul>
      )}
      <div role="status">{trying.isPending && words.playing(trying.variables.title)}</div>
      {trying.isPending && (
        <p className="actions">
          <progress aria-label={words.playing(trying.variables.title)} />
          <button
            type="button"
            onClick={() => {
              const { id } = trying.variables;
              cancel();
              list.current?.querySelector<HTMLElement>(`[data-record="${CSS.escape(id)}"]`)?.focus();
            }}
          >
            {words.cancel}
          </button>
        </p>
      )}
      {trying.error && <ProblemNotice error={trying.error} retry={() => start(trying.variables)} />}
      {trying.data && !trying.isPending && (
        <TryResult tried={trying.data} again={() => start(trying.variables)} />
      )}
      {data?.standing && (
        <>
          <p className="quiet">
            {data.standing.said ? say(data.standing.said) : words.standing(data.standing.count)}
          </p>
          <StandingRows shown={data.standing.shown} />
        </>
      )}
    </>
  );
}

/** The vendor could not be asked what there is. */
function Unread({ problem, again }: { problem: NonNullable<TryRecords['problem']>; again: () => void }) {
  const { texts, say } = useSpeech();
  return (
    <div className="notice wrong" role="alert">
      <div>
        <p>{say(problem.sentence)}</p>
        <button type="button" onClick={again}>
          {texts.problem.retry}
        </button>
      </div>
    </div>
  );
}

/** The first few of the records that stand in a polled source. */
export function StandingRows({ shown }: { shown: readonly OfferedRecord[] }) {
  if (shown.length === 0) return null;
  return (
    <ul className="standing-rows">
      {shown.map((record) => (
        <li key={record.id}>
          {record.title} <Details record={record} />
        </li>
      ))}
    </ul>
  );
}

function Details({ record: { detail, at } }: { record: OfferedRecord }) {
  const { say, formats } = useSpeech();
  return (
    <span className="quiet">
      {[detail && say(detail), at && formats.moment(at)].filter(Boolean).join(' · ')}
    </span>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../../api/client.ts';
import { useSpeech } from '../../../language/language.tsx';
import { problemWords } from '../../../pieces/problem-notice.tsx';
import { type DraftGroup, filterOfDraft, unfinished } from './filter-draft.ts';
import { type FilterAbout, filterCount } from './filter-queries.ts';

/** How long nobody types before what they typed is counted. */
const PAUSE_MS = 500;

interface FilterCountProps {
  readonly about: FilterAbout;
  readonly draft: DraftGroup;
}

/** How many records fit the conditions as they stand, told once nobody types. */
export function FilterCount({ about, draft }: FilterCountProps) {
  const { texts, say, formats } = useSpeech();
  const words = texts.setup.record;
  const filter = filterOfDraft(draft);
  const isWhole = unfinished(draft).size === 0;
  const wish = JSON.stringify({ filter: isWhole ? filter : null, about });
  const [asked, setAsked] = useState(wish);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wish), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wish]);
  const { filter: counted, about: form } = JSON.parse(asked) as {
    filter: typeof filter;
    about: FilterAbout;
  };
  const { data, error, isFetching, refetch } = useQuery({
    ...filterCount(form, counted ?? { all: [] }),
    enabled: counted !== null,
  });
  // What the server refuses of a condition is told beside it, once it is saved.
  const isRefused = error instanceof ApiError && error.problem?.status === 422;
  const isAsked = wish === asked && (data !== undefined || !isFetching);
  const hasFailed = filter !== null && isWhole && isAsked && error !== null && !isRefused;
  const said = (): string => {
    if (filter === null) return words.every;
    if (!isWhole || (isAsked && isRefused)) return words.unfinished;
    if (hasFailed) {
      const { detail, action } = problemWords(error, texts);
      return `${words.notCounted} ${detail} ${action}`;
    }
    if (!isAsked || data === undefined) return words.counting;
    if (data.problem !== null) return say(data.problem.sentence);
    if (data.count === null) return words.uncounted;
    if (data.count === 0) return words.none;
    const count = formats.number(data.count);
    return data.more ? words.atLeast(count) : words.fits(count, data.count === 1);
  };
  const isCounted = filter !== null && !hasFailed && data !== undefined && data.count !== null;
  const isUnanswered = filter !== null && isAsked && data?.problem != null;
  return (
    <div className="filter-count">
      <p role="status">{said()}</p>
      {(hasFailed || isUnanswered) && (
        <button type="button" className="link" onClick={() => void refetch()}>
          {texts.problem.retry}
        </button>
      )}
      {isCounted && <p className="quiet">{about.side === undefined ? words.standsNow : words.takePart}</p>}
    </div>
  );
}

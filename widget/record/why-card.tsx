import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useId } from 'react';
import { call } from '../api/client.ts';
import { useSpeech } from '../language/language.tsx';
import { ProblemNotice } from '../pieces/problem-notice.tsx';
import { FoldButton } from './fold-button.tsx';
import { useFold } from './folding.tsx';
import { lookAgain, RECORD_KEYS, type RecordAddress } from './record-queries.ts';

// Asked for by whoever wonders: the page does not wait for it.
const WhyLines = lazy(() => import('../why/why-lines.tsx'));

const GROUP = 'why';
/** The log is a page of its own. */
const hrefOfRun = (id: string): string => `/#/log?run=${encodeURIComponent(id)}`;

/** Why something was done for the record, and why not; asked for when somebody opens it. */
export function WhyCard({ record }: { record: RecordAddress }) {
  const { texts } = useSpeech();
  const title = useId();
  const [choice, fold] = useFold(GROUP);
  const isOpen = choice === false;
  return (
    <article className="record-card" aria-labelledby={title} data-group={GROUP}>
      <header>
        <h2 id={title}>
          <FoldButton isOpen={isOpen} fold={fold}>
            {texts.why.title}
          </FoldButton>
        </h2>
      </header>
      {isOpen ? <Reasons record={record} /> : <p className="folded-words quiet">{texts.why.everything}</p>}
    </article>
  );
}

function Reasons({ record }: { record: RecordAddress }) {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: RECORD_KEYS.why(record),
    queryFn: () => call('getRecordWhy', { params: { ...record } }),
  });
  if (data === undefined && error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  const looking = (
    <p className="quiet" role="status">
      {texts.why.asked}
    </p>
  );
  if (data === undefined) return looking;
  return (
    <Suspense fallback={looking}>
      <WhyLines why={data} hrefOfRun={hrefOfRun} onReplayed={() => void lookAgain(queries, record)} newTab />
    </Suspense>
  );
}

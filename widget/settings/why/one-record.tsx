import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { whyOf } from '../../why/why-queries.ts';
import { hrefOf } from '../address.ts';
import { LoggedLines } from './logged-lines.tsx';

/** The page of one record: whatever was stored about it, over all integrations. */
export function OneRecord({ object, record }: { object: string; record: string }) {
  const { texts, say } = useSpeech();
  const words = texts.why;
  const { data, error, refetch } = useQuery(whyOf({ object, record }));
  const title = useRef<HTMLHeadingElement>(null);
  // Who came by a link of this screen is told of the new page by where the focus goes.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const own = data?.about[0];
  return (
    <>
      <p>
        <a href={hrefOf('why')}>{words.again}</a>
      </p>
      <h1 ref={title} tabIndex={-1}>
        {words.about(say(own?.label ?? record))}
      </h1>
      <p className="quiet">
        {own?.titles ? `${say(own.titles)} ` : `${object} `}
        <code>{record}</code>
      </p>
      <p role="status">{data === undefined && !error && words.asked}</p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data && (
        <section className="card" aria-label={words.lines}>
          <LoggedLines why={data} />
        </section>
      )}
    </>
  );
}

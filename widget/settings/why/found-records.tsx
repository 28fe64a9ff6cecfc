import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { FoundRecords as Found } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { recordsFound, whyOf } from '../../why/why-queries.ts';
import { go, hrefOf } from '../address.ts';
import { LoggedLines } from './logged-lines.tsx';

const SHORTEST = 2;
const LONGEST = 200;
/** As many as an answer holds. */
const MOST_FOUND = 20;

/** The search, and the records that go by what was typed. */
export function FoundRecords({ sought }: { sought: string }) {
  const { texts } = useSpeech();
  const words = texts.why;
  return (
    <>
      <h1>{words.title}</h1>
      <p className="quiet">{words.what}</p>
      <SearchForm key={sought} sought={sought} />
      {sought.length >= SHORTEST && <Answer key={sought} sought={sought} />}
    </>
  );
}

function SearchForm({ sought }: { sought: string }) {
  const { texts } = useSpeech();
  const words = texts.why;
  const [typed, setTyped] = useState(sought);
  const [isShort, setIsShort] = useState(sought !== '' && sought.length < SHORTEST);
  const hint = useId();
  function submit(event: FormEvent) {
    event.preventDefault();
    const wanted = typed.trim();
    setIsShort(wanted.length < SHORTEST);
    if (wanted.length >= SHORTEST) go(hrefOf('why', { search: wanted }));
  }
  return (
    <search>
      <form className="why-search" onSubmit={submit}>
        <label>
          <span>{words.search}</span>
          <input
            type="search"
            value={typed}
            maxLength={LONGEST}
            aria-describedby={hint}
            aria-invalid={isShort}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit" className="primary">
          {words.find}
        </button>
        <p id={hint} className={isShort ? 'wrong' : 'quiet'} role={isShort ? 'alert' : undefined}>
          {isShort ? words.tooShort : words.searchHint}
        </p>
      </form>
    </search>
  );
}

function Answer({ sought }: { sought: string }) {
  const { texts } = useSpeech();
  const words = texts.why;
  const { data, error, refetch } = useQuery(recordsFound(sought));
  const records = data?.records ?? [];
  return (
    <>
      <p role="status">
        {data === undefined ? !error && words.looking : records.length > 0 && words.found(records.length)}
      </p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {records.length > 0 && (
        <ul className="why-found card">
          {records.map((record) => (
            <FoundRecord key={`${record.object} ${record.id}`} record={record} />
          ))}
        </ul>
      )}
      {records.length === MOST_FOUND && <p className="quiet">{words.mostFound}</p>}
      {data !== undefined && records.length === 0 && <Nobody sought={sought} />}
    </>
  );
}

function FoundRecord({ record }: { record: Found['records'][number] }) {
  const { texts, say } = useSpeech();
  const { object, id, titles, label, integrations } = record;
  const known = integrations.map((one) => say(one.titles)).join(', ');
  return (
    <li>
      <a href={hrefOf('why', { object, record: id })}>{say(label ?? id)}</a>{' '}
      <span className="quiet">{titles === null ? object : say(titles)}</span>{' '}
      {label !== null && <code>{id}</code>}
      {known !== '' && <p className="quiet">{texts.why.knownTo(known)}</p>}
    </li>
  );
}

/** Nothing goes by it: what the latest runs sent and received is looked through for it. */
function Nobody({ sought }: { sought: string }) {
  const { texts } = useSpeech();
  const { data, error, refetch } = useQuery(whyOf({ record: sought }));
  const [run] = data?.lines.filter((line) => line.run !== null) ?? [];
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return run === undefined ? (
    <div className="nothing">
      <h2>{texts.why.nobody(sought)}</h2>
      <p>{texts.why.nobodyHint}</p>
    </div>
  ) : (
    <section className="card" aria-label={texts.why.about(sought)}>
      <LoggedLines why={data} />
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import type { RunDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { BodyView } from './body-view.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { recordName } from './record-name.ts';
import { ReplayRun } from './replay-run.tsx';
import { oneRun } from './run-queries.ts';
import { StateBadge } from './run-state.tsx';
import { RunStep } from './run-step.tsx';

/** One run, whole: beside the list where there is room, over it where there is not. */
export function RunPanel({ id, close }: { id: string; close: () => void }) {
  const { texts, say } = useSpeech();
  const { data: run, error, refetch } = useQuery(oneRun(id));
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // Opened from a row, not by arriving at an address that names a run.
    if (document.activeElement !== document.body) panel.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // In a field, Escape belongs to the field.
      const inField = event.target instanceof Element && event.target.matches('input, select, textarea');
      if (event.key === 'Escape' && !event.defaultPrevented && !inField) close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [close]);

  return (
    <section
      ref={panel}
      className="panel"
      aria-label={`${texts.run.id} ${say(run?.record.label ?? id)}`}
      tabIndex={-1}
    >
      <button type="button" className="close" onClick={close} aria-label={texts.run.close}>
        <Icon name="close" />
        <span className="close-text">{texts.run.back}</span>
      </button>
      {run ? (
        <RunBody run={run} />
      ) : error ? (
        <ProblemNotice error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function RunBody({ run }: { run: RunDetail }) {
  const { texts, say, formats } = useSpeech();
  const { record, event } = run;
  return (
    <>
      <header className="run-head">
        <StateBadge run={run} />
        <h2>{recordName(record, say)}</h2>
        <p className="quiet">
          {say(run.integration.titles)} · {record.titles ? say(record.titles) : record.object}{' '}
          {record.knownById && <code>{record.id}</code>}
          {record.url !== null && (
            <>
              {' '}
              <a href={record.url} target="_blank" rel="noopener noreferrer">
                {texts.run.open}
              </a>
            </>
          )}
        </p>
        {run.summary && <p>{say(run.summary)}</p>}
        <p>
          <a href={hrefOf('why', { object: record.object, record: record.id })}>{texts.why.everything}</a>
        </p>
      </header>
      <dl className="facts">
        <Fact name={texts.run.created}>
          <Moment instant={run.createdAt} />
        </Fact>
        {run.startedAt !== null && (
          <Fact name={texts.run.started}>
            <Moment instant={run.startedAt} />
          </Fact>
        )}
        {run.durationMs !== null && <Fact name={texts.run.took}>{formats.duration(run.durationMs)}</Fact>}
      </dl>
      {run.error && <FailureNotice failure={run.error} run={run} />}
      <ReplayRun run={run} />
      <h3>{texts.run.steps}</h3>
      {run.droppedAfterDays !== null && <p className="quiet">{texts.run.dropped(run.droppedAfterDays)}</p>}
      {run.steps.length === 0 && run.droppedAfterDays === null && (
        <p className="quiet">{texts.run.noSteps}</p>
      )}
      <ol className="steps">
        {run.steps.map((step) => (
          <RunStep key={step.name} step={step} told={run.error} />
        ))}
      </ol>
      <h3>{texts.run.event}</h3>
      <p>
        {texts.run.eventFrom(event.topic, say(event.connector.titles))} ·{' '}
        <Moment instant={event.receivedAt} />
      </p>
      {event.joined > 0 && <p className="quiet">{texts.run.joined(event.joined)}</p>}
      {event.body !== null && <BodyView title={texts.run.delivery} body={event.body} />}
      <p className="quiet small-print">
        {texts.run.id} <code>{run.id}</code> · {texts.step.hidden}
      </p>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

import { memo } from 'react';
import type { RunSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { recordName } from './record-name.ts';
import { StateBadge } from './run-state.tsx';
import { shortId } from './short-id.ts';

interface RunRowProps {
  readonly run: RunSummary;
  readonly href: string;
  readonly open: boolean;
  /** Where the tab key enters the list. */
  readonly stop: boolean;
}

export const rowId = (run: string): string => `run-${run}`;

export const RunRow = memo(function RunRow({ run, href, open, stop }: RunRowProps) {
  const { texts, formats, say } = useSpeech();
  const object = run.record.titles ? say(run.record.titles) : run.record.object;
  return (
    <li>
      <a
        id={rowId(run.id)}
        data-run={run.id}
        className="run"
        href={href}
        aria-current={open || undefined}
        tabIndex={stop ? 0 : -1}
      >
        <span className="run-state">
          <StateBadge run={run} />
        </span>
        <span className="run-what">
          <span className="run-record">{recordName(run.record, say)}</span>
          <span className="quiet">
            {object}
            {run.record.label !== null && run.record.knownById && ` ${shortId(run.record.id)}`}
          </span>
        </span>
        <span className="run-flow">{say(run.integration.titles)}</span>
        <span className="run-summary">
          <Summary run={run} />
        </span>
        <span className="run-when">
          <Moment instant={run.startedAt ?? run.createdAt} />
        </span>
        <span className="run-took">{run.durationMs !== null && formats.duration(run.durationMs)}</span>
        {run.attempts > 0 && <span className="run-attempts">{texts.log.attempts(run.attempts)}</span>}
      </a>
    </li>
  );
});

function Summary({ run }: { run: RunSummary }) {
  const { texts, formats, say } = useSpeech();
  if (run.summary) return say(run.summary);
  if (!run.error) return null;
  const again = run.nextAttemptAt && ` ${texts.log.nextAttempt(formats.moment(run.nextAttemptAt))}`;
  return (
    <>
      <span className="wrong">{say(run.error.sentence)}</span>
      {again}
    </>
  );
}

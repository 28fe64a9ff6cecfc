/// <reference types="vite/client" />
import { useMutation } from '@tanstack/react-query';
import '../styles/why.css';
import type { Why } from '../../server/api/contract.ts';
import { call } from '../api/client.ts';
import { useSpeech } from '../language/language.tsx';
import { Moment } from '../pieces/moment.tsx';
import { ProblemNotice } from '../pieces/problem-notice.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';

type Line = Why['lines'][number];

interface WhyLinesProps {
  readonly why: Why;
  /** Where the log shows a run. */
  readonly hrefOfRun: (id: string) => string;
  /** A run was taken up again, or could not be. */
  readonly onReplayed: () => void;
  /** Within the CRM's page the log opens beside it. */
  readonly newTab?: boolean;
}

/** The reasons that were stored about records: when each thing arrived or was seen, of what, and what became of it. */
export default function WhyLines({ why, hrefOfRun, onReplayed, newTab = false }: WhyLinesProps) {
  const { texts, say } = useSpeech();
  const ofSeveral =
    new Set(why.lines.flatMap(({ record }) => (record === null ? [] : [say(record)]))).size > 1;
  return (
    <ol className="why-lines" aria-label={texts.why.lines}>
      {why.lines.map((line, index) => (
        <LineView key={line.run ?? `line ${index}`} line={line} named={ofSeveral}>
          {line.run !== null && (
            <a href={hrefOfRun(line.run)} {...(newTab && { target: '_blank', rel: 'noopener' })}>
              {texts.why.openRun}
              {newTab && <span className="unseen"> ({texts.record.newTab})</span>}
            </a>
          )}
          {line.run !== null && line.mayReplay && <ReplayButton run={line.run} onReplayed={onReplayed} />}
        </LineView>
      ))}
    </ol>
  );
}

function LineView({ line, named, children }: { line: Line; named: boolean; children: React.ReactNode }) {
  const { texts, say } = useSpeech();
  const { at, integration, kind, record, outcome, sentence } = line;
  // That nothing arrived is of now.
  const isNow = outcome === 'nothing';
  return (
    <li className="why-line" data-outcome={outcome}>
      <p className="why-head">
        <OutcomeBadge outcome={outcome} />
        <strong>{integration === null ? texts.why.silence : say(integration.titles)}</strong>
        {integration !== null && <span className="quiet">{texts.why[kind]}</span>}
        {!isNow && (
          <span className="quiet">
            <Moment instant={at} />
          </span>
        )}
      </p>
      <p>
        {named && record !== null && <span className="quiet">{say(record)} · </span>}
        {say(sentence)}
      </p>
      <p className="why-acts">{children}</p>
    </li>
  );
}

/** Takes up again what was set aside. */
function ReplayButton({ run, onReplayed }: { run: string; onReplayed: () => void }) {
  const { texts } = useSpeech();
  const replay = useMutation({
    mutationFn: () => call('replayRun', { params: { id: run } }),
    onSettled: onReplayed,
  });
  return (
    <>
      <button type="button" className="small" disabled={replay.isPending} onClick={() => replay.mutate()}>
        {replay.isPending ? texts.why.replaying : texts.why.replay}
      </button>
      {replay.error && <ProblemNotice error={replay.error} />}
    </>
  );
}

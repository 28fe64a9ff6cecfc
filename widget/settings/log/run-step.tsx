import type { Exchange, Failure, Step } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';
import { BodyView } from './body-view.tsx';
import { FailureNotice } from './failure-notice.tsx';

const ICONS: Readonly<Record<Step['state'], IconName>> = {
  'not-started': 'not-started',
  sending: 'running',
  done: 'done',
  failed: 'failed',
};

/**
 * One durable step: what it was for, how it went, and every request it sent.
 *
 * @param told the run's own error, which stands above and is not said twice.
 */
export function RunStep({ step, told }: { step: Step; told: Failure | null }) {
  const { texts, say, formats } = useSpeech();
  const words = {
    'not-started': texts.step.notStarted,
    sending: texts.step.sending,
    done: texts.step.done,
    failed: texts.step.failed,
  };
  return (
    <li className={`step step-${step.found ? 'found' : step.state}`}>
      <Icon name={step.found ? 'skipped' : ICONS[step.state]} />
      <div className="step-head">
        <h4>{say(step.titles)}</h4>
        <span className="quiet">
          {say(step.connector.titles)} · {step.effect === 'read' ? texts.step.read : texts.step.write}
        </span>
        <span className="step-state">
          {step.found ? texts.step.found : words[step.state]}
          {step.durationMs !== null && ` · ${formats.duration(step.durationMs)}`}
          {step.attempts > 1 && ` · ${texts.step.attempts(step.attempts)}`}
        </span>
      </div>
      {step.error && step.error.sentence.en !== told?.sentence.en && <FailureNotice failure={step.error} />}
      {step.exchanges.length > 0 && (
        <details open={step.state === 'failed'}>
          <summary>{texts.step.exchanges(step.exchanges.length)}</summary>
          {step.exchanges.map((exchange, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: exchanges have no id and are only ever appended
            <ExchangeView key={index} exchange={exchange} />
          ))}
        </details>
      )}
    </li>
  );
}

const FIRST_FAILED_STATUS = 400;

function ExchangeView({ exchange }: { exchange: Exchange }) {
  const { texts, formats } = useSpeech();
  const { method, url, status, ms, requestBody, responseBody, error } = exchange;
  const failed = status === null || status >= FIRST_FAILED_STATUS;
  return (
    <div className="exchange">
      <p className="request-line">
        <b>{method}</b> <code>{url}</code>
      </p>
      <p className="answer-line">
        <span className={failed ? 'status wrong' : 'status'}>{status ?? texts.step.noAnswer}</span>
        {ms !== null && ` · ${formats.duration(ms)}`}
        {error !== null && <span className="wrong"> · {error}</span>}
      </p>
      {requestBody !== null && <BodyView title={texts.step.sent} body={requestBody} />}
      {responseBody !== null && <BodyView title={texts.step.answered} body={responseBody} />}
    </div>
  );
}

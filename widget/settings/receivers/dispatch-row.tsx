import type { Dispatch } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Moment } from '../../pieces/moment.tsx';

interface DispatchRowProps {
  readonly dispatch: Dispatch;
  /** Null: nothing is sent there now. */
  readonly again: (() => void) | null;
}

/** One event on its way: when, how often it was tried, what was answered, what is sent. */
export function DispatchRow({ dispatch, again }: DispatchRowProps) {
  const { texts, say } = useSpeech();
  const words = texts.receivers.log;
  const { state, tries, status, answer, error, dueAt, integration } = dispatch;
  return (
    <li data-dispatch={dispatch.id} data-state={state}>
      <div className="receiver-line">
        <Icon name={state === 'waiting' && tries > 0 ? 'retrying' : state} />
        <strong>{say(dispatch.titles)}</strong>
        <Moment instant={dispatch.happenedAt} />
        {again && (
          <button type="button" aria-label={words.againOf(say(dispatch.titles))} onClick={again}>
            {words.again}
          </button>
        )}
      </div>
      <p className="quiet">
        {integration !== null && `${say(integration.titles)} · `}
        {words.states[state]} · {words.tries(tries)}
        {status !== null && ` · ${words.answered(status)}`}
        {dueAt !== null && tries > 0 && (
          <>
            {' · '}
            {words.next} <Moment instant={dueAt} />
          </>
        )}
      </p>
      {error && state !== 'done' && <p className="wrong">{say(error.sentence)}</p>}
      <details>
        <summary>{words.details}</summary>
        <p className="quiet">
          <code>webhook-id: {dispatch.id}</code>
        </p>
        <pre>{JSON.stringify(dispatch.message, null, 2)}</pre>
        {answer !== null && (
          <>
            <p className="quiet">{words.itsAnswer}</p>
            <pre>{answer}</pre>
          </>
        )}
      </details>
    </li>
  );
}

import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { type Destination, useTestAlert, wishOf } from './alert-queries.ts';
import { useDestinationName } from './destination-name.ts';

interface DestinationRowProps {
  readonly destination: Destination;
  readonly busy: boolean;
  readonly remove: () => void;
}

/** One place: how the last message there ended, a test, and a way out of the list. */
export function DestinationRow({ destination, busy, remove }: DestinationRowProps) {
  const { texts, say, formats } = useSpeech();
  const words = texts.alerts;
  const name = useDestinationName()(destination);
  const test = useTestAlert();
  const { last } = destination;
  const isLost = destination.kind === 'place' && !destination.connector.connected;
  const isBad = isLost || (last !== null && last.error !== null);
  return (
    <li>
      <div className="place">
        <Icon name={isBad ? 'failed' : last === null ? 'not-started' : 'done'} />
        <strong>{name}</strong>
        <span className="card-actions">
          <button
            type="button"
            disabled={test.isPending || busy}
            aria-label={words.testNamed(name)}
            onClick={() => test.mutate(wishOf(destination))}
          >
            {test.isPending ? words.testing : words.test}
          </button>
          <button type="button" disabled={busy} aria-label={words.removeNamed(name)} onClick={remove}>
            {words.remove}
          </button>
        </span>
      </div>
      <p className={isBad ? 'wrong' : 'quiet'}>
        {isLost && `${words.disconnected(say(destination.connector.titles))} `}
        {last === null ? (
          !isLost && words.untried
        ) : (
          <>
            {last.error === null ? words.lastGood : words.lastBad} <Moment instant={last.at} />
            {last.error !== null && ` · ${say(last.error)}`}
          </>
        )}
      </p>
      <p className="good" role="status">
        {test.data && words.tested(formats.hour(test.data.sentAt))}
      </p>
      {test.error && <ProblemNotice error={test.error} />}
    </li>
  );
}

import type { Flow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Moment } from '../../pieces/moment.tsx';

/** What is known of the looks for what no webhook announced: when, how much they found, whether webhooks arrive. */
export function LooksLine({ looks }: { looks: NonNullable<Flow['looks']> }) {
  const { texts, say } = useSpeech();
  const words = texts.flows.looks;
  const { lookedAt, found, foundAt, missing, failure } = looks;
  return (
    <>
      <p className="quiet" data-looks={found ?? undefined}>
        {lookedAt === null ? (
          found === null ? (
            words.nonePoll
          ) : (
            words.none
          )
        ) : (
          <>
            {found === null ? words.lastPoll : words.last} <Moment instant={lookedAt} />
            {found !== null && `, ${words.found(found)}`}
          </>
        )}
        {foundAt !== null && (
          <>
            {' '}
            ({words.lastFound} <Moment instant={foundAt} />)
          </>
        )}
      </p>
      {missing > 0 && <p className="wrong">{words.missing(missing)}</p>}
      {failure !== null && (
        <p className="wrong">
          {words.failed} {say(failure)}
        </p>
      )}
    </>
  );
}

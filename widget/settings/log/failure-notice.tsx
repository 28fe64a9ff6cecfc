import type { Failure, RunSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';

/** What went wrong: our sentence, the vendor's own words, the field; and when it will be tried again. */
export function FailureNotice({ failure, run }: { failure: Failure; run?: RunSummary }) {
  const { texts, say, formats } = useSpeech();
  return (
    <div className={`notice ${run?.nextAttemptAt ? 'pending' : 'bad'}`}>
      <Icon name={run?.nextAttemptAt ? 'retrying' : 'failed'} />
      <div>
        <p>
          {say(failure.sentence)}
          {run?.nextAttemptAt && ` ${texts.log.nextAttempt(formats.moment(run.nextAttemptAt))}`}
        </p>
        {failure.vendorMessage !== null && (
          <p className="quiet">
            {texts.problem.vendorSays} <q>{failure.vendorMessage}</q>
          </p>
        )}
        {failure.field !== null && (
          <p className="quiet">
            {texts.problem.field} <code>{failure.field}</code>
          </p>
        )}
      </div>
    </div>
  );
}

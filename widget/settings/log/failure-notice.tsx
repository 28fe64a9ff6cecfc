import type { Failure, RunSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';

interface FailureNoticeProps {
  readonly failure: Failure & Partial<Pick<NonNullable<RunSummary['error']>, 'fieldTitles'>>;
  readonly run?: RunSummary;
}

/** What went wrong: our sentence, the vendor's own words, the field; and when it will be tried again. */
export function FailureNotice({ failure, run }: FailureNoticeProps) {
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
            {texts.problem.field}{' '}
            {failure.fieldTitles ? (
              <>
                {say(failure.fieldTitles)} (<code>{failure.field}</code>)
              </>
            ) : (
              <code>{failure.field}</code>
            )}
          </p>
        )}
      </div>
    </div>
  );
}

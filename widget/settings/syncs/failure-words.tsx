import type { ReactNode } from 'react';
import type { Failure } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';

/** What went wrong: our sentence, then the vendor's own words. */
export function FailureWords({ failure, children }: { failure: Failure; children?: ReactNode }) {
  const { texts, say } = useSpeech();
  return (
    <div className="notice bad">
      <Icon name="failed" />
      <div>
        <p>{say(failure.sentence)}</p>
        {failure.vendorMessage !== null && (
          <p className="quiet">
            {texts.problem.vendorSays} <q>{failure.vendorMessage}</q>
          </p>
        )}
        {children}
      </div>
    </div>
  );
}

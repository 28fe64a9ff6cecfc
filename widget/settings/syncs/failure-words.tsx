import type { ReactNode } from 'react';
import type { Failure } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';

interface FailureWordsProps {
  readonly failure: Failure;
  /** The sentence, where more is known than the failure itself says. */
  readonly text?: string;
  readonly children?: ReactNode;
}

/** What went wrong: our sentence, then the vendor's own words. */
export function FailureWords({ failure, text, children }: FailureWordsProps) {
  const { texts, say } = useSpeech();
  return (
    <div className="notice bad">
      <Icon name="failed" />
      <div>
        <p>{text ?? say(failure.sentence)}</p>
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

import type { OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ApplicationMark } from '../../pieces/application-marks.tsx';

interface ApplicationChipsProps {
  readonly applications: OfferedFlow['applications'];
  /** An id; empty: whichever. */
  readonly chosen: string;
  readonly choose: (application: string) => void;
}

/** One press shows only what is offered with that application. */
export function ApplicationChips({ applications, chosen, choose }: ApplicationChipsProps) {
  const { texts, say, language } = useSpeech();
  const words = texts.catalogue;
  const sorted = [...applications].sort((left, right) =>
    say(left.titles).localeCompare(say(right.titles), language),
  );
  return (
    <fieldset className="chips" aria-label={words.applications}>
      <button type="button" aria-pressed={chosen === ''} onClick={() => choose('')}>
        {words.anyApplication}
      </button>
      {sorted.map((application) => (
        <button
          key={application.id}
          type="button"
          aria-pressed={chosen === application.id}
          onClick={() => choose(chosen === application.id ? '' : application.id)}
        >
          <ApplicationMark application={application} />
          {say(application.titles)}
        </button>
      ))}
    </fieldset>
  );
}

import type { OfferedFlow } from '../../server/api/contract.ts';
import { useSpeech } from '../language/language.tsx';

type Application = OfferedFlow['applications'][number];

/** Applications by their names, each with its mark. */
export function ApplicationMarks({ applications }: { applications: readonly Application[] }) {
  const { say } = useSpeech();
  return (
    <ul className="marks">
      {applications.map((application) => (
        <li key={application.id}>
          <ApplicationMark application={application} /> {say(application.titles)}
        </li>
      ))}
    </ul>
  );
}

/** Only beside the name. */
export function ApplicationMark({ application: { mark, titles } }: { application: Application }) {
  return (
    <span className="mark" aria-hidden="true">
      {mark === null ? (
        initialsOf(titles.en)
      ) : (
        <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
          <path d={mark} />
        </svg>
      )}
    </span>
  );
}

/** Of the first two words. */
const initialsOf = (name: string): string =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');

import { ApiError } from '../api/client.ts';
import type { Texts } from '../language/english.ts';
import { useSpeech } from '../language/language.tsx';
import { Icon } from './icon.tsx';

/** The words for any error that a call can end in. */
export function problemWords(error: unknown, texts: Texts) {
  const problem = error instanceof ApiError ? error.problem : null;
  if (problem)
    return { ...problem, fields: problem.fields ?? [], vendorMessage: problem.vendorMessage ?? null };
  return {
    title: texts.problem.offlineTitle,
    detail: error instanceof ApiError ? texts.problem.offline : texts.problem.unreadable,
    action: texts.problem.offlineAction,
    fields: [],
    vendorMessage: null,
  };
}

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly retry?: () => void;
  /** What people call a field that is refused; null: what is said of it stands elsewhere; undefined: not known. */
  readonly nameOf?: (field: string) => string | null | undefined;
}

export function ProblemNotice({ error, retry, nameOf }: ProblemNoticeProps) {
  const { texts } = useSpeech();
  const { title, detail, action, fields: refused, vendorMessage } = problemWords(error, texts);
  const fields = refused
    .map((one) => ({ ...one, name: nameOf?.(one.field) }))
    .filter(({ name }) => name !== null);
  return (
    <div className="notice bad" role="alert">
      <Icon name="failed" />
      <div>
        <strong>{title}</strong>
        <p>
          {detail} {action}
        </p>
        {fields.length > 0 && (
          <ul>
            {fields.map(({ field, name, detail: why }) => (
              <li key={field}>
                {name === undefined ? <code>{field}</code> : <strong>{name}</strong>} {why}
              </li>
            ))}
          </ul>
        )}
        {vendorMessage !== null && (
          <p className="quiet">
            {texts.problem.vendorSays} <q>{vendorMessage}</q>
          </p>
        )}
        {retry && (
          <button type="button" onClick={retry}>
            {texts.problem.retry}
          </button>
        )}
      </div>
    </div>
  );
}

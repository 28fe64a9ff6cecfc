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

export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const { texts } = useSpeech();
  const { title, detail, action, fields, vendorMessage } = problemWords(error, texts);
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
            {fields.map(({ field, detail: why }) => (
              <li key={field}>
                <code>{field}</code> {why}
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

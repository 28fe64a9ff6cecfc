import { useState } from 'react';
import type { Access } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useEndAccess } from './access-queries.ts';

/** What one person let one application do, and the end of it. */
export function AccessSection({ access }: { access: Access }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.accesses;
  const { id, application, person, scopes, hooks, since, usedAt } = access;
  const [asking, setAsking] = useState(false);
  const end = useEndAccess(id);
  const name = say(application.titles);
  const title = `access-${id}`;
  return (
    <section className="account" aria-labelledby={title}>
      <header>
        <h3 id={title}>{words.named(name, person.name)}</h3>
        <span className="card-actions">
          <button type="button" onClick={() => setAsking(true)}>
            {words.end}
            <span className="unseen"> {words.named(name, person.name)}</span>
          </button>
        </span>
      </header>
      <dl className="fact-grid">
        <div>
          <dt>{words.since}</dt>
          <dd>{formats.day(since)}</dd>
        </div>
        <div>
          <dt>{words.used}</dt>
          <dd>
            <Moment instant={usedAt} />
          </dd>
        </div>
        <div>
          <dt>{words.hooks}</dt>
          <dd>{hooks === 0 ? words.noHooks : <a href="#/webhooks">{words.someHooks(hooks)}</a>}</dd>
        </div>
      </dl>
      <details>
        <summary>{words.may}</summary>
        {scopes.length === 0 ? (
          <p>{words.mayNothing}</p>
        ) : (
          <ul className="scopes">
            {scopes.map((scope) => (
              <li key={scope.id}>
                {say(scope.says)} <code className="quiet">{scope.id}</code>
              </li>
            ))}
          </ul>
        )}
      </details>
      {asking && (
        <ConfirmDialog
          danger
          title={words.endTitle(name)}
          yes={words.end}
          busy={end.isPending}
          onYes={() => end.mutate(undefined, { onSuccess: () => setAsking(false) })}
          onCancel={() => setAsking(false)}
        >
          <p>{words.endBody(name, person.name)}</p>
          {hooks > 0 && <p>{words.endHooks(hooks)}</p>}
          {end.error && <ProblemNotice error={end.error} />}
        </ConfirmDialog>
      )}
    </section>
  );
}

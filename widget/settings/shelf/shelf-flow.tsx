import type { Shelf } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { FailureWords } from '../syncs/failure-words.tsx';
import { useRetry } from './shelf-queries.ts';

/** What one flow set aside, by cause, and the ways on from there. */
export function ShelfFlow({ flow }: { flow: Shelf['integrations'][number] }) {
  const { texts, say } = useSpeech();
  const words = texts.alerts;
  const admin = useIsAdmin();
  const retry = useRetry();
  const title = `shelf-${flow.of}-${flow.id}`;
  const name = say(flow.titles);
  const href =
    flow.of === 'runs'
      ? hrefOf('log', { state: 'shelved', integration: flow.id })
      : hrefOf('syncs', { sync: flow.id, tab: 'shelf' });
  const counted = flow.of === 'runs' ? words.runs : words.records;
  return (
    <article className="card" aria-labelledby={title}>
      <header>
        <h2 id={title}>{name}</h2>
        <span className="tag">{counted(flow.count)}</span>
        <span className="card-actions">
          <a className="button" href={href} aria-label={words.shelf.seeNamed(name)}>
            {words.shelf.see}
          </a>
          {admin && (
            <button
              type="button"
              disabled={retry.isPending}
              aria-label={words.shelf.retryNamed(name)}
              onClick={() => retry.mutate(flow.id)}
            >
              {retry.isPending ? words.shelf.retrying : words.shelf.retry}
            </button>
          )}
        </span>
      </header>
      {retry.error && <ProblemNotice error={retry.error} />}
      {flow.causes.map(({ failure, count, reasons, since }) => (
        <div key={failure?.kind ?? ''} className="cause">
          {failure === null ? (
            <p className="quiet">{words.shelf.noReason}</p>
          ) : (
            <FailureWords failure={failure}>
              <p className="quiet">
                {counted(count)}
                {since !== null && (
                  <>
                    {' · '}
                    {words.since} <Moment instant={since} />
                  </>
                )}
                {reasons > 1 && ` · ${words.shelf.reasons(reasons)}`}
              </p>
            </FailureWords>
          )}
        </div>
      ))}
    </article>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { CONSENT_TARGET, connectHref } from '../connections/connect-href.ts';
import { ownPersonal, usePersonAction } from './person-queries.ts';
import { PersonalLine } from './personal-line.tsx';

/** What whoever looks has of their own, and what is prepared for them. */
export function OwnPart() {
  const { say, texts, language } = useSpeech();
  const words = texts.persons;
  const { data, error, refetch } = useQuery(ownPersonal());
  const [ending, setEnding] = useState(false);
  const join = usePersonAction(() => call('joinPersonal'));
  const end = usePersonAction(() => call('endPersonal'));
  const turn = usePersonAction(({ id, enabled }: { id: string; enabled: boolean }) =>
    call('setIntegration', { params: { id }, body: { enabled } }),
  );
  const failed = join.error ?? end.error ?? turn.error;
  return (
    <section aria-labelledby="persons-own">
      <h2 id="persons-own">{words.own.title}</h2>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {failed && <ProblemNotice error={failed} />}
      {!data && !error && <Loading />}
      {data && data.integrations.length === 0 && data.offers.length === 0 && <p>{words.own.none}</p>}
      {data && data.offers.length > 0 && (
        <div className="person-line">
          <p>
            {words.own.offered} {data.offers.map(({ titles }) => say(titles)).join(', ')}
            {data.problem !== null && <strong> {say(data.problem)}</strong>}
          </p>
          {data.connect === null ? (
            <button type="button" className="primary" onClick={() => join.mutate(undefined)}>
              {words.start}
            </button>
          ) : (
            <a
              className="button primary"
              href={connectHref(data.connect, language)}
              target={CONSENT_TARGET}
              rel="noopener"
              onClick={() => join.mutate(undefined)}
            >
              {words.connect}
            </a>
          )}
        </div>
      )}
      {data && data.integrations.length > 0 && (
        <>
          <ul className="person-list">
            {data.integrations.map((one) => (
              <li key={one.id} className="person-line">
                <PersonalLine of={one} />
                {one.state === 'reconnect' && one.connection !== null && (
                  <a
                    className="button"
                    href={connectHref(
                      `/oauth/start/${one.connector.id}?owner=me&connection=${one.connection}`,
                      language,
                    )}
                    target={CONSENT_TARGET}
                    rel="noopener"
                  >
                    {words.own.reconnect}
                  </a>
                )}
                {one.state === 'look' && (
                  <a className="button" href={`#/syncs?sync=${encodeURIComponent(one.id)}&tab=preview`}>
                    {words.own.look}
                  </a>
                )}
                {(one.state === 'in-sync' || one.state === 'working' || one.state === 'trouble') && (
                  <button
                    type="button"
                    aria-label={texts.doneTo(words.own.pause, say(one.titles))}
                    onClick={() => turn.mutate({ id: one.id, enabled: false })}
                  >
                    {words.own.pause}
                  </button>
                )}
                {one.state === 'paused' && (
                  <button
                    type="button"
                    aria-label={texts.doneTo(words.own.resume, say(one.titles))}
                    onClick={() => turn.mutate({ id: one.id, enabled: true })}
                  >
                    {words.own.resume}
                  </button>
                )}
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => setEnding(true)}>
            {words.own.end}
          </button>
        </>
      )}
      {ending && (
        <ConfirmDialog
          title={words.own.endTitle}
          yes={words.own.endYes}
          danger
          busy={end.isPending}
          onCancel={() => setEnding(false)}
          onYes={() => end.mutate(undefined, { onSettled: () => setEnding(false) })}
        >
          <p>{words.own.endBody}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

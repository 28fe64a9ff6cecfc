import { useState } from 'react';
import type { Receiver, Receivers } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { ChangeReceiver } from './change-receiver.tsx';
import { useReceiverAction } from './receiver-queries.ts';

interface ReceiverRowProps {
  readonly receiver: Receiver;
  readonly offered: Receivers['offered'];
  readonly showSecret: (secret: string) => void;
}

type Asked = 'rotate' | 'remove' | null;

/** One address: how it stands, and what can be done with it. */
export function ReceiverRow({ receiver, offered, showSecret }: ReceiverRowProps) {
  const { texts, say } = useSpeech();
  const words = texts.receivers;
  const { id, url, description, state, facts, application } = receiver;
  const params = { receiver: id };
  const [asked, setAsked] = useState<Asked>(null);
  const [changes, setChanges] = useState(false);
  const [said, setSaid] = useState('');
  const test = useReceiverAction(() => call('testReceiver', { params }));
  const set = useReceiverAction((next: 'active' | 'paused') =>
    call('setReceiver', { params, body: { state: next } }),
  );
  const rotate = useReceiverAction(() => call('rotateReceiverSecret', { params }));
  const remove = useReceiverAction(() => call('deleteReceiver', { params }));
  const busy = [test, set, rotate, remove].some(({ isPending }) => isPending);
  const failed = [test, set, rotate, remove].find(({ error }) => error !== null)?.error;
  const name = description === '' ? url : description;
  const titleOf = (fact: string) => {
    const known = offered.find((one) => one.id === fact);
    return known ? say(known.titles) : fact;
  };
  return (
    <li data-receiver={id}>
      <div className="receiver-line">
        <Standing receiver={receiver} />
        <strong>{name}</strong>
        <a href={hrefOf(`webhooks/${id}`)}>{words.log.open}</a>
      </div>
      {description !== '' && (
        <p>
          <code>{url}</code>
        </p>
      )}
      <p className="quiet">
        {facts.map(titleOf).join(' · ')}
        {receiver.integrations !== null && ` · ${words.ofSome(receiver.integrations.length)}`}
      </p>
      {application !== null && <p className="quiet">{words.byApplication(say(application.titles))}</p>}
      <p className={state === 'failed' || state === 'ended' ? 'wrong' : 'quiet'}>
        {words.states[state]} {receiver.waiting > 0 && words.waiting(receiver.waiting)}{' '}
        {receiver.failed > 0 && words.failed(receiver.failed)}{' '}
        {receiver.lastTakenAt !== null && (
          <>
            {words.lastTaken} <Moment instant={receiver.lastTakenAt} />
          </>
        )}
        {receiver.twoSecretsUntil !== null && (
          <>
            {' '}
            {words.twoSecrets} <Moment instant={receiver.twoSecretsUntil} />
          </>
        )}
      </p>
      <div className="card-actions">
        <button
          type="button"
          disabled={busy || state !== 'active'}
          aria-label={words.named(words.test, name)}
          onClick={() => test.mutate(undefined, { onSuccess: () => setSaid(words.tested) })}
        >
          {words.test}
        </button>
        <button
          type="button"
          disabled={busy}
          aria-label={words.named(state === 'active' ? words.pause : words.goOn, name)}
          onClick={() => set.mutate(state === 'active' ? 'paused' : 'active')}
        >
          {state === 'active' ? words.pause : words.goOn}
        </button>
        {application === null && (
          <>
            <button
              type="button"
              aria-expanded={changes}
              aria-label={words.named(words.change, name)}
              onClick={() => setChanges(!changes)}
            >
              {words.change}
            </button>
            <button
              type="button"
              disabled={busy}
              aria-label={words.named(words.rotate, name)}
              onClick={() => setAsked('rotate')}
            >
              {words.rotate}
            </button>
          </>
        )}
        <button
          type="button"
          disabled={busy}
          aria-label={words.named(words.remove, name)}
          onClick={() => setAsked('remove')}
        >
          {words.remove}
        </button>
      </div>
      <p className="good" role="status">
        {said}
      </p>
      {failed && <ProblemNotice error={failed} />}
      {changes && <ChangeReceiver receiver={receiver} offered={offered} done={() => setChanges(false)} />}
      {asked === 'rotate' && (
        <ConfirmDialog
          title={words.rotateTitle}
          yes={words.rotateYes}
          onCancel={() => setAsked(null)}
          onYes={() => {
            setAsked(null);
            rotate.mutate(undefined, { onSuccess: ({ secret }) => showSecret(secret) });
          }}
        >
          <p>{words.rotateBody}</p>
        </ConfirmDialog>
      )}
      {asked === 'remove' && (
        <ConfirmDialog
          title={words.removeTitle}
          yes={words.remove}
          danger
          onCancel={() => setAsked(null)}
          onYes={() => {
            setAsked(null);
            remove.mutate(undefined);
          }}
        >
          <p>{words.removeBody(url)}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

function Standing({ receiver: { state, failingSince, lastTakenAt } }: { receiver: Receiver }) {
  if (state === 'paused') return <Icon name="skipped" />;
  if (state !== 'active' || failingSince !== null) return <Icon name="failed" />;
  return <Icon name={lastTakenAt === null ? 'not-started' : 'done'} />;
}

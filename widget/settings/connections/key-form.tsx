import { useId, useState } from 'react';
import type { Application, Connection } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useConnectionChange } from './connection-queries.ts';

/** For an application that is connected by a key that an admin pastes: one more account. */
export function AddKey({ application, hasAccounts }: { application: Application; hasAccounts: boolean }) {
  const { texts, say } = useSpeech();
  const { connector, authorisation } = application;
  if (authorisation.kind !== 'key') return null;
  const form = (
    <KeyForm id={connector.id} vendor={say(connector.titles)} hint={say(authorisation.instructions)} />
  );
  if (!hasAccounts) return form;
  return (
    <details>
      <summary>{texts.connections.addAccount}</summary>
      {form}
    </details>
  );
}

/** Another key of the same account. */
export function ChangeKey({ connection }: { connection: Connection }) {
  const { texts, say } = useSpeech();
  const { id, state, account, connector } = connection;
  return (
    // What is wrong with the key is mended here: nobody should have to look for it.
    <details open={state === 'reconnect'}>
      <summary>{texts.connections.changeKey}</summary>
      <KeyForm id={id} vendor={say(connector.titles)} hint={texts.connections.changeKeyHint(account.name)} />
    </details>
  );
}

/** A key is sent once and never shown again. @param id of the connection, or of the connector of a new one. */
function KeyForm({ id, vendor, hint }: { id: string; vendor: string; hint: string }) {
  const { texts } = useSpeech();
  const field = useId();
  const [key, setKey] = useState('');
  const save = useConnectionChange((pasted: string) =>
    call('setKey', { params: { id }, body: { key: pasted } }),
  );
  return (
    <form
      className="settings"
      // The browser's own bubbles speak the browser's language.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() === '') return;
        save.mutate(key, { onSuccess: () => setKey('') });
      }}
    >
      <p>{hint}</p>
      <div className="setting">
        <label htmlFor={field}>{texts.connections.key}</label>
        <input
          id={field}
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={500}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
      </div>
      {save.error && <ProblemNotice error={save.error} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={save.isPending || key.trim() === ''}>
          {save.isPending ? texts.connections.keyChecking : texts.connections.keySave}
        </button>
        <span className="quiet" role="status">
          {save.isSuccess && key === '' && texts.connections.isConnected(vendor)}
        </span>
      </div>
    </form>
  );
}

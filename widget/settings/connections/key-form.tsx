import { useId, useState } from 'react';
import type { Connection } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useConnectionChange } from './connection-queries.ts';

/** For vendors that are connected by a key that an admin pastes. It is sent once and never shown again. */
export function KeyForm({ connection, instructions }: { connection: Connection; instructions: string }) {
  const { texts, say } = useSpeech();
  const { connector, state, account } = connection;
  const id = useId();
  const [key, setKey] = useState('');
  const save = useConnectionChange((pasted: string) =>
    call('setKey', { params: { connector: connector.id }, body: { key: pasted } }),
  );
  const form = (
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
      <p>{instructions}</p>
      {account !== null && <p className="quiet">{texts.connections.changeKeyHint(account.name)}</p>}
      <div className="setting">
        <label htmlFor={id}>{texts.connections.key}</label>
        <input
          id={id}
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
          {save.isSuccess && key === '' && texts.connections.isConnected(say(connector.titles))}
        </span>
      </div>
    </form>
  );
  if (state === 'absent') return form;
  return (
    // What is wrong with the key is mended here: nobody should have to look for it.
    <details open={state === 'reconnect'}>
      <summary>{texts.connections.changeKey}</summary>
      {form}
    </details>
  );
}

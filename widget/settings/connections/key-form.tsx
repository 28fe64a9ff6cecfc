import { useId, useState } from 'react';
import type { Connection } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useConnectionChange } from './connection-queries.ts';

type KeyAuthorisation = Extract<Connection['authorisation'], { kind: 'key' }>;

interface Asked {
  readonly id: string;
  readonly title: string;
  readonly shown: boolean;
}

const SITE = 'site';
/** What a single key is known as here; the server takes it by itself. */
const KEY = 'key';

/** For vendors that are connected by keys that an admin pastes. They are sent once and never shown again. */
export function KeyForm({
  connection,
  authorisation: { instructions, fields, site },
}: {
  connection: Connection;
  authorisation: KeyAuthorisation;
}) {
  const { texts, say } = useSpeech();
  const { connector, state, account } = connection;
  const id = useId();
  const asked: readonly Asked[] = [
    ...(site === null ? [] : [{ id: SITE, title: say(site), shown: true }]),
    ...(fields === null
      ? [{ id: KEY, title: texts.connections.key, shown: false }]
      : fields.map((field) => ({ id: `keys.${field.id}`, title: say(field.titles), shown: field.shown }))),
  ];
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const isWhole = asked.every((one) => (given[one.id] ?? '').trim() !== '');
  const save = useConnectionChange((pasted: Readonly<Record<string, string>>) =>
    call('setKey', {
      params: { connector: connector.id },
      body: {
        ...(site === null ? {} : { site: pasted[SITE] ?? '' }),
        ...(fields === null
          ? { key: pasted[KEY] ?? '' }
          : {
              keys: Object.fromEntries(fields.map((field) => [field.id, pasted[`keys.${field.id}`] ?? ''])),
            }),
      },
    }),
  );
  const form = (
    <form
      className="settings"
      // The browser's own bubbles speak the browser's language.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWhole) return;
        save.mutate(given, { onSuccess: () => setGiven({}) });
      }}
    >
      <p>{say(instructions)}</p>
      {account !== null && <p className="quiet">{texts.connections.changeKeyHint(account.name)}</p>}
      {asked.map((one) => (
        <div className="setting" key={one.id}>
          <label htmlFor={`${id}-${one.id}`}>{one.title}</label>
          <input
            id={`${id}-${one.id}`}
            type={one.shown ? 'text' : 'password'}
            autoComplete="off"
            spellCheck={false}
            required
            maxLength={500}
            value={given[one.id] ?? ''}
            onChange={(event) => setGiven({ ...given, [one.id]: event.target.value })}
          />
        </div>
      ))}
      {save.error && <ProblemNotice error={save.error} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={save.isPending || !isWhole}>
          {save.isPending ? texts.connections.keyChecking : texts.connections.keySave}
        </button>
        <span className="quiet" role="status">
          {save.isSuccess &&
            Object.keys(given).length === 0 &&
            texts.connections.isConnected(say(connector.titles))}
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

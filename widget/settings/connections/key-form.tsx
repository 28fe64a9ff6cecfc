import { useId, useState } from 'react';
import type { Application, Connection } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useConnectionChange } from './connection-queries.ts';
import { SiteForm } from './site-form.tsx';

type KeyAuthorisation = Extract<Application['authorisation'], { kind: 'key' }>;

/** For an application that is connected by keys that an admin pastes: one more account. */
export function AddKey({ application, hasAccounts }: { application: Application; hasAccounts: boolean }) {
  const { texts, say } = useSpeech();
  const { connector, authorisation } = application;
  if (authorisation.kind !== 'key') return null;
  const { connectUrl, whyTyped, site } = authorisation;
  const vendor = say(connector.titles);
  const typed = (
    <>
      {whyTyped !== null && <p className="quiet">{say(whyTyped)}</p>}
      <KeyForm
        id={connector.id}
        vendor={vendor}
        hint={say(authorisation.instructions)}
        asks={authorisation}
      />
    </>
  );
  const form =
    connectUrl === null || site === null ? (
      typed
    ) : (
      <>
        <p>{texts.connections.siteMakesKeys(vendor)}</p>
        <SiteForm
          connectUrl={connectUrl}
          title={say(site)}
          text={`${texts.connections.connect} ${vendor}`}
          isFirst={!hasAccounts}
        />
        <details>
          <summary>{texts.connections.typeKeys}</summary>
          {typed}
        </details>
      </>
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
export function ChangeKey({ connection, asks }: { connection: Connection; asks: KeyAuthorisation }) {
  const { texts, say } = useSpeech();
  const { id, state, account, connector } = connection;
  return (
    // What is wrong with the key is mended here: nobody should have to look for it.
    <details open={state === 'reconnect'}>
      <summary>{texts.connections.changeKey}</summary>
      <KeyForm
        id={id}
        vendor={say(connector.titles)}
        hint={texts.connections.changeKeyHint(account.name)}
        asks={asks}
      />
    </details>
  );
}

interface KeyFormProps {
  /** Of the connection, or of the connector of a new one. */
  readonly id: string;
  readonly vendor: string;
  readonly hint: string;
  readonly asks: Pick<KeyAuthorisation, 'fields' | 'site'>;
}

const SITE = 'site';
/** What a single key is known as here; the server takes it by itself. */
const KEY = 'key';

/** Keys are sent once and never shown again. */
function KeyForm({ id, vendor, hint, asks: { fields, site } }: KeyFormProps) {
  const { texts, say } = useSpeech();
  const form = useId();
  const asked: readonly { readonly id: string; readonly title: string; readonly shown: boolean }[] = [
    ...(site === null ? [] : [{ id: SITE, title: say(site), shown: true }]),
    ...(fields === null
      ? [{ id: KEY, title: texts.connections.key, shown: false }]
      : fields.map((field) => ({ id: `keys.${field.id}`, title: say(field.titles), shown: field.shown }))),
  ];
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const isWhole = asked.every((one) => (given[one.id] ?? '').trim() !== '');
  const save = useConnectionChange((pasted: Readonly<Record<string, string>>) =>
    call('setKey', {
      params: { id },
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
  return (
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
      <p>{hint}</p>
      {asked.map((one) => (
        <div className="setting" key={one.id}>
          <label htmlFor={`${form}-${one.id}`}>{one.title}</label>
          <input
            id={`${form}-${one.id}`}
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
          {save.isSuccess && Object.keys(given).length === 0 && texts.connections.isConnected(vendor)}
        </span>
      </div>
    </form>
  );
}

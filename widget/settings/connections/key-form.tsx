import { useId, useState } from 'react';
import type { Application, Connection } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { CopyButton } from '../../pieces/copy-button.tsx';
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

interface Asked {
  readonly id: string;
  readonly title: string;
  readonly shown: boolean;
  readonly made: boolean;
  readonly optional: boolean;
}

/** A secret that nobody has yet, to be entered at the tool too. */
const newSecret = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** Keys are sent once and never shown again. */
function KeyForm({ id, vendor, hint, asks: { fields, site } }: KeyFormProps) {
  const { texts, say } = useSpeech();
  const form = useId();
  const asked: readonly Asked[] = [
    ...(site === null ? [] : [{ id: SITE, title: say(site), shown: true, made: false, optional: false }]),
    ...(fields === null
      ? [{ id: KEY, title: texts.connections.key, shown: false, made: false, optional: false }]
      : fields.map((field) => ({ ...field, id: `keys.${field.id}`, title: say(field.titles) }))),
  ];
  const [made, setMade] = useState(newSecret);
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const valueIn = (one: Asked): string => given[one.id] ?? (one.made ? made : '');
  const isWhole = asked.every((one) => one.optional || valueIn(one).trim() !== '');
  const save = useConnectionChange((pasted: Readonly<Record<string, string>>) =>
    call('setKey', {
      params: { id },
      body: {
        ...(site === null ? {} : { site: pasted[SITE] ?? '' }),
        ...(fields === null
          ? { key: pasted[KEY] ?? '' }
          : {
              keys: Object.fromEntries(
                fields.flatMap((field) => {
                  const text = pasted[`keys.${field.id}`] ?? '';
                  return text.trim() === '' ? [] : [[field.id, text]];
                }),
              ),
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
        save.mutate(Object.fromEntries(asked.map((one) => [one.id, valueIn(one)])), {
          onSuccess() {
            setGiven({});
            setMade(newSecret());
          },
        });
      }}
    >
      <p>{hint}</p>
      {asked.map((one) => (
        <div className="setting" key={one.id}>
          <label htmlFor={`${form}-${one.id}`}>{one.title}</label>
          <input
            id={`${form}-${one.id}`}
            type={one.shown || one.made ? 'text' : 'password'}
            autoComplete="off"
            spellCheck={false}
            required={!one.optional}
            maxLength={500}
            value={valueIn(one)}
            onChange={(event) => setGiven({ ...given, [one.id]: event.target.value })}
          />
          {one.made && (
            <span className="quiet">
              {texts.connections.madeHint} <CopyButton text={valueIn(one)} what={one.title} />
            </span>
          )}
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

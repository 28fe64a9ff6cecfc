import { useId } from 'react';
import type { Application, Connections, OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { CONSENT_TARGET, connectHref } from '../connections/connect-href.ts';
import { DeliverTo } from '../connections/deliver-to.tsx';
import { AddKey } from '../connections/key-form.tsx';
import { SiteForm } from '../connections/site-form.tsx';

type Role = OfferedFlow['roles'][string];
type Account = Role['accounts'][number];

interface RoleAccountsProps {
  readonly role: Role;
  readonly chosen: string | undefined;
  readonly known: Connections;
  readonly refusal: string | undefined;
  readonly onChoose: (connection: string) => void;
}

/** The accounts that can take one role, and the ways to one more. */
export function RoleAccounts({ role, chosen, known, refusal, onChoose }: RoleAccountsProps) {
  const { texts, say } = useSpeech();
  const words = texts.setup.account;
  const group = useId();
  const several = role.takers.length > 1;
  const nameOf = ({ connector, account }: Account): string =>
    several ? `${say(connector.titles)} · ${account.name}` : account.name;
  return (
    <fieldset className="setup-role" aria-describedby={`${group}-told`}>
      <legend>
        {say(role.titles)} {role.optional && <span className="tag">{words.optional}</span>}
      </legend>
      {role.accounts.length === 0 && <p className="quiet">{words.none}</p>}
      {role.accounts.map((one) => (
        <div key={one.connection} className="setup-account">
          <label>
            <input
              type="radio"
              name={group}
              checked={chosen === one.connection}
              onChange={() => onChoose(one.connection)}
            />{' '}
            {nameOf(one)}
          </label>
          {one.state === 'reconnect' && <Reconnect account={one} known={known} />}
          {chosen === one.connection && <Delivered account={one} known={known} />}
        </div>
      ))}
      {role.takers.map(({ id }) => {
        const application = known.applications.find(({ connector }) => connector.id === id);
        const hasAccounts = role.accounts.some(({ connector }) => connector.id === id);
        return application && <WaysIn key={id} application={application} hasAccounts={hasAccounts} />;
      })}
      <span id={`${group}-told`} className="wrong" role="alert">
        {refusal}
      </span>
    </fieldset>
  );
}

/** Where the chosen form is to send its answers. */
function Delivered({ account, known }: { account: Account; known: Connections }) {
  const connection = known.connections.find(({ id }) => id === account.connection);
  return connection === undefined ? null : <DeliverTo connection={connection} />;
}

/** What no longer lets Liaison in is opened anew. */
function Reconnect({ account, known }: { account: Account; known: Connections }) {
  const { texts, language } = useSpeech();
  const words = texts.setup.account;
  const url = known.connections.find(({ id }) => id === account.connection)?.reconnectUrl ?? null;
  return (
    <span className="wrong">
      {words.reconnect}{' '}
      {url !== null && (
        <a href={connectHref(url, language)} target={CONSENT_TARGET}>
          {words.reconnectNow(account.account.name)}
        </a>
      )}
    </span>
  );
}

/** The ways to an account of an application: one that its family was allowed already, a new one, a key. */
function WaysIn({ application, hasAccounts }: { application: Application; hasAccounts: boolean }) {
  const { texts, say, language } = useSpeech();
  const words = texts.setup.account;
  const { authorisation, connector, granted, family } = application;
  const vendor = say(connector.titles);
  if (authorisation.kind === 'key')
    return (
      <details className="setup-key" open={!hasAccounts}>
        <summary>{authorisation.connectUrl === null ? words.withKey(vendor) : words.connect(vendor)}</summary>
        <AddKey application={application} hasAccounts={false} />
      </details>
    );
  if (authorisation.site !== null)
    return (
      <details className="setup-key" open={!hasAccounts}>
        <summary>{hasAccounts ? words.another(vendor) : words.connect(vendor)}</summary>
        <SiteForm
          connectUrl={authorisation.connectUrl}
          title={say(authorisation.site)}
          text={words.connect(vendor)}
          isFirst={!hasAccounts}
        />
      </details>
    );
  const link = (text: string, wish: Readonly<Record<string, string>>) => (
    <a
      key={text}
      className="button"
      href={connectHref(authorisation.connectUrl, language, wish)}
      target={CONSENT_TARGET}
    >
      {text}
    </a>
  );
  const isFirst = !hasAccounts && granted.length === 0;
  return (
    <p className="actions">
      {granted.map(({ grant, account, complete }) =>
        link(complete ? words.allowed(vendor, account) : words.toAllow(vendor, account), { grant }),
      )}
      {isFirst
        ? link(words.connect(vendor), {})
        : link(words.another(vendor), family === null ? {} : { account: 'new' })}
    </p>
  );
}

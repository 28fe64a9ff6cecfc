import type { Application } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { useIsAdmin, useMe } from '../me.tsx';
import { CONSENT_TARGET, connectHref } from './connect-href.ts';
import { SiteForm } from './site-form.tsx';

interface AddAccountProps {
  readonly application: Application;
  /** Whether accounts of it are connected already. */
  readonly hasAccounts: boolean;
}

/** The ways to one more account: one that its family was allowed already, another one, one of one's own. */
export function AddAccount({ application, hasAccounts }: AddAccountProps) {
  const { texts, say, language } = useSpeech();
  const admin = useIsAdmin();
  const { user } = useMe();
  const { authorisation, connector, granted, family } = application;
  if (authorisation.kind !== 'oauth') return null;
  const words = texts.connections;
  const vendor = say(connector.titles);
  const link = (text: string, wish: Readonly<Record<string, string>>, isFirst = false) => (
    <a
      key={text}
      className={`button ${isFirst ? 'primary' : ''}`}
      href={connectHref(authorisation.connectUrl, language, wish)}
      target={CONSENT_TARGET}
    >
      {text}
      <span className="unseen"> {vendor}</span>
    </a>
  );
  const isFirst = !hasAccounts && granted.length === 0;
  if (authorisation.site !== null) {
    const asked = { connectUrl: authorisation.connectUrl, title: say(authorisation.site) };
    if (!admin) return null;
    if (!hasAccounts) return <SiteForm {...asked} text={`${words.connect} ${vendor}`} isFirst />;
    return (
      <details>
        <summary>{words.addAccount}</summary>
        <SiteForm {...asked} text={words.addAccount} />
      </details>
    );
  }
  return (
    <p className="actions">
      {granted.map(({ grant, account, complete }) =>
        link(
          complete ? words.accountAllowed(account) : words.accountToAllow(account),
          { grant },
          !hasAccounts,
        ),
      )}
      {admin &&
        (isFirst
          ? link(words.connect, {}, true)
          : link(words.addAccount, family === null ? {} : { account: 'new' }))}
      {user !== null && link(words.addOwn, { account: 'new', owner: 'me' })}
    </p>
  );
}

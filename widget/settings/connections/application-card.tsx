import type { Application, Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { useIsAdmin } from '../me.tsx';
import { AccountSection } from './account-section.tsx';
import { AddAccount } from './add-account.tsx';
import { AddKey } from './key-form.tsx';
import { Scopes } from './scopes.tsx';
import { UsedBy } from './used-by.tsx';

interface ApplicationCardProps {
  readonly application: Application;
  readonly accounts: readonly Connection[];
}

/** One application: the accounts that are connected to it, the way to one more, what Liaison may do there. */
export function ApplicationCard({ application, accounts }: ApplicationCardProps) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const { connector, authorisation } = application;
  const title = `application-${connector.id}`;
  const hasAccounts = accounts.length > 0;
  return (
    <article className="card" aria-labelledby={title}>
      <header>
        <h2 id={title}>{say(connector.titles)}</h2>
        {!hasAccounts && (
          <span className="state">
            <Icon name="not-started" />
            {texts.connections.absent}
          </span>
        )}
      </header>
      {accounts.map((connection) => (
        <AccountSection key={connection.id} connection={connection} authorisation={authorisation} />
      ))}
      {!hasAccounts && <UsedBy flows={application.flows} />}
      <AddAccount application={application} hasAccounts={hasAccounts} />
      {authorisation.kind === 'oauth' ? (
        <Scopes scopes={authorisation.scopes} />
      ) : (
        admin && <AddKey application={application} hasAccounts={hasAccounts} />
      )}
    </article>
  );
}

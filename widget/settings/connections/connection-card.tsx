import type { Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';
import { hrefOf } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { CONSENT_TARGET, connectHref } from './connect-href.ts';
import { ConnectionFacts } from './connection-facts.tsx';
import { Disconnect } from './disconnect.tsx';
import { HealthNotice } from './health-notice.tsx';
import { KeyForm } from './key-form.tsx';
import { Reconnect } from './reconnect.tsx';
import { Scopes } from './scopes.tsx';

const ICONS: Readonly<Record<Connection['health'], IconName>> = {
  absent: 'not-started',
  unused: 'done',
  works: 'done',
  troubled: 'retrying',
  refuses: 'failed',
  reconnect: 'failed',
};

const TONES: Readonly<Record<Connection['health'], string>> = {
  absent: '',
  unused: 'state-done',
  works: 'state-done',
  troubled: 'state-retrying',
  refuses: 'state-shelved',
  reconnect: 'state-shelved',
};

/** One vendor: how it goes, whose account it is, what uses it, what Liaison may do there. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const { texts, say, language } = useSpeech();
  const admin = useIsAdmin();
  const { connector, state, health, authorisation } = connection;
  const title = `connection-${connector.id}`;
  return (
    <article className="card" aria-labelledby={title}>
      <header>
        <h2 id={title}>{say(connector.titles)}</h2>
        <span className={`state ${TONES[health]}`}>
          <Icon name={ICONS[health]} />
          {texts.connections.health[health]}
        </span>
        {admin && (
          <span className="card-actions">
            {authorisation.kind === 'oauth' && state === 'absent' && (
              <a
                className="button primary"
                href={connectHref(authorisation.connectUrl, language)}
                target={CONSENT_TARGET}
              >
                {texts.connections.connect}
                <span className="unseen"> {say(connector.titles)}</span>
              </a>
            )}
            {authorisation.kind === 'oauth' && state !== 'absent' && (
              <Reconnect connection={connection} connectUrl={authorisation.connectUrl} />
            )}
            {state !== 'absent' && <Disconnect connection={connection} />}
          </span>
        )}
      </header>
      <HealthNotice connection={connection} />
      <ConnectionFacts connection={connection} />
      <UsedBy flows={connection.flows} />
      {authorisation.kind === 'oauth' ? (
        <Scopes scopes={authorisation.scopes} />
      ) : (
        admin && <KeyForm connection={connection} authorisation={authorisation} />
      )}
    </article>
  );
}

/** The flows that need it, and whether they are on. */
function UsedBy({ flows }: Pick<Connection, 'flows'>) {
  const { texts, say } = useSpeech();
  const { usedBy, on, off } = texts.connections;
  if (flows.length === 0) return null;
  return (
    <p className="quiet">
      {usedBy}{' '}
      {flows.map(({ id, titles, enabled }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <a href={hrefOf('documents', { flow: id })}>{say(titles)}</a> ({enabled ? on : off})
        </span>
      ))}
    </p>
  );
}

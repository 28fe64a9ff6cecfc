import type { Application, Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';
import { useIsAdmin } from '../me.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { DeliverTo } from './deliver-to.tsx';
import { Disconnect } from './disconnect.tsx';
import { HealthNotice } from './health-notice.tsx';
import { ChangeKey } from './key-form.tsx';
import { Reconnect } from './reconnect.tsx';
import { UsedBy } from './used-by.tsx';

const ICONS: Readonly<Record<Connection['health'], IconName>> = {
  unused: 'done',
  works: 'done',
  troubled: 'retrying',
  refuses: 'failed',
  reconnect: 'failed',
};

const TONES: Readonly<Record<Connection['health'], string>> = {
  unused: 'state-done',
  works: 'state-done',
  troubled: 'state-retrying',
  refuses: 'state-shelved',
  reconnect: 'state-shelved',
};

interface AccountSectionProps {
  readonly connection: Connection;
  /** How accounts of the application are connected. */
  readonly authorisation: Application['authorisation'];
}

/** One account of an application: how it goes, whose it is, what uses it. */
export function AccountSection({ connection, authorisation }: AccountSectionProps) {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const { health, owner, reconnectUrl } = connection;
  const title = `account-${connection.id}`;
  const isOurs = owner === 'me' || (admin && owner === 'organisation');
  return (
    <section className="account" aria-labelledby={title}>
      <header>
        <h3 id={title}>{connection.account.name}</h3>
        <span className={`state ${TONES[health]}`}>
          <Icon name={ICONS[health]} />
          {texts.connections.health[health]}
        </span>
        <span className="card-actions">
          {isOurs && reconnectUrl !== null && (
            <Reconnect connection={connection} reconnectUrl={reconnectUrl} />
          )}
          {(isOurs || admin) && <Disconnect connection={connection} />}
        </span>
      </header>
      <Owner connection={connection} />
      <HealthNotice connection={connection} />
      <ConnectionFacts connection={connection} />
      <DeliverTo connection={connection} />
      <UsedBy flows={connection.flows} />
      {isOurs && authorisation.kind === 'key' && <ChangeKey connection={connection} asks={authorisation} />}
    </section>
  );
}

/** Nothing for the organisation's: that is what an account is where nothing is said. */
function Owner({ connection: { owner, person } }: { connection: Connection }) {
  const { texts } = useSpeech();
  if (owner === 'organisation') return null;
  const words = texts.connections;
  return <p className="quiet">{owner === 'me' ? words.yours : words.ownOf(person ?? words.somebody)}</p>;
}

import type { Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon, type IconName } from '../../pieces/icon.tsx';
import { useIsAdmin } from '../me.tsx';
import { Disconnect } from './disconnect.tsx';
import { KeyForm } from './key-form.tsx';

const ICONS: Readonly<Record<Connection['state'], IconName>> = {
  active: 'done',
  reconnect: 'failed',
  absent: 'not-started',
};

export function ConnectionCard({ connection }: { connection: Connection }) {
  const { texts, say, formats } = useSpeech();
  const admin = useIsAdmin();
  const { connector, state, account, since, authorisation, flows } = connection;
  const title = `connection-${connector.id}`;
  return (
    <article className="card" aria-labelledby={title}>
      <header>
        <h2 id={title}>{say(connector.titles)}</h2>
        <span className={`state connection-${state}`}>
          <Icon name={ICONS[state]} />
          {texts.connections[state]}
        </span>
        {admin && (
          <span className="card-actions">
            {authorisation.kind === 'oauth' && state !== 'active' && (
              <a
                className="button primary"
                href={connectHref(authorisation.connectUrl)}
                target={IS_FRAMED ? '_blank' : '_self'}
              >
                {state === 'absent' ? texts.connections.connect : texts.connections.reconnectAction}
              </a>
            )}
            {state !== 'absent' && <Disconnect connection={connection} />}
          </span>
        )}
      </header>
      {account !== null && (
        <p>
          {account}{' '}
          {since !== null && <span className="quiet">{texts.connections.since(formats.day(since))}</span>}
        </p>
      )}
      {flows.length > 0 && (
        <p className="quiet">
          {texts.connections.usedBy} {flows.map(({ titles }) => say(titles)).join(', ')}
        </p>
      )}
      {authorisation.kind === 'oauth' ? (
        <details>
          <summary>{texts.connections.scopes}</summary>
          <dl className="scopes">
            {authorisation.scopes.map(({ scope, reason }) => (
              <div key={scope}>
                <dt>
                  <code>{scope}</code>
                </dt>
                <dd>{say(reason)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : (
        admin && <KeyForm connection={connection} instructions={say(authorisation.instructions)} />
      )}
    </article>
  );
}

/** Vendors do not show consent in a frame, and in the CRM's place the CRM would be gone: it has a tab of its own. */
const IS_FRAMED = window.parent !== window;

/** Comes back to this page once the vendor has asked its user; a tab of its own, to one that needs no frame. */
function connectHref(connectUrl: string): string {
  const here = IS_FRAMED ? `/${location.hash}` : `${location.pathname}${location.search}${location.hash}`;
  return `${connectUrl}?returnTo=${encodeURIComponent(here)}`;
}

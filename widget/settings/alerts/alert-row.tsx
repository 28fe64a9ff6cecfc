import type { Alert } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { hrefOf } from '../address.ts';

/** Where what is wrong can be looked at and put right. */
function hrefOfAlert({ kind, integration }: Alert): string {
  const ofSync = (tab?: string) => hrefOf('syncs', { sync: integration?.id, tab });
  switch (kind) {
    case 'runs':
      return hrefOf('log', { state: 'shelved', integration: integration?.id });
    case 'records':
      return ofSync('shelf');
    case 'reconnect':
      return hrefOf('connections');
    case 'loop':
      return ofSync('records');
    case 'brake':
    case 'account':
    case 'trouble':
      return ofSync();
    case 'deliveries':
    case 'looks':
    case 'settings':
      return hrefOf('integrations');
    case 'money':
      return hrefOf('money');
    case 'webhooks':
      return hrefOf('webhooks');
    case 'other':
      return hrefOf('log');
  }
}

/** One thing that is wrong: since when, how many, who was told, what to do. */
export function OpenAlert({ alert }: { alert: Alert }) {
  const { texts, say } = useSpeech();
  const words = texts.alerts;
  const { kind, occurrences } = alert;
  return (
    <li className="notice bad" data-alert={kind}>
      <Icon name="failed" />
      <div>
        <p>{say(alert.sentence)}</p>
        <p>
          {words.todo[kind]} <a href={hrefOfAlert(alert)}>{words.links[kind]}</a>
        </p>
        <p className="quiet alert-facts">
          {kind === 'runs' && <span>{words.runs(occurrences)}</span>}
          {kind === 'records' && <span>{words.records(occurrences)}</span>}
          <span>
            {words.since} <Moment instant={alert.openedAt} />
          </span>
          <span>
            {alert.toldAt === null ? (
              (alert.untold && `${words.untold} ${say(alert.untold)}`) || words.notTold
            ) : (
              <>
                {words.told} <Moment instant={alert.toldAt} />
              </>
            )}
          </span>
        </p>
      </div>
    </li>
  );
}

export function RecoveredAlert({ alert }: { alert: Alert }) {
  const { texts, say } = useSpeech();
  return (
    <li className="over">
      <Icon name="done" />
      <div>
        <p>{say(alert.sentence)}</p>
        <p className="quiet">
          {texts.alerts.over} {alert.closedAt !== null && <Moment instant={alert.closedAt} />}
        </p>
      </div>
    </li>
  );
}

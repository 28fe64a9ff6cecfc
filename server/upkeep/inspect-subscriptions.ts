import { ensureSubscriptions, inspectSubscriptions } from '../connect/subscribe.ts';
import type { SubscriptionFault } from '../core/connector.ts';
import { asLiaisonError } from '../core/errors.ts';
import { triggerRole } from '../core/flow.ts';
import type { Sentence } from '../core/sentence.ts';
import { sidesOf, sourceOf } from '../core/trigger-of.ts';
import { closeEndedRules } from '../store/alert-causes.ts';
import { closeOldAlert, raiseAlert } from '../store/alerts.ts';
import { type ConnectionRow, listConnections } from '../store/connections.ts';
import { integrationsOf, isBoundTo } from '../store/integrations.ts';
import { listSubscriptions } from '../store/subscriptions.ts';
import { goesToAnother, type UpkeepParts, wantedTopics } from './keep-subscriptions.ts';

/** Somebody should know of it, though it is put right at once: an alert that closed at once would be told to nobody. */
const TOLD_FOR_SECONDS = 3_600;

/**
 * Looks now and then whether what stands at the vendors for Liaison still delivers: what somebody deleted or
 * switched off there is told of, and made again.
 *
 * @returns what does a look where one is due.
 */
export function subscriptionInspector(
  parts: UpkeepParts,
  everyMs: number,
  now: () => number,
): () => Promise<void> {
  const looked = new Map<string, number>();
  return async () => {
    const { database } = parts.connect;
    await closeEndedRules(database);
    const connections = await listConnections(database);
    for (const connection of connections) {
      const due = (looked.get(connection.id) ?? Number.NEGATIVE_INFINITY) + everyMs;
      if (connection.state !== 'active' || now() < due) continue;
      looked.set(connection.id, now());
      try {
        const isOnly = connections.every((one) => one === connection || !isLike(one, connection));
        if (!(await goesToAnother(parts, connection))) await look(parts, connection, isOnly);
      } catch (thrown) {
        const { kind, message } = asLiaisonError(thrown);
        const facts = { connection: connection.id, connector: connection.connector, kind, reason: message };
        parts.connect.log.warn(facts, 'what stands at a vendor could not be looked at');
      }
    }
  };
}

const isLike = (one: ConnectionRow, other: ConnectionRow): boolean =>
  one.organisationId === other.organisationId && one.connector === other.connector;

async function look(parts: UpkeepParts, connection: ConnectionRow, isOnly: boolean): Promise<void> {
  const { database } = parts.connect;
  const { organisationId, connector, account } = connection;
  // Of each account its own: what is right at one says nothing of another.
  const cause = `rule ${connection.id}`;
  const topics = await standingTopics(parts, connection);
  if (topics === null) return;
  const faults = await inspectSubscriptions(parts.connect, connection, topics);
  const [first] = faults;
  // What we changed there ourselves while it was looked at is nobody's doing.
  if (first !== undefined && String(await standingTopics(parts, connection)) !== String(topics)) return;
  if (first === undefined) {
    await closeOldAlert(database, organisationId, cause, TOLD_FOR_SECONDS);
    return;
  }
  const own = parts.connect.connectors.get(connector)?.titles ?? { en: connector, fr: connector };
  const titles = isOnly ? own : { en: `${own.en} (${account.name})`, fr: `${own.fr} (${account.name})` };
  const integration = await listening(parts, connection);
  // Told before it is put right: were it the other way round, a process that dies between would tell nobody.
  await raiseAlert(database, {
    organisationId,
    integration,
    cause,
    count: faults.length,
    sentence: told(titles, first, faults),
  });
  await ensureSubscriptions(parts.connect, connection, topics, { anew: true });
}

/** What integrations want to hear, if that is what was set up last; null while it is still to be set up. */
async function standingTopics(parts: UpkeepParts, connection: ConnectionRow): Promise<string[] | null> {
  const wanted = [...new Set(await wantedTopics(parts, connection))].sort();
  const rows = await listSubscriptions(parts.connect.database, connection.id);
  return rows.every(({ topics }) => String([...topics].sort()) === String(wanted)) ? wanted : null;
}

/** The integration that the alert leads to: the first that listens to the account. */
async function listening({ connect, flows }: UpkeepParts, connection: ConnectionRow): Promise<string | null> {
  for (const { id, flow, enabled, roles } of await integrationsOf(
    connect.database,
    connection.organisationId,
  )) {
    const declared = flows.get(flow);
    if (!enabled || declared === undefined || ['poll', 'asked'].includes(declared.trigger.kind)) continue;
    const isHeard = sidesOf(declared).some(
      (side) =>
        sourceOf(side.flow, roles) === connection.connector &&
        isBoundTo(roles, triggerRole(side.flow), connection.id),
    );
    if (isHeard) return id;
  }
  return null;
}

function told(titles: Sentence, first: SubscriptionFault, faults: readonly SubscriptionFault[]): Sentence {
  const names = faults.map(({ name }) => `“${name}”`).join(', ');
  const noms = faults.map(({ name }) => `«\u00a0${name}\u00a0»`).join(', ');
  const was = {
    gone: { en: 'was deleted', fr: 'a été supprimé' },
    off: { en: 'was switched off', fr: 'a été désactivé' },
    changed: { en: 'was changed', fr: 'a été modifié' },
  }[first.is];
  return {
    en: `In ${titles.en}, what calls Liaison ${was.en}: ${names}. Liaison has set it up again. Whoever wants it silent turns the flow off in Liaison.`,
    fr: `Dans ${titles.fr}, ce qui appelle Liaison ${was.fr}\u00a0: ${noms}. Liaison l’a rétabli. Pour le faire taire, désactivez le flux dans Liaison.`,
  };
}

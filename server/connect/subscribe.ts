import type { Subscription, SubscriptionFault, WebhookDeclaration } from '../core/connector.ts';
import { asLiaisonError } from '../core/errors.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { type NamedLocks, namedLocks } from '../store/named-locks.ts';
import { listSubscriptions, replaceSubscriptions, type SubscriptionRow } from '../store/subscriptions.ts';
import type { ConnectDeps } from './deps.ts';
import { acceptSecret, ownSecret } from './hook-secrets.ts';

/** What `ensureSubscriptions` found or did. */
export type Ensured = 'not-offered' | 'unchanged' | 'subscribed';

/** The address that a vendor delivers a connection's events to. */
export function hookUrl(deps: Pick<ConnectDeps, 'publicUrl'>, connection: ConnectionRow): string {
  return `${deps.publicUrl}/hooks/${connection.connector}/${connection.hookKey}`;
}

/**
 * Makes the vendor deliver these topics to this server: subscribes when it does not, when the address or
 * the topics changed, and again when less than a third of a subscription's life is left. Safe to repeat,
 * also from several processes at once: one does the work, the others then find it done.
 *
 * @param how.anew subscribes also what seems to stand: the vendor said that it does not.
 * @param how.locks of a round that looks after several connections; by default of this one alone.
 * @throws LiaisonError of the vendor; what stood before still stands.
 */
export async function ensureSubscriptions(
  deps: ConnectDeps,
  connection: ConnectionRow,
  topics: readonly string[],
  { anew = false, locks }: { readonly anew?: boolean; readonly locks?: NamedLocks } = {},
): Promise<Ensured> {
  const connector = deps.connectors.get(connection.connector);
  const webhooks = connector?.webhooks;
  if (connector === undefined || webhooks?.subscribe === undefined) return 'not-offered';
  const url = hookUrl(deps, connection);
  const wanted = [...new Set(topics)].sort();
  const isCurrent = async () => standsFor(await listSubscriptions(deps.database, connection.id), url, wanted);
  if (!anew && (await isCurrent())) return 'unchanged';

  const held = locks ?? namedLocks(deps.database);
  try {
    return await held.under(`subscribe:${connection.id}`, async () => {
      if (!anew && (await isCurrent())) return 'unchanged';
      const client = connector.client(deps.outbound.open(connector, connection));
      await subscribe(deps, connection, webhooks, client, { url, topics: wanted });
      return 'subscribed';
    });
  } finally {
    if (locks === undefined) await held.end();
  }
}

/**
 * Asks the vendor what of a connection's subscriptions no longer delivers, because somebody took it away or
 * switched it off there. Nothing is asked where nothing is subscribed.
 *
 * @throws LiaisonError of the vendor.
 */
export async function inspectSubscriptions(
  deps: ConnectDeps,
  connection: ConnectionRow,
  topics: readonly string[],
): Promise<readonly SubscriptionFault[]> {
  const connector = deps.connectors.get(connection.connector);
  const inspect = connector?.webhooks?.inspect;
  if (connector === undefined || inspect === undefined || topics.length === 0) return [];
  const subscriptions = await listSubscriptions(deps.database, connection.id);
  if (subscriptions.length === 0) return [];
  const secret = await ownSecret(deps.vault, deps.database, connection, deps.randomBytes);
  const client = connector.client(deps.outbound.open(connector, connection));
  const wish = { url: hookUrl(deps, connection), topics, secret };
  return inspect(
    client,
    wish,
    subscriptions.map(({ kind, vendorId }) => ({ kind, vendorId })),
  );
}

async function subscribe(
  deps: ConnectDeps,
  connection: ConnectionRow,
  webhooks: WebhookDeclaration<unknown>,
  client: unknown,
  wish: { url: string; topics: readonly string[] },
): Promise<void> {
  const { database, vault } = deps;
  const before = await listSubscriptions(database, connection.id);
  const secret = await ownSecret(vault, database, connection, deps.randomBytes);
  // Accepted before the vendor knows it: the first delivery may come before the answer.
  for (const { kind } of webhooks.schemes) {
    if (kind !== 'hmac-sha256') await acceptSecret(vault, database, connection, kind, secret);
  }
  const isWanted = wish.topics.length > 0;
  const subscriptions = isWanted ? ((await webhooks.subscribe?.(client, { ...wish, secret })) ?? []) : [];
  await database.transaction(async (sql) => {
    for (const subscription of subscriptions) {
      await acceptSecret(vault, sql, connection, subscription.kind, subscription.secret ?? secret);
    }
    await replaceSubscriptions(sql, connection.id, { ...wish, subscriptions });
  });
  const kept = new Set(subscriptions.map(({ vendorId }) => vendorId));
  for (const { kind, vendorId } of before) {
    if (!kept.has(vendorId)) await retire(deps, connection, webhooks, client, { kind, vendorId });
  }
}

/** Ends a subscription that another one replaced. One that stays behind only doubles what is dropped. */
async function retire(
  deps: ConnectDeps,
  connection: ConnectionRow,
  webhooks: WebhookDeclaration<unknown>,
  client: unknown,
  subscription: Subscription,
): Promise<void> {
  try {
    await webhooks.unsubscribe?.(client, subscription);
  } catch (thrown) {
    const { kind } = asLiaisonError(thrown);
    deps.log.warn({ connection: connection.id, kind }, 'a replaced subscription could not be ended');
  }
}

function standsFor(rows: readonly SubscriptionRow[], url: string, topics: readonly string[]): boolean {
  const isStanding = (row: SubscriptionRow) =>
    row.url === url && !row.isDue && JSON.stringify([...row.topics].sort()) === JSON.stringify(topics);
  // No flow listens: nothing may stand.
  return topics.length === 0 ? rows.length === 0 : rows.length > 0 && rows.every(isStanding);
}

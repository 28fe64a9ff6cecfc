import { isLocalAddress } from '../core/oauth-clients.ts';
import type { Reply } from '../kit/refusal.ts';
import { account } from '../microsoft-accounts/account.ts';
import { liveSubscriptions } from './notify.ts';
import { type Call, context, type Operation } from './operation.ts';
import { badRequest, GraphRefusal } from './refusal.ts';
import { type SubscriptionRow, subscriptionsAt } from './subscription-rows.ts';

/** https://learn.microsoft.com/graph/api/resources/subscription#subscription-lifetime */
const LEAST_MINUTES = 45;
const OUTLOOKS_MINUTES = 10_080;
const MINUTE_MS = 60_000;
const LONGEST_STATE = 128;
const ANSWERED_WITHIN_MS = 10_000;
const CHANGES = new Set(['created', 'updated', 'deleted']);
const KNOWN = new Set([
  'changeType',
  'clientState',
  'expirationDateTime',
  'latestSupportedTlsVersion',
  'lifecycleNotificationUrl',
  'notificationUrl',
  'resource',
]);

/**
 * https://learn.microsoft.com/graph/api/resources/subscription
 *
 * @param scopes one of these is enough.
 * @param resource what can be subscribed to.
 * @param life most minutes that one lasts, and beyond how many it needs an address for what becomes of itself.
 */
export const subscriptionOperations = (
  scopes: readonly string[],
  resource: RegExp,
  life: Life = { most: OUTLOOKS_MINUTES, plain: Number.POSITIVE_INFINITY },
): readonly Operation[] => [
  { method: 'GET', path: '/subscriptions', scopes, run: list },
  { method: 'POST', path: '/subscriptions', scopes, run: (call) => create(call, resource, life) },
  {
    method: 'GET',
    path: '/subscriptions/{id}',
    scopes,
    run: (call) => ({ body: shown(standing(call)) }),
  },
  { method: 'PATCH', path: '/subscriptions/{id}', scopes, run: (call) => renew(call, life) },
  { method: 'DELETE', path: '/subscriptions/{id}', scopes, run: remove },
  { method: 'POST', path: '/subscriptions/{id}/reauthorize', scopes, run: reauthorize },
];

interface Life {
  readonly most: number;
  readonly plain: number;
}

/** An application sees its own. */
const own = ({ desk, clientId }: Call): SubscriptionRow[] =>
  liveSubscriptions(desk).filter((one) => one.clientId === clientId);

function list(call: Call): Reply {
  return { body: { ...context('subscriptions'), value: own(call).map((one) => shown(one)) } };
}

function standing(call: Call): SubscriptionRow {
  const found = own(call).find(({ id }) => id === call.id);
  if (!found) throw new GraphRefusal(404, 'ResourceNotFound', 'The object was not found.');
  return found;
}

async function create(call: Call, known: RegExp, life: Life): Promise<Reply> {
  const { desk, body, clientId, prefers } = call;
  const strange = Object.keys(body).find((name) => !KNOWN.has(name));
  if (strange !== undefined) throw badRequest(`Property '${strange}' is not valid.`, 'ValidationError');
  const { changeType, clientState = null, resource } = body;
  const kinds = typeof changeType === 'string' ? changeType.split(',') : [];
  if (kinds.length === 0 || kinds.some((kind) => !CHANGES.has(kind)))
    throw badRequest('The changeType is not valid for this resource.', 'ValidationError');
  if (typeof resource !== 'string' || !known.test(resource))
    throw badRequest(`Resource '${String(resource)}' is not supported.`, 'ExtensionError');
  if (clientState !== null && (typeof clientState !== 'string' || clientState.length > LONGEST_STATE))
    throw badRequest(`The clientState may have ${LONGEST_STATE} characters.`, 'ValidationError');
  const urls = [addressIn(body, 'notificationUrl'), addressIn(body, 'lifecycleNotificationUrl')];
  const [notificationUrl, lifecycleNotificationUrl] = urls;
  if (!notificationUrl) throw badRequest('The notificationUrl is missing.', 'ValidationError');
  const expiresAt = expiryIn(call, life);
  if (!lifecycleNotificationUrl && expiresAt - desk.clock().getTime() > life.plain * MINUTE_MS)
    throw badRequest(
      'lifecycleNotificationUrl is a required property for subscription creation on this resource when the expirationDateTime value is set to greater than 1 hour.',
      'ValidationError',
    );
  const plain = resource.replace(/^\//, '').toLowerCase();
  const isDouble = own(call).some((one) => one.resource === plain && one.changeType === changeType);
  if (isDouble)
    throw new GraphRefusal(
      409,
      'ExtensionError',
      'A subscription for this resource and these changes exists already.',
    );
  for (const url of new Set(urls.filter((one) => one !== null))) await validate(desk.id('', 40), url);
  const id = guid(desk.id('', 32));
  const row: SubscriptionRow = {
    id,
    clientId,
    resource: plain,
    changeType: kinds.join(','),
    notificationUrl,
    lifecycleNotificationUrl: lifecycleNotificationUrl ?? null,
    clientState: clientState as string | null,
    immutableIds: prefers.immutableIds,
    expiresAt,
    silent: false,
  };
  subscriptionsAt(desk).put(id, row);
  return { status: 201, body: { ...context('subscriptions/$entity'), ...shown(row, true) } };
}

async function renew(call: Call, life: Life): Promise<Reply> {
  const { desk, body } = call;
  const row = standing(call);
  const strange = Object.keys(body).find((name) => !['expirationDateTime', 'notificationUrl'].includes(name));
  if (strange !== undefined) throw badRequest(`Property '${strange}' cannot be changed.`, 'ValidationError');
  const url = body.notificationUrl === undefined ? null : addressIn(body, 'notificationUrl');
  if (url !== null) await validate(desk.id('', 40), url);
  const expiresAt = body.expirationDateTime === undefined ? row.expiresAt : expiryIn(call, life);
  const renewed = { ...row, notificationUrl: url ?? row.notificationUrl, expiresAt };
  subscriptionsAt(desk).put(row.id, renewed);
  return { body: { ...context('subscriptions/$entity'), ...shown(renewed) } };
}

function remove(call: Call): Reply {
  subscriptionsAt(call.desk).delete(standing(call).id);
  return { status: 204 };
}

function reauthorize(call: Call): Reply {
  standing(call);
  return { status: 204 };
}

function addressIn(body: Call['body'], name: string): string | null {
  const url = body[name] ?? null;
  if (url === null) return null;
  if (typeof url !== 'string' || !URL.canParse(url))
    throw badRequest(`${name} is no address.`, 'ValidationError');
  if (!url.startsWith('https:') && !isLocalAddress(url))
    throw badRequest('Notification endpoint must use HTTPS.', 'ValidationError');
  return url;
}

/** What is asked to last less than forty-five minutes lasts that. */
function expiryIn({ desk, body }: Call, { most }: Life): number {
  const at = Date.parse(String(body.expirationDateTime ?? ''));
  const now = desk.clock().getTime();
  if (Number.isNaN(at) || at <= now)
    throw badRequest('The expirationDateTime is not in the future.', 'ValidationError');
  if (at > now + most * MINUTE_MS)
    throw badRequest(`Subscription expiration can only be ${most} minutes in the future.`, 'ValidationError');
  return Math.max(at, now + LEAST_MINUTES * MINUTE_MS);
}

/** https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#notificationurl-validation */
async function validate(token: string, address: string): Promise<void> {
  const url = new URL(address);
  const sent = `Validation: Testing client application reachability ${token}`;
  url.searchParams.set('validationToken', sent);
  const refusal = (why: string): GraphRefusal =>
    badRequest(`Subscription validation request failed. ${why}`, 'ValidationError');
  let answer: Response;
  try {
    const signal = AbortSignal.timeout(ANSWERED_WITHIN_MS);
    answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, signal });
  } catch {
    throw refusal('The notification endpoint did not answer.');
  }
  const text = await answer.text();
  if (answer.status !== 200) throw refusal(`Notification endpoint answered ${answer.status}.`);
  if (!/^text\/plain\b/.test(answer.headers.get('content-type') ?? ''))
    throw refusal('The answer is no plain text.');
  if (text !== sent) throw refusal('The answer is not the validation token.');
}

const guid = (letters: string): string =>
  [8, 4, 4, 4, 12]
    .map((size, index, sizes) => {
      const from = sizes.slice(0, index).reduce((sum, one) => sum + one, 0);
      return letters.slice(from, from + size).toLowerCase();
    })
    .join('-');

/** The state is shown to whoever makes one, and to nobody after. */
const shown = (row: SubscriptionRow, isNew = false): object => ({
  id: row.id,
  resource: row.resource,
  applicationId: row.clientId,
  changeType: row.changeType,
  clientState: isNew ? row.clientState : null,
  notificationUrl: row.notificationUrl,
  lifecycleNotificationUrl: row.lifecycleNotificationUrl,
  expirationDateTime: new Date(row.expiresAt).toISOString(),
  creatorId: account().id,
  latestSupportedTlsVersion: 'v1_2',
  includeResourceData: null,
  encryptionCertificate: null,
  encryptionCertificateId: null,
  notificationQueryOptions: null,
  notificationUrlAppId: null,
});

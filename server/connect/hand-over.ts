import type { Connector } from '../core/connector.ts';
import { type Handover, whyNotHandedOver } from '../core/handover.ts';
import { readKeys, writeKeys } from '../outbound/credential.ts';
import { reachOf } from '../outbound/reach.ts';
import { openAttempt, putIntoAttempt, takeAttempt } from '../store/oauth-attempts.ts';
import { attemptBelonging } from '../vault/attempt-belonging.ts';
import type { ConnectWish } from './begin.ts';
import type { ConnectDeps } from './deps.ts';
import { digestOf } from './digest.ts';
import type { Callback, Connected } from './finish.ts';
import { connectWithKey } from './key.ts';
import { openVisit } from './open-visit.ts';
import { denied, keysMustBeTyped, noKeysCame, notHanded, staleAttempt, tooFewRights } from './refusals.ts';
import { siteToVisit } from './site.ts';

/** Where sites send their keys, and the browser afterwards. */
export const HANDOVER_PATH = '/oauth/keys';

/** How keys of a connector are handed over; null: they are typed. */
export function handoverOf({ authorisation }: Pick<Connector, 'authorisation'>): Handover | null {
  return (authorisation.kind === 'key' && authorisation.handover) || null;
}

/**
 * Starts a visit to the page of a site where keys are made.
 *
 * @returns the address to send the browser to.
 * @throws LiaisonError where the site's address is none, or no site could send keys to this server.
 */
export async function beginHandover(deps: ConnectDeps, wish: ConnectWish): Promise<URL> {
  const { connector } = wish;
  const handover = handoverOf(connector);
  if (handover === null) throw new Error(`${connector.id} hands no keys over`);
  const why = whyNotHandedOver(deps.publicUrl, deps.door.sandboxUrl !== null);
  if (why !== null) throw keysMustBeTyped(why);
  const site = await siteToVisit(deps, wish);
  if (site === null || wish.organisationId === null) throw new Error(`${connector.id} has no site to visit`);
  const ticket = await openVisit(deps, wish, { site, scopes: [], whole: true, secret: '' });
  const url = new URL(`${site}${handover.path}`);
  const own = `${deps.publicUrl}${HANDOVER_PATH}`;
  const parameters = handover.parameters({ ticket, callbackUrl: own, returnUrl: own });
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return deps.door.locate(reachOf(connector, { site }), url);
}

/**
 * Takes the keys that a site sends, sealed, until the browser that asked for them comes back: whoever consented in
 * another browser gave them to nobody. They are tried then, and not here: a shop that serves one request at a time
 * cannot answer while it waits for this one.
 *
 * @throws LiaisonError for what nobody waits for, what came before, and keys that may do too little. The site then
 *   takes the keys back.
 */
export async function takeHandedKeys(deps: ConnectDeps, body: unknown): Promise<void> {
  for (const connector of deps.connectors.values()) {
    const handed = handoverOf(connector)?.read(body) ?? null;
    if (handed === null) continue;
    const attempt = await openAttempt(deps.database, digestOf(handed.ticket));
    if (attempt === null || attempt.connector !== connector.id) continue;
    if (!handed.isEnough) throw tooFewRights(connector.titles.en);
    const belonging = attemptBelonging(attempt.stateDigest);
    const isFirst =
      deps.vault.unseal(belonging, { sealed: attempt.sealedVerifier, keyId: attempt.keyId }) === '';
    const sealed = deps.vault.seal(belonging, writeKeys(handed.keys));
    if (isFirst && (await putIntoAttempt(deps.database, attempt, sealed))) return;
    throw staleAttempt();
  }
  throw notHanded();
}

/**
 * Ends the visit: the keys that came are tried on the very site that was visited, and kept where it takes them.
 *
 * @throws LiaisonError with a sentence for the user. Nothing is stored then.
 */
export async function finishHandover(deps: ConnectDeps, { query, sessionId }: Callback): Promise<Connected> {
  const asked = [...deps.connectors.values()].flatMap((one) => handoverOf(one) ?? []);
  for (const handover of asked) {
    const { ticket, isAccepted } = handover.back(query);
    const attempt =
      ticket === '' ? null : await takeAttempt(deps.database, digestOf(ticket), digestOf(sessionId));
    const connector = attempt === null ? undefined : deps.connectors.get(attempt.connector);
    if (attempt === null || connector === undefined || handoverOf(connector) !== handover) continue;
    if (attempt.organisationId === null || attempt.site === null) continue;
    if (!isAccepted) throw denied(connector.titles.en);
    const sealed = { sealed: attempt.sealedVerifier, keyId: attempt.keyId };
    const text = deps.vault.unseal(attemptBelonging(attempt.stateDigest), sealed);
    if (text === '') throw noKeysCame(connector.titles.en);
    const connection = await connectWithKey(deps, {
      organisationId: attempt.organisationId,
      connector,
      keys: readKeys(text),
      site: attempt.site,
      ...(attempt.connectionId === null ? {} : { connectionId: attempt.connectionId }),
      ...(attempt.owner === null ? {} : { owner: attempt.owner }),
    });
    deps.log.info({ connector: connector.id, connection: connection.id }, 'an account was connected');
    return { connection, connector, returnTo: attempt.returnTo };
  }
  throw staleAttempt();
}

import { digestOf } from '../connect/digest.ts';
import { onlyToken } from '../connect/finish.ts';
import { checkGrant, dataCentreOfCallback } from '../connect/granted.ts';
import type { Identity } from '../core/sign-in.ts';
import { endAccessesOf } from '../store/accesses.ts';
import type { ConnectionRow } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { organisationByExternalId, saveOrganisation } from '../store/organisations.ts';
import { markPerson } from '../store/persons.ts';
import { addSignIn } from '../store/sign-ins.ts';
import { saveUser, type UserRow } from '../store/users.ts';
import { createTokenEndpoint, type Issuer, type TokenGrant } from '../vault/token-endpoint.ts';
import { notRegistered } from '../vault/token-failure.ts';
import { codeVerifier, oauthOf } from './begin.ts';
import { newSecret, SIGN_IN_MS, type SignInDeps, signInClient, signInRedirectUri } from './deps.ts';
import { inactiveUser, notInstalled, userDenied, vendorDidNot } from './refusals.ts';

export interface SignedIn {
  readonly signInId: string;
  readonly user: UserRow;
  /** For the popup's cookie. A fresh one, so that a cookie that someone planted opens nothing. */
  readonly browser: string;
}

/**
 * Ends a visit to the vendor's consent page, whose attempt the caller has taken: data centre, code, scopes,
 * who it is; then, in one transaction, the user and the sign-in. The vendor's tokens are given back in every
 * case.
 *
 * @throws LiaisonError with a sentence for the user. Nothing is stored then.
 */
export async function finishSignIn(
  deps: SignInDeps,
  { query, browser }: { query: URLSearchParams; browser: string },
): Promise<SignedIn> {
  const { connector } = deps.signIn;
  const vendor = connector.titles.en;
  const error = query.get('error');
  if (error === 'access_denied') throw userDenied(vendor);
  if (error !== null || !query.has('code')) throw vendorDidNot(vendor);
  const client = signInClient(deps);
  if (client === null) throw notRegistered(vendor);
  const authorisation = oauthOf(deps);
  const dataCentre = dataCentreOfCallback(connector, authorisation, query)?.id ?? null;
  const issuer: Issuer = { connector, dataCentre, client };
  const state = query.get('state') ?? '';
  const grant = await createTokenEndpoint(deps).exchange(issuer, query, {
    state,
    redirectUri: signInRedirectUri(deps),
    verifier: codeVerifier(browser, state),
  });
  let identity: Identity;
  try {
    checkGrant(connector, [connector], grant);
    const tokens = onlyToken(grant.accessToken);
    identity = await deps.signIn.whoIs(deps.outbound.open(connector, nobody(deps, dataCentre), { tokens }));
  } finally {
    await giveBack(deps, issuer, grant);
  }
  if (!identity.user.active) throw inactiveUser(identity.organisation.name);
  const signedIn = await deps.database.transaction((sql) => keep(deps, sql, identity));
  deps.log.info({ user: signedIn.user.id, organisation: signedIn.user.organisationId }, 'a user signed in');
  return signedIn;
}

async function keep(deps: SignInDeps, sql: Sql, { user, organisation }: Identity): Promise<SignedIn> {
  const organisationId = await organisationOf(deps, sql, { user, organisation });
  const row = await saveUser(sql, {
    id: deps.randomUUID(),
    organisationId,
    externalId: user.id,
    name: user.name,
    email: user.email,
    locale: user.locale,
    role: user.role,
  });
  // Whoever was gone and signs in is back: what they let in now is good at once.
  await markPerson(sql, { organisationId, externalId: user.id }, 'here');
  // Only admins let applications in: who is one no longer has none that act in their name.
  if (row.role !== 'admin') await endAccessesOf(sql, organisationId, row.id);
  const browser = newSecret(deps);
  const signInId = deps.randomUUID();
  const wish = { id: signInId, organisationId, userId: row.id, browserDigest: digestOf(browser) };
  await addSignIn(sql, wish, SIGN_IN_MS);
  return { signInId, user: row, browser };
}

/** The first admin who signs in is who installs Liaison for an organisation. */
async function organisationOf(
  deps: SignInDeps,
  sql: Sql,
  { user, organisation: { id: externalId, ...facts } }: Identity,
): Promise<string> {
  const known = await organisationByExternalId(sql, externalId);
  if (known !== null) return known.id;
  if (user.role !== 'admin') throw notInstalled(facts.name);
  return (await saveOrganisation(sql, { id: deps.randomUUID(), externalId, ...facts })).id;
}

/** What the way out wants to know of a connection, where there is none. */
function nobody(deps: SignInDeps, dataCentre: string | null): ConnectionRow {
  const now = new Date(deps.clock());
  return {
    id: deps.randomUUID(),
    organisationId: '',
    connector: deps.signIn.connector.id,
    grantId: '',
    registration: deps.signIn.connector.id,
    owner: null,
    hookKey: '',
    account: { id: '', name: '' },
    dataCentre,
    state: 'active',
    createdAt: now,
    updatedAt: now,
  };
}

async function giveBack(deps: SignInDeps, issuer: Issuer, grant: TokenGrant): Promise<void> {
  try {
    await createTokenEndpoint(deps).revoke(issuer, grant.refreshToken ?? grant.accessToken);
  } catch {
    // It is good for an hour at most, and nobody has it.
    deps.log.warn({ connector: issuer.connector.id }, 'the token of a sign-in could not be revoked');
  }
}

import type { Connector, Scope } from './connector.ts';
import type { Family } from './family.ts';

/** How Liaison is registered at a vendor. */
export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
}

/** Liaison's registration of a name at a vendor; null when this server was not told of it. */
export type FindClient = (registration: string) => OAuthClient | null;

export interface Registration {
  readonly name: string;
  readonly client: OAuthClient;
}

export function familyOf({ authorisation }: Connector): Family | null {
  return authorisation.kind === 'oauth' ? (authorisation.family ?? null) : null;
}

/** What grants of a connector are filed under: its family, or the connector that is alone. */
export const familyId = (connector: Connector): string => familyOf(connector)?.id ?? connector.id;

/** The connectors that share consents with this one, itself among them. */
export function siblingsOf(connectors: Iterable<Connector>, connector: Connector): Connector[] {
  return [...connectors].filter((one) => familyId(one) === familyId(connector));
}

/**
 * The registration that new consents are given to: the family's, or where only single applications are
 * registered the first of those, for all of them.
 */
export function registrationFor(
  find: FindClient,
  connectors: ReadonlyMap<string, Connector>,
  connector: Connector,
): Registration | null {
  const names = [familyId(connector), ...siblingsOf(connectors.values(), connector).map(({ id }) => id)];
  for (const name of names) {
    const client = find(name);
    if (client !== null) return { name, client };
  }
  return null;
}

/** The registration that a grant was given to; one that is no longer told apart is the family's by now. */
export function clientOfGrant(
  find: FindClient,
  connector: Connector,
  registration: string,
): OAuthClient | null {
  return find(registration) ?? find(familyId(connector));
}

/** What a connector needs, and what tells whose consent it is: all of it where nothing else stands on a grant. */
export function ownScopes(connector: Connector): Scope[] {
  return unionOfScopes(connector, []);
}

/** What a grant must open for this connector and the others of its family that stand on it. */
export function unionOfScopes(connector: Connector, others: readonly Connector[]): Scope[] {
  const all = [...(familyOf(connector)?.scopes ?? []), ...[connector, ...others].flatMap(scopesOf)];
  return [...new Map(all.map((one) => [one.scope, one])).values()];
}

/** Those that a grant does not open. Vendors spell scopes in any case. */
export function missingScopes(needed: readonly Scope[], granted: readonly string[]): Scope[] {
  const held = new Set(granted.map((scope) => scope.toLowerCase()));
  return needed.filter(({ scope }) => !held.has(scope.toLowerCase()));
}

function scopesOf({ authorisation }: Connector): readonly Scope[] {
  return authorisation.kind === 'oauth' ? authorisation.scopes : [];
}

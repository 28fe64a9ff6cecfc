import type { Connector } from '../core/connector.ts';
import type { Family } from '../core/family.ts';
import type { OAuthClient } from './token-endpoint.ts';

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

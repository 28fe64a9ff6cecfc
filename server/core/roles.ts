import { type Capability, canOffer, type Offers } from './offers.ts';
import type { Sentence } from './sentence.ts';

interface AnyRole {
  /** What the account is there for, where the connector's own title does not say enough. */
  readonly titles?: Sentence;
  /** Nothing stops without it, save the steps that use it. */
  readonly optional?: boolean;
}

/** One account that an integration of a flow needs: of one connector, or of any that offers something. */
export type RoleDeclaration =
  | (AnyRole & { readonly connector: string; readonly offers?: undefined })
  | (AnyRole & {
      readonly offers: Capability;
      readonly connector?: undefined;
      /** A connector whose accounts cannot take it, whatever they offer: they have another role of the flow. */
      readonly apartFrom?: string;
    });

export type Roles = Readonly<Record<string, RoleDeclaration>>;

/** A connector, as far as it matters for roles. */
export interface Taker {
  readonly id: string;
  readonly offers?: Offers<never> | undefined;
}

/** Whether accounts of a connector can take the role. */
export const canTake = (role: RoleDeclaration, connector: Taker): boolean =>
  role.connector === undefined
    ? canOffer(connector, role.offers) && connector.id !== role.apartFrom
    : role.connector === connector.id;

/** The role that names a connector; undefined when none does. */
export const roleOf = (roles: Roles, connector: string): string | undefined =>
  Object.keys(roles).find((role) => roles[role]?.connector === connector);

/** Ids of every connector that a role names. */
export const connectorsOf = (roles: Roles): string[] => [
  ...new Set(Object.values(roles).flatMap(({ connector }) => connector ?? [])),
];

/**
 * Ids of the connectors that an integration uses: those that its flow names, and those of the accounts that were
 * chosen for the other roles.
 */
export const connectorsInUse = (
  roles: Roles,
  bound: readonly { readonly role: string; readonly connector: string }[],
): string[] => [
  ...new Set([
    ...connectorsOf(roles),
    ...bound.filter(({ role }) => roles[role]?.offers !== undefined).map(({ connector }) => connector),
  ]),
];

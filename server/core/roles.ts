import type { Sentence } from './sentence.ts';

/** One account that an integration of a flow needs. */
export interface RoleDeclaration {
  /** Id of the connector whose accounts can take the role. */
  readonly connector: string;
  /** What the account is there for, where the connector's own title does not say enough. */
  readonly titles?: Sentence;
  /** Nothing stops without it, save the steps that use it. */
  readonly optional?: boolean;
}

export type Roles = Readonly<Record<string, RoleDeclaration>>;

/** The role that a connector takes; undefined when it takes none. */
export const roleOf = (roles: Roles, connector: string): string | undefined =>
  Object.keys(roles).find((role) => roles[role]?.connector === connector);

/** Ids of every connector that can take one of the roles. */
export const connectorsOf = (roles: Roles): string[] => [
  ...new Set(Object.values(roles).map(({ connector }) => connector)),
];

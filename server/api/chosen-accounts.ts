import type { Connector } from '../core/connector.ts';
import type { Roles } from '../core/roles.ts';
import type { ConnectionRow } from '../store/connections.ts';
import type { IntegrationRow } from '../store/integrations.ts';
import {
  chooseOne,
  connectOne,
  doesNotFit,
  keepsPairs,
  noSuchRole,
  type Refusal,
} from './integration-refusals.ts';
import { notFound } from './problems.ts';

export interface AccountFacts {
  /** Those that the asker may choose from. */
  readonly connections: readonly ConnectionRow[];
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Every role that is not optional must have an account: it is to be turned on. */
  readonly mustBeWhole: boolean;
  /** Set where another account must not take over what the integration has linked. */
  readonly before?: { readonly row: Pick<IntegrationRow, 'roles'>; readonly links: number } | undefined;
  /** Set where roles that are not named stay as they are. */
  readonly only?: Readonly<Record<string, string>> | undefined;
}

/**
 * The connection of each role, by what was sent and by what there is.
 *
 * @throws a `Problem` 404 for a connection that the organisation has not, whoever else may have it.
 */
export function chosenAccounts(
  roles: Roles,
  sent: Readonly<Record<string, string>>,
  facts: AccountFacts,
): { readonly chosen: Record<string, string>; readonly refusals: readonly Refusal[] } {
  const chosen: Record<string, string> = {};
  const refusals: Refusal[] = Object.keys(sent)
    .filter((role) => roles[role] === undefined)
    .map(noSuchRole);
  for (const [role, { connector, optional }] of Object.entries(roles)) {
    const titles = facts.connectors.get(connector)?.titles ?? { en: connector, fr: connector };
    const wished = sent[role];
    if (wished !== undefined) {
      const connection = facts.connections.find(({ id }) => id === wished);
      if (connection === undefined) throw notFound();
      if (connection.connector !== connector) refusals.push(doesNotFit(role, titles));
      else if (isTakeOver(role, connection, facts)) refusals.push(keepsPairs(role, facts.before?.links ?? 0));
      else chosen[role] = connection.id;
      continue;
    }
    if (facts.only !== undefined || facts.before !== undefined) continue;
    const fitting = facts.connections.filter((one) => one.connector === connector);
    const [only] = fitting;
    if (only !== undefined && fitting.length === 1) chosen[role] = only.id;
    else if (fitting.length > 1 && optional !== true) refusals.push(chooseOne(role, titles));
    else if (facts.mustBeWhole && optional !== true) refusals.push(connectOne(role, titles));
  }
  return { chosen, refusals };
}

function isTakeOver(role: string, connection: ConnectionRow, { before }: AccountFacts): boolean {
  const bound = before?.row.roles.find((one) => one.role === role);
  return (
    before !== undefined &&
    before.links > 0 &&
    bound !== undefined &&
    bound.accountId !== connection.account.id
  );
}

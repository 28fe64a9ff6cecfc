import type { Connector } from '../../core/connector.ts';
import { canTake, type Roles } from '../../core/roles.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import { takerTitles } from '../flows/taker-titles.ts';
import {
  chooseOne,
  connectOne,
  doesNotFit,
  keepsPairs,
  noSuchAccount,
  noSuchRole,
  ofOtherRecords,
  ownAccount,
  type Refusal,
  sameSide,
} from './integration-refusals.ts';

export interface AccountFacts {
  /** Those that the asker may choose from. */
  readonly connections: readonly ConnectionRow[];
  readonly connectors: ReadonlyMap<string, Connector>;
  /** In this role the asker's own account alone will do: it is a person's own integration. */
  readonly ownOnly?: string | undefined;
  /** Every role that is not optional must have an account: it is to be turned on. */
  readonly mustBeWhole: boolean;
  /**
   * Set where it stands already: roles that have an account and are not named stay as they are, and another account
   * takes over nothing that is linked. `links`: how many pairs of records that are the account's own.
   * `keepsConnectors`: what is stored is about records of the connectors that it has.
   */
  readonly before?: {
    readonly roles: IntegrationRow['roles'];
    readonly links: number;
    readonly keepsConnectors: boolean;
  };
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
  for (const [role, declared] of Object.entries(roles)) {
    const { optional } = declared;
    const titles = takerTitles(declared, facts.connectors);
    const isKind = ({ connector: id }: ConnectionRow): boolean =>
      canTake(declared, facts.connectors.get(id) ?? { id });
    const isTheirs = ({ owner }: ConnectionRow): boolean => role !== facts.ownOnly || owner !== null;
    const fits = (one: ConnectionRow): boolean => isKind(one) && isTheirs(one);
    const wished = sent[role];
    if (wished !== undefined) {
      const connection = facts.connections.find(({ id }) => id === wished);
      if (connection === undefined) throw noSuchAccount(role);
      const former = formerConnector(role, connection, facts);
      if (declared.offers !== undefined && declared.apartFrom === connection.connector)
        refusals.push(sameSide(role, titlesOf(connection.connector, facts)));
      else if (!isKind(connection)) refusals.push(doesNotFit(role, titles));
      else if (!isTheirs(connection)) refusals.push(ownAccount(role, titles));
      else if (former !== undefined)
        refusals.push(ofOtherRecords(role, titlesOf(former, facts), titlesOf(connection.connector, facts)));
      else if (isTakeOver(role, connection, facts)) refusals.push(keepsPairs(role, facts.before?.links ?? 0));
      else chosen[role] = connection.id;
      continue;
    }
    if (facts.before?.roles.some((bound) => bound.role === role)) continue;
    const [only, ...others] = facts.connections.filter(fits);
    if (only !== undefined && others.length === 0) chosen[role] = only.id;
    // Whoever changes something else need not choose first.
    else if (facts.before !== undefined || optional === true) continue;
    else if (only !== undefined) refusals.push(chooseOne(role, titles));
    else if (facts.mustBeWhole)
      refusals.push(role === facts.ownOnly ? ownAccount(role, titles) : connectOne(role, titles));
  }
  return { chosen, refusals };
}

const titlesOf = (connector: string, { connectors }: AccountFacts): Sentence =>
  takerTitles({ connector }, connectors);

/** The connector whose account has the role, where one of another is to take it and cannot. */
function formerConnector(
  role: string,
  { connector }: ConnectionRow,
  { before }: AccountFacts,
): string | undefined {
  const bound = before?.roles.find((one) => one.role === role);
  return before?.keepsConnectors === true && bound?.connector !== connector ? bound?.connector : undefined;
}

function isTakeOver(role: string, connection: ConnectionRow, { before }: AccountFacts): boolean {
  const bound = before?.roles.find((one) => one.role === role);
  return bound !== undefined && (before?.links ?? 0) > 0 && bound.accountId !== connection.account.id;
}

import type { Connector, VendorAccount } from '../../core/connector.ts';
import { type Automation, triggerRole } from '../../core/flow.ts';
import { sourceOf } from '../../core/trigger-of.ts';
import { type ConnectionRow, listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import type { MoneyPair } from '../../store/money-accounts.ts';
import type { World } from '../ports.ts';

/** An integration that books an account's money, with the roles that the two sides have in it. */
export interface Booking {
  readonly integration: IntegrationRow;
  readonly flow: Automation;
  readonly sourceRole: string;
  readonly booksRole: string;
}

/** Two accounts whose money is to be the same, and the integrations that see to it. */
export interface Pairing {
  readonly pair: MoneyPair;
  readonly source: Connector;
  readonly books: Connector;
  /** The two accounts as they are connected; null: one is not any more. */
  readonly accounts: { readonly vendor: VendorAccount | null; readonly books: VendorAccount | null };
  readonly bookings: readonly Booking[];
}

/** Whether an integration is on, and listens to a topic by its settings. */
export function wouldTakeUp({ integration, flow }: Booking, topic: string): boolean {
  if (!integration.enabled) return false;
  const { trigger } = flow;
  if (trigger.kind !== 'event' || trigger.topicsOf === undefined) return true;
  const settings = flow.settings.safeParse(integration.settings);
  return settings.success && trigger.topicsOf(settings.data).includes(topic);
}

/** Whether an account of this connector has a statement of its money. */
const hasStatement = ({ offers }: Connector): boolean =>
  offers?.balance !== undefined || offers?.orders !== undefined;

/** The same for the same two accounts, whatever they are called. */
export const keyOf = ({ connector, accountId, booksConnector, booksAccountId }: MoneyPair): string =>
  JSON.stringify([connector, accountId, booksConnector, booksAccountId]);

/** What of an organisation can be held against each other: every account that an integration of its own books from. */
export async function moneyPairs(
  {
    database,
    world,
  }: { readonly database: Database; readonly world: Pick<World, 'flows' | 'connectors' | 'integrations'> },
  organisationId: string,
): Promise<Pairing[]> {
  const [integrations, connections] = await Promise.all([
    world.integrations(organisationId, true),
    listConnections(database, organisationId),
  ]);
  const pairings = new Map<string, Pairing>();
  for (const integration of integrations) {
    // What is one person's own is nobody else's to see.
    if (integration.owner !== null) continue;
    const flow = world.flows.find(({ id }) => id === integration.flow);
    const found = flow === undefined ? null : bookingOf(flow, integration, world.connectors);
    if (found === null) continue;
    const { booking, source, books } = found;
    const [from, to] = [
      accountIn(integration, booking.sourceRole, source, connections),
      accountIn(integration, booking.booksRole, books, connections),
    ];
    const pair: MoneyPair = {
      connector: source.id,
      accountId: from.id,
      accountName: from.name,
      booksConnector: books.id,
      booksAccountId: to.id,
      booksName: to.name,
    };
    const known = pairings.get(keyOf(pair));
    pairings.set(keyOf(pair), {
      pair,
      source,
      books,
      accounts: { vendor: from.account, books: to.account },
      bookings: [...(known?.bookings ?? []), booking],
    });
  }
  return [...pairings.values()];
}

function bookingOf(
  flow: Automation,
  integration: IntegrationRow,
  connectors: World['connectors'],
): { readonly booking: Booking; readonly source: Connector; readonly books: Connector } | null {
  if (flow.booking === undefined) return null;
  const source = connectors.get(sourceOf(flow, integration.roles) ?? '');
  const ofRole = (role: string): Connector | undefined =>
    connectors.get(
      flow.roles[role]?.connector ?? integration.roles.find((one) => one.role === role)?.connector ?? '',
    );
  const booksRole = Object.keys(flow.roles).find((role) => ofRole(role)?.offers?.books !== undefined);
  const books = booksRole === undefined ? undefined : ofRole(booksRole);
  if (source === undefined || books === undefined || booksRole === undefined || !hasStatement(source))
    return null;
  return { booking: { integration, flow, sourceRole: triggerRole(flow), booksRole }, source, books };
}

/** Whose account has the role; where nobody chose, the organisation's only one is meant. */
function accountIn(
  { roles }: IntegrationRow,
  role: string,
  connector: Connector,
  connections: readonly ConnectionRow[],
): { readonly id: string; readonly name: string; readonly account: VendorAccount | null } {
  const bound = roles.find((one) => one.role === role);
  const connection = connections.find(
    (one) =>
      one.connector === connector.id &&
      (bound === undefined ? one.owner === null : one.account.id === bound.accountId),
  );
  const id = bound?.accountId ?? connection?.account.id ?? connector.id;
  return { id, name: connection?.account.name ?? id, account: connection?.account ?? null };
}

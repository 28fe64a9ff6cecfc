import { randomUUID } from 'node:crypto';
import { stripe } from '../../server/connectors/stripe/connector.ts';
import { TROUBLE_TOPICS } from '../../server/connectors/stripe/troubles/topics.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import type { Sentence } from '../../server/core/sentence.ts';
import { paymentTickets } from '../../server/flows/payment-tickets/flow.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';
import { ORGANISATION, openRig } from '../engine/rig.ts';
import { integrationRow } from '../integration-row.ts';

type Row = Readonly<Record<string, unknown>>;

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly object: { readonly id?: string } };
}

export interface SeenTicket {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly description: string;
  readonly status: string;
  readonly priority: string | null;
  readonly department: string;
  readonly contact: string;
  readonly email: string | null;
  /** Oldest first. */
  readonly comments: readonly string[];
}

export interface Run {
  readonly state: string;
  readonly summary: Sentence | null;
  readonly error: { readonly kind: string; readonly sentence: Sentence } | null;
}

/** The real engine and the real connectors over a sandbox of its own: what Stripe tells goes in, Desk is looked at. */
export async function openDesk() {
  const sandbox = await openSandbox('payment-tickets', {
    only: ['zoho-accounts', 'zoho-desk', 'stripe'],
    limitFactor: 1_000_000,
  });
  const rig = await openRig();
  const ways = new Map<string, Awaited<ReturnType<typeof sandbox.way>>>();
  const connectors = new Map<string, Connector>();
  for (const declared of [stripe, zohoDesk] as unknown as Connector[]) {
    // The sandbox sets no limits here; ours would only make the tests wait.
    const connector = { ...declared, budgets: [] };
    connectors.set(connector.id, connector);
    ways.set(connector.id, await sandbox.way(connector));
  }
  const role = (name: string, connector: string) => ({
    role: name,
    connector,
    accountId: ways.get(connector)?.account.id ?? '',
    connectionId: randomUUID(),
  });
  const roles = [role('source', 'stripe'), role('desk', 'zoho-desk')];
  let settings: Record<string, unknown> = { department: 'Facturation' };
  const engine = await rig.engine([paymentTickets as never], {
    world: {
      connectors,
      integrations: async () => [
        integrationRow({ organisationId: ORGANISATION.id, flow: paymentTickets.id, settings, roles }),
      ],
      open: async (_account, connector, options) => {
        const way = ways.get(connector.id);
        if (way === undefined) throw new Error(`no way to ${connector.id}`);
        return way.open(options as never);
      },
    },
  });
  const tables = async (vendor: string) => (await sandbox.state(vendor)) as Record<string, Row[]>;
  const told = new Set(((await tables('stripe')).events ?? []).map(({ id }) => id));
  const seeded = new Set(((await tables('zoho-desk')).tickets ?? []).map(({ id }) => id));

  return {
    sandbox,
    rig,

    /** What the admin sets beside the department. */
    set(more: Record<string, unknown> = {}): void {
      settings = { department: 'Facturation', ...more };
    },

    stripe: async (wish: object): Promise<{ intent: { id: string }; charge: { id: string } }> =>
      (await sandbox.act('stripe', wish)) as never,
    desk: (wish: object): Promise<unknown> => sandbox.act('zoho-desk', wish),

    /** What Stripe has told since the last call, oldest first. */
    async told(): Promise<StripeEvent[]> {
      const { events = [] } = await tables('stripe');
      const topics: readonly string[] = TROUBLE_TOPICS;
      const fresh = events.filter(({ id, type }) => !told.has(id) && topics.includes(String(type)));
      for (const { id } of events) told.add(id);
      return fresh as never;
    },

    /** Deliveries, as the door accepts them. */
    accept: (events: readonly StripeEvent[]): Promise<void> =>
      engine.accept(
        events.map((event) => ({
          organisationId: ORGANISATION.id,
          connectionId: roles[0]?.connectionId ?? null,
          connector: 'stripe',
          account: roles[0]?.accountId ?? '',
          eventKey: event.id,
          topic: event.type,
          recordId: event.data.object.id ?? null,
          contentType: 'application/json',
          body: JSON.stringify({ object: 'event', ...event }),
        })),
      ),

    /** Something happens at Stripe, is told of, and comes to an end here. */
    async happens(wish: object): Promise<{ intent: { id: string }; charge: { id: string } }> {
      const done = await this.stripe(wish);
      await this.tell(await this.told());
      return done;
    },

    async tell(events: readonly StripeEvent[]): Promise<void> {
      for (const event of events) {
        await this.accept([event]);
        await rig.settled();
      }
    },

    replayShelved: async (): Promise<void> => {
      await engine.replay(ORGANISATION.id, { sql: `r.state = 'shelved'`, values: [] });
      await rig.settled();
    },

    /** Tickets that were opened since, oldest first. */
    async tickets(): Promise<SeenTicket[]> {
      const { tickets = [], comments = [], contacts = [] } = await tables('zoho-desk');
      return tickets
        .filter(({ id }) => !seeded.has(id))
        .map((row) => ({
          id: String(row.id),
          number: String(row.ticketNumber),
          subject: String(row.subject),
          description: String(row.description),
          status: String(row.status),
          priority: row.priority as string | null,
          department: String(row.departmentId),
          contact: String(contacts.find(({ id }) => id === row.contactId)?.lastName),
          email: row.email as string | null,
          comments: comments
            .filter(({ ticketId }) => ticketId === row.id)
            .map(({ content }) => String(content)),
        }));
    },

    async contacts(email: string): Promise<number> {
      const { contacts = [] } = await tables('zoho-desk');
      return contacts.filter((one) => one.email === email).length;
    },

    async runs(): Promise<Run[]> {
      const rows = await rig.database.query<{ state: string; summary: Sentence | null; error: Run['error'] }>(
        'select state, summary, error from runs order by id',
      );
      return [...rows];
    },

    async close(): Promise<void> {
      await rig.close();
      await sandbox.close();
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

import { stripe } from '../../server/connectors/stripe/connector.ts';
import { TROUBLE_TOPICS } from '../../server/connectors/stripe/troubles/topics.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { paymentTickets } from '../../server/flows/payment-tickets/flow.ts';
import { openFlow } from './flow-rig.ts';

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

/** Payment trouble that becomes tickets: what Stripe tells goes in, Desk is looked at. */
export async function openDesk() {
  const flow = await openFlow(
    paymentTickets as never,
    { source: stripe as never, desk: zohoDesk as never },
    { department: 'Facturation' },
  );
  const { sandbox, rig, tables } = flow;
  const told = new Set(((await tables('stripe')).events ?? []).map(({ id }) => id));
  const seeded = new Set(((await tables('zoho-desk')).tickets ?? []).map(({ id }) => id));

  return {
    ...flow,

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

    deliver: (events: readonly StripeEvent[]): Promise<void> =>
      flow.accept(
        'source',
        events.map((event) => ({
          key: event.id,
          topic: event.type,
          recordId: event.data.object.id ?? null,
          body: { object: 'event', ...event },
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
        await this.deliver([event]);
        await rig.settled();
      }
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
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

import { randomUUID } from 'node:crypto';
import { currencies } from '../../sandbox/zoho-books/currencies.ts';
import { stripe } from '../../server/connectors/stripe/connector.ts';
import { zohoBooks } from '../../server/connectors/zoho-books/connector.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import type { Sentence } from '../../server/core/sentence.ts';
import type { World } from '../../server/engine/ports.ts';
import { stripePaymentToBooks } from '../../server/flows/stripe-payment-to-books/flow.ts';
import { ALL_TOPICS } from '../../server/flows/stripe-payment-to-books/heard-topics.ts';
import type { IntegrationRow } from '../../server/store/integrations.ts';
import type { LedgerLine } from '../conformance/sandbox-connection.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';
import { ORGANISATION, openRig } from '../engine/rig.ts';
import { integrationRow } from '../integration-row.ts';

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly created?: number;
  readonly data: { readonly object: object };
}

export interface Run {
  readonly state: string;
  readonly label: string | null;
  readonly summary: Sentence | null;
  readonly error: { readonly kind: string; readonly field?: string; readonly vendorMessage?: string } | null;
  readonly attempt: number;
  readonly topic: string;
  readonly steps: readonly { readonly name: string; readonly state: string; readonly found: boolean }[];
}

export interface BookedPayment {
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly date: string;
  readonly mode: string;
}

/** The real engine and the real connectors over a sandbox of its own: events go in, Books is looked at. */
export async function openMoney(given: Record<string, unknown> = {}) {
  /** What the integration is set to, from the next event on. */
  let settings: Record<string, unknown> = { noteInCrm: false, ...given };
  const sandbox = await openSandbox('money', {
    only: ['zoho-accounts', 'zoho-crm', 'zoho-books', 'stripe'],
    limitFactor: 1_000_000,
  });
  const rig = await openRig();
  const ways = new Map<string, Awaited<ReturnType<typeof sandbox.way>>>();
  const connectors = new Map<string, Connector>();
  for (const declared of [stripe, zohoBooks, zohoCrm] as unknown as Connector[]) {
    // The sandbox sets no limits here; ours would only make the tests wait.
    const connector = { ...declared, budgets: [] };
    connectors.set(connector.id, connector);
    ways.set(connector.id, await sandbox.way(connector));
  }
  let integration = integrationRow({ organisationId: ORGANISATION.id, flow: stripePaymentToBooks.id });
  const calls = new Map<string, number>();
  const world: World = {
    flows: [stripePaymentToBooks as never],
    syncs: [],
    connectors,
    organisation: async () => ORGANISATION,
    integrations: async () => [{ ...integration, settings }],
    open: async (_organisation, connector, options) => {
      const way = ways.get(connector.id);
      if (way === undefined) throw new Error(`no way to ${connector.id}`);
      const onExchange = (exchange: object): void => {
        calls.set(connector.id, (calls.get(connector.id) ?? 0) + 1);
        options.onExchange(exchange);
      };
      return way.open({ ...options, onExchange } as never);
    },
  };
  const engine = await rig.engine([stripePaymentToBooks as never], { world });

  // It is on since long before: what a test says of earlier days is its business.
  await rig.database.query(`update integration_changes set at = at - interval '90 days'`);

  const tables = sandbox.state;

  let before = new Set(((await tables('zoho-books')).payments ?? []).map((row) => String(row.payment_id)));
  const known = new Set<string>(((await tables('stripe')).events ?? []).map(({ id }) => String(id)));

  return {
    sandbox,
    rig,
    engine,
    world,

    /** Somebody turns the integration off, or gives it a filter. */
    change(change: Partial<IntegrationRow>): void {
      integration = { ...integration, ...change };
    },

    /** How often each vendor was called since the last time. */
    asked(): Record<string, number> {
      const counted = Object.fromEntries(calls);
      calls.clear();
      return counted;
    },

    /** Somebody changes the settings. */
    set(changed: Record<string, unknown>): void {
      settings = { ...settings, ...changed };
    },

    /** They are set so since long before, or since a moment. */
    async setSince(changed: Record<string, unknown>, since = new Date(0)): Promise<void> {
      settings = { ...settings, ...changed };
      const { query } = rig.database;
      await query('delete from integration_changes where at >= $1', [since]);
      await query(
        `insert into integration_changes (organisation_id, integration, at, enabled, deleted, settings)
         values ($1, $2, $3, true, false, $4)`,
        [ORGANISATION.id, integration.id, since, settings],
      );
    },

    /** Accepts events as the door does, in this order, without waiting for what comes of them. */
    accept: (events: readonly StripeEvent[]): Promise<void> =>
      engine.accept(
        events.map((event) => ({
          organisationId: ORGANISATION.id,
          connectionId: null,
          connector: 'stripe',
          eventKey: event.id,
          topic: event.type,
          recordId: (event.data.object as { id?: string }).id ?? null,
          contentType: 'application/json',
          body: JSON.stringify({ object: 'event', ...event }),
        })),
      ),

    /** One after the other: each is over before the next one comes. */
    async play(...events: readonly StripeEvent[]): Promise<void> {
      for (const event of events) {
        await this.accept([event]);
        await rig.settled();
      }
    },

    /** Together, side by side. */
    async playTogether(...events: readonly StripeEvent[]): Promise<void> {
      await this.accept(events);
      await rig.settled();
    },

    /** Takes up what stands on the shelf. */
    async replayShelved(): Promise<void> {
      await engine.replay(ORGANISATION.id, { sql: `r.state = 'shelved'`, values: [] });
      await rig.settled();
    },

    /** Something happens at Stripe. */
    act: async <Answer = Record<string, { id: string }>>(wish: object): Promise<Answer> =>
      (await sandbox.act('stripe', wish)) as Answer,

    /** What Stripe would have announced since the last call, oldest first. */
    async announced(): Promise<StripeEvent[]> {
      const { events = [] } = await tables('stripe', 'events');
      const topics = ALL_TOPICS;
      const fresh = events.filter(({ id, type }) => !known.has(String(id)) && topics.includes(String(type)));
      for (const { id } of events) known.add(String(id));
      return fresh as unknown as StripeEvent[];
    },

    async payments(): Promise<BookedPayment[]> {
      const { payments = [] } = await tables('zoho-books', 'payments');
      return payments.filter(({ payment_id: id }) => !before.has(String(id))).map(booked);
    },

    invoices: async () => (await tables('zoho-books')).invoices ?? [],
    /** Somebody works in Books by its own interface; answers what Books answers. */
    async inBooks<Answer = Record<string, Record<string, unknown>>>(
      method: string,
      path: string,
      body?: object,
    ): Promise<Answer> {
      const http = ways.get('zoho-books')?.open({});
      const url = new URL(`${http?.apiUrl}/books/v3${path}`);
      url.searchParams.set('organization_id', String(http?.account.id));
      const json = body === undefined ? {} : { body: JSON.stringify(body) };
      const headers = { 'content-type': 'application/json' };
      const answer = await http?.fetch(url, { method, headers, ...json });
      return (await answer?.json()) as Answer;
    },
    creditNotes: async () => (await tables('zoho-books')).creditNotes ?? [],
    /** How everything stands in Books, by its table. */
    books: () => tables('zoho-books'),
    contacts: async () => (await tables('zoho-books')).contacts ?? [],

    /** Comments that Liaison added to the invoices with this reference. */
    async comments(reference: string): Promise<string[]> {
      const { invoices = [], comments = [] } = await tables('zoho-books');
      const ids = invoices.filter((row) => row.reference_number === reference).map((row) => row.invoice_id);
      return comments
        .filter((row) => ids.includes(row.invoice_id) && row.comment_type === 'internal')
        .map((row) => String(row.description));
    },

    async commentsByReference(): Promise<ReadonlyMap<string, readonly string[]>> {
      const { invoices = [], comments = [] } = await tables('zoho-books');
      const references = new Map(invoices.map((row) => [row.invoice_id, String(row.reference_number)]));
      const texts = new Map<string, string[]>();
      for (const row of comments) {
        const reference = references.get(row.invoice_id);
        if (reference === undefined || row.comment_type !== 'internal') continue;
        texts.set(reference, [...(texts.get(reference) ?? []), String(row.description)]);
      }
      return texts;
    },

    /** Empties the vendors; what Liaison remembers stays. */
    async reset(): Promise<void> {
      await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
      before = new Set(((await tables('zoho-books')).payments ?? []).map((row) => String(row.payment_id)));
      known.clear();
      for (const { id } of (await tables('stripe')).events ?? []) known.add(String(id));
    },

    ledger: (vendor: string): Promise<LedgerLine[]> => sandbox.ledger(vendor),

    async runs(): Promise<Run[]> {
      return rig.database.query<Run>(
        `select r.state, r.record_label as label, r.summary, r.error, r.attempt, i.topic,
           coalesce((select jsonb_agg(jsonb_build_object('name', s.name, 'state', s.state, 'found', s.found) order by s.position)
             from steps s where s.run_id = r.id), '[]') as steps
         from runs r join inbox i on i.id = r.event_id order by r.id`,
      );
    },

    /** What the latest run asked of vendors, in order: `POST invoices`. */
    async calls(): Promise<string[]> {
      const rows = await rig.database.query<{ method: string; url: string }>(
        `select x->>'method' as method, x->>'url' as url
           from steps s, jsonb_array_elements(s.exchanges) with ordinality as e(x, nth)
          where s.run_id = (select id from runs order by id desc limit 1) order by s.position, nth`,
      );
      const path = (url: string): string =>
        new URL(url).pathname
          .replace(/^\/(?:books\/v3|v1)\//, '')
          .replace(/\b(?:pi|ch|in|po)_\w+|[^/]*\d[^/]*/g, '…');
      return rows.map(({ method, url }) => `${method} ${path(url)}`);
    },

    /** How runs ended that neither did something nor had nothing to do. */
    unfinished: () =>
      rig.database.query<{ state: string; error: object | null }>(
        `select state, error from runs where state not in ('done', 'skipped')`,
      ),

    async close(): Promise<void> {
      await rig.close();
      await sandbox.close();
    },
  };
}

function booked(row: Readonly<Record<string, unknown>>): BookedPayment {
  const currency = currencies.find((one) => one.currency_id === row.currency_id);
  return {
    reference: String(row.reference_number),
    amount: Number(`${row.amountMinor}e-${currency?.price_precision ?? 2}`),
    currency: currency?.currency_code ?? '',
    date: String(row.date),
    mode: String(row.payment_mode),
  };
}

export type Money = Awaited<ReturnType<typeof openMoney>>;

export const eventOf = (type: string, object: object, created = 1_793_610_000): StripeEvent => ({
  id: `evt_${randomUUID()}`,
  type,
  created,
  data: { object },
});

import { once } from 'node:events';
import { SOURCES } from '../../sandbox/notion/seed.ts';
import { CRASH_POINTS } from '../../server/engine/crash-point.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { endAll } from './aftermath.ts';
import { createWonDeals } from './crm.ts';
import { openCrm } from './crm-program.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  newPlace,
  type Place,
  play,
  startLiaison,
  until,
  webhookOf,
} from './liaison-process.ts';
import { paymentSucceeded, sendStripe } from './payments.ts';
import { created, messages, notes, repeated, setFault } from './vendors.ts';

let database: TestDatabase;
let place: Place;
let liaison: Liaison;

beforeAll(async () => {
  database = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: database.connectionString });
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
});
afterAll(async () => {
  await endAll(place, [liaison]);
  await database.drop();
});

/** Contacts of the CRM, so that a payment goes through every step, the note included. */
const PAYER = { email: 'karim@garage-benali.example', name: 'Karim Benali' };
const FULL = process.env.LIAISON_TEST_SIZE === 'full';

async function restart(environment: Record<string, string> = {}): Promise<void> {
  await liaison.kill();
  liaison = await startLiaison(place, environment);
}

/** Waits until the server has died by itself, as `kill -9` would have it. */
async function died(): Promise<void> {
  const { child } = liaison;
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
}

/** @param inCrm how many notes there must be; null: at most one. */
async function expectBookedOnce(id: string, inCrm: number | null = 1): Promise<void> {
  const made = await created(liaison.sandboxUrl);
  expect(made.filter((one) => one.endsWith(` ${id}`)).sort()).toEqual([
    `zoho-books customerpayment ${id}`,
    `zoho-books invoice ${id}`,
  ]);
  const noted = await notes(liaison.sandboxUrl);
  const count = noted.filter((text) => text.includes(`${id}.`)).length;
  expect([id, count]).toEqual([id, inCrm ?? Math.min(count, 1)]);
  expect(repeated(made)).toEqual([]);
}

const timesAnnounced = async (deal: string): Promise<number> =>
  (await messages(liaison.sandboxUrl)).filter((text) => text.includes(`${deal} -`)).length;

// Later passages of a point lie in later steps: invoice, settlement, note.
const DEEPER = ['after-intent-commit:2', 'after-vendor-write:3', 'after-result-commit:4'];
/** Each death costs two starts: all of them in the full size, those that differ most in every run. */
const POINTS = FULL ? [...CRASH_POINTS, ...DEEPER] : ['after-inbox-commit', 'after-vendor-write:2'];
const ANNOUNCING = FULL
  ? ['after-intent-commit', 'after-vendor-write', 'after-result-commit']
  : ['after-vendor-write'];

describe('a server that dies at a named point', () => {
  it.each(POINTS)('has its work finished once by the next start: %s', async (point) => {
    const id = `pi_${point.replaceAll(/\W/g, '_')}`;
    await restart({ LIAISON_CRASH: point });
    const sent = sendStripe(await webhookOf(liaison.sandboxUrl, 'stripe'), paymentSucceeded(id, PAYER));
    await died();
    await restart();
    await sent;
    await allSettled(liaison.url);
    await expectBookedOnce(id);
  });

  it.each(ANNOUNCING)(
    'announces a won deal once, although Slack has no key that tells a repeat: %s',
    async (point) => {
      const deal = `Affaire ${point}`;
      await restart({ LIAISON_CRASH: point });
      await createWonDeals(liaison.sandboxUrl, [deal]);
      await died();
      await restart();
      await allSettled(liaison.url);
      expect(await timesAnnounced(deal)).toBe(1);
    },
  );
});

/**
 * Of an order the writes are: customer, sales order, its confirmation, invoice, sent, payment, contact. A customer that
 * is there is no write.
 */
const ORDERING = FULL
  ? [...CRASH_POINTS, ...[2, 3, 4, 5, 6].map((passage) => `after-vendor-write:${passage}`)]
  : ['after-vendor-write:2', 'after-vendor-write:4'];

describe('an order of the shop that makes a sales order and an invoice', () => {
  beforeAll(async () => {
    await restart();
    await json(`${liaison.url}/api/v1/integrations/orders`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ settings: { documents: 'order-and-invoice' } }),
    });
  });

  it.each(ORDERING)('makes each of them once, and takes the stock once: %s', async (point) => {
    const email = `${point.replaceAll(/\W/g, '-')}@exemple.example`;
    await restart({ LIAISON_CRASH: point });
    const { order } = await play(liaison.sandboxUrl, 'shop-order', {
      ...{ email, firstName: 'Crash', lastName: point, quantity: 3 },
    });
    await died();
    await restart();
    const mark = ` #${(order as { id: number }).id}`;
    const made = async () =>
      (await created(liaison.sandboxUrl))
        .filter((one) => one.endsWith(mark))
        .map((one) => one.split(' ').slice(0, 2).join(' '));
    await until(async () => (await made()).includes('zoho-books customerpayment'));
    await allSettled(liaison.url);
    expect((await made()).sort()).toEqual([
      'zoho-books customerpayment',
      'zoho-books invoice',
      'zoho-inventory salesorder',
    ]);
    const sent = (await ledger(liaison.sandboxUrl)).findLast(
      ({ object, marker }) => object === 'invoice' && marker?.endsWith(mark),
    );
    const lines = sent?.record.line_items as {
      item_id: string;
      salesorder_item_id?: string;
      quantity: number;
    }[];
    expect(lines.filter(({ salesorder_item_id: bound }) => bound !== undefined)).toHaveLength(lines.length);
    expect(lines.reduce((all, { quantity }) => all + quantity, 0)).toBe(3);
  });
});

/** What a subscription that begins comes to: its recurring invoice, what that makes at once, and its first payment. */
const SUBSCRIBING = FULL
  ? [1, 2, 3, 4].map((passage) => `after-vendor-write:${passage}`)
  : ['after-vendor-write:2'];

describe('a subscription that becomes a recurring invoice', () => {
  const choose = (subscriptions: string) =>
    json(`${liaison.url}/api/v1/integrations/stripe-payment-to-books`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ settings: { subscriptions } }),
    });
  const books = async (table: string) =>
    (
      await json<{ tables: Record<string, Record<string, unknown>[]> }>(
        `${liaison.sandboxUrl}/_sandbox/state/zoho-books`,
      )
    ).tables[table] ?? [];

  beforeAll(async () => {
    await restart();
    await choose('profiles');
  });
  afterAll(() => choose('invoices'));

  it.each(SUBSCRIBING)('is one, with one invoice and one payment of what was charged: %s', async (point) => {
    await allSettled(liaison.url);
    await restart({ LIAISON_CRASH: point });
    const { subscription, paymentIntent } = await play(liaison.sandboxUrl, 'subscription-begins', {
      email: `${point.replaceAll(/\W/g, '-')}@abonnee.example`,
    });
    await died();
    await restart();
    const paid = async () =>
      (await books('payments')).filter((one) => JSON.stringify(one).includes(String(paymentIntent)));
    await until(async () => (await paid()).length > 0);
    await allSettled(liaison.url);
    const profiles = (await books('recurringInvoices')).filter((one) =>
      JSON.stringify(one).includes(String(subscription)),
    );
    const [profile] = profiles;
    const invoices = (await books('invoices')).filter((one) => one.customer_id === profile?.customer_id);
    expect(await paid()).toMatchObject([{ amountMinor: 4_900, applied: [{ minor: 4_900 }] }]);
    expect([profiles.length, invoices.length]).toEqual([1, 1]);
    expect(repeated(await created(liaison.sandboxUrl))).toEqual([]);
  });
});

/** A page is made with its first hundred blocks; the others follow in a second write. */
const PAGES = FULL
  ? ['after-intent-commit:2', 'after-vendor-write', 'after-vendor-write:2']
  : ['after-vendor-write:2'];
const LINES = 131;

describe('the page of a deal in Notion', () => {
  const named = async (deal: string) => {
    const { tables } = await json<{
      tables: Record<string, { id: string; pageId?: string; text?: string[] }[]>;
    }>(`${liaison.sandboxUrl}/_sandbox/state/notion`);
    const { pages = [], blocks = [] } = tables;
    return pages
      .filter((page) => JSON.stringify(page).includes(deal))
      .map(({ id }) => blocks.filter(({ pageId }) => pageId === id).map(({ text = [] }) => text.join('')));
  };
  const opened = async (deal: string) =>
    (await openCrm(liaison.sandboxUrl)).createIn('Deals', [
      { Deal_Name: deal, Stage: 'Qualification', Closing_Date: '2026-12-31' },
    ]);

  beforeAll(async () => {
    await restart();
    const { connections } = await json<{ connections: { id: string; connector: { id: string } }[] }>(
      `${liaison.url}/api/v1/connections`,
    );
    await json(`${liaison.url}/api/v1/integrations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({
        ...{ flow: 'record-page', name: 'Pages', owner: 'organisation', enabled: true },
        connections: { target: connections.find(({ connector }) => connector.id === 'notion')?.id },
        settings: {
          ...{ dataSource: SOURCES.projects, properties: [] },
          body: Array.from({ length: LINES }, (_, line) => `Ligne ${line + 1}`).join('\n'),
        },
      }),
    });
    await opened('Affaire d’essai');
    await until(async () => (await named('Affaire d’essai')).length === 1);
  });

  it.each(PAGES)('is there once, with each of its lines once and in order: %s', async (point) => {
    const deal = `Affaire ${point} sur Notion`;
    await allSettled(liaison.url);
    await restart({ LIAISON_CRASH: point });
    await opened(deal);
    await died();
    await restart();
    await until(async () => (await named(deal))[0]?.length === LINES);
    await allSettled(liaison.url);
    expect(await named(deal)).toEqual([Array.from({ length: LINES }, (_, line) => `Ligne ${line + 1}`)]);
  });
});

describe('a vendor that does the work and breaks the answer', () => {
  // Payments of one payer are handled one after the other: different ones wait for their retries side by side.
  const PAYERS = [
    PAYER,
    { email: 'lucie@fleurs-de-saison.example', name: 'Lucie' },
    { email: 'contact@sans-fiche.example', name: 'Sans Fiche' },
  ];
  const DEALS = 2;

  it.each(['reset', '500'])(
    'ends with one effect for each event: %s',
    async (commitThenFail) => {
      const post = { commitThenFail, methods: ['POST'] };
      await setFault(liaison.sandboxUrl, 'zoho-books', { ...post, count: 5 });
      // Tokens and rules are the CRM's too: only the notes' answers break.
      await setFault(liaison.sandboxUrl, 'zoho-crm', { ...post, path: 'Notes', count: 1 });
      await setFault(liaison.sandboxUrl, 'slack', { ...post, path: 'chat.postMessage', count: DEALS });
      const webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
      const ids = PAYERS.map((_, index) => `pi_${commitThenFail}_${index}`);
      const deals = Array.from({ length: DEALS }, (_, index) => `Affaire ${commitThenFail} ${index}`);
      await Promise.all([
        createWonDeals(liaison.sandboxUrl, deals),
        ...PAYERS.map((payer, index) => sendStripe(webhook, paymentSucceeded(ids[index] ?? '', payer))),
      ]);
      await allSettled(liaison.url);
      for (const id of ids) await expectBookedOnce(id, id.endsWith('_0') ? 1 : null);
      for (const deal of deals) expect([deal, await timesAnnounced(deal)]).toEqual([deal, 1]);
    },
    90_000,
  );
});

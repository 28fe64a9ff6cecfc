import type {
  Answer,
  Connections,
  LiveRecord,
  RecordActivity,
  RecordCard,
} from '../../server/api/contract.ts';
import { readBlocks } from '../../widget/api/event-stream.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  newPlace,
  type Place,
  play,
  removePlace,
  startLiaison,
} from '../system/liaison-process.ts';
import { setFault } from '../system/vendors.ts';

/** The API of records over the whole product, with every vendor of the sandbox. */

let place: Place;
let test: TestDatabase;
let liaison: Liaison;

beforeAll(async () => {
  test = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: test.connectionString });
  liaison = await startLiaison(place);
}, 120_000);
afterAll(async () => {
  await liaison?.stop();
  await test.drop();
  await removePlace(place);
});

const api = (path: string) => `${liaison.url}/api/v1${path}`;
const page = (module: string, id: string, query = '') =>
  json<Answer<'getRecord'>>(api(`/records/${module}/${id}${query}`));
const card = (module: string, id: string, connector: string) =>
  json<RecordCard>(api(`/records/${module}/${id}/cards/${connector}`));
const activity = (module: string, id: string) =>
  json<RecordActivity>(api(`/records/${module}/${id}/activity`));
const post = (path: string) => json<RecordCard>(api(path), { method: 'POST' });

type Row = { id: string } & Record<string, unknown>;

async function state(vendor: string): Promise<Record<string, Row[]>> {
  const { tables } = await json<{ tables: Record<string, Row[]> }>(
    `${liaison.sandboxUrl}/_sandbox/state/${vendor}`,
  );
  return tables;
}

/** The id of a CRM record by one of its fields. */
async function crmId(module: string, field: string, value: string): Promise<string> {
  const found = (await state('zoho-crm'))[module]?.find((row) => row[field] === value);
  if (found === undefined) throw new Error(`none of ${module} has ${field} ${value}`);
  return found.id;
}

const section = (one: RecordCard, id: string) => one.data?.sections.find((found) => found.id === id);
const rows = (one: RecordCard, id: string) => section(one, id)?.rows ?? [];
const juliette = () => crmId('Contacts', 'Email', 'juliette@boulangerie-pelissier.example');

describe('what is shown beside a contact', () => {
  it('is what Stripe holds: the customer, the lifetime value per currency, payments with their states', async () => {
    const shown = await card('Contacts', await crmId('Contacts', 'Last_Name', 'Vasseur'), 'stripe');
    expect(shown.state).toBe('fresh');
    expect(rows(shown, 'customer')).toMatchObject([
      { values: [{ text: 'Noémie Vasseur' }] },
      { id: 'lifetime-value', values: [{ kind: 'money', minor: 240_000, currency: 'EUR' }] },
    ]);
    expect(rows(shown, 'payments')).toMatchObject([
      {
        label: { text: 'Identité visuelle' },
        values: [{ minor: 240_000 }, { tone: 'good' }, { kind: 'date' }],
      },
    ]);
  });

  it('counts what was given back out of the lifetime value, and says so at the payment', async () => {
    const tables = await state('stripe');
    const [refunded] = tables.charges!.filter((charge) => Number(charge.amount_refunded) > 0);
    const customer = tables.customers!.find(({ id }) => id === refunded!.customer)!;
    const shown = await card('Contacts', await crmId('Contacts', 'Email', String(customer.email)), 'stripe');
    const kept = Number(refunded!.amount_captured) - Number(refunded!.amount_refunded);
    expect(rows(shown, 'customer')[1]).toMatchObject({ values: [{ minor: kept, currency: 'USD' }] });
    expect(rows(shown, 'payments')[0]).toMatchObject({ note: { en: 'US$500.00 was given back.' } });
  });

  it('is the subscription with its renewal, and the open invoice with its day', async () => {
    const gaelle = await crmId('Contacts', 'Email', 'gaelle@alpes-velo.example');
    expect(rows(await card('Contacts', gaelle, 'stripe'), 'subscriptions')).toMatchObject([
      {
        values: [
          { minor: 2_490, currency: 'EUR' },
          { words: { en: 'a month' } },
          { tone: 'good' },
          { kind: 'date', says: { en: 'renews' } },
        ],
      },
    ]);
    const helene = await crmId('Contacts', 'Email', 'helene.delatour@clos-vert.example');
    expect(rows(await card('Contacts', helene, 'stripe'), 'open-invoices')).toMatchObject([
      { values: [{ minor: 115_000 }, { tone: 'busy' }, { kind: 'date', says: { en: 'due' } }] },
    ]);
    const books = await card('Contacts', helene, 'zoho-books');
    expect(rows(books, 'books-invoices')).toMatchObject([
      { values: [{ minor: 187_200, currency: 'EUR' }, { words: { en: 'Partly paid' } }, { kind: 'date' }] },
      { values: [{ minor: 288_000 }, { words: { en: 'Paid' } }, { kind: 'date' }] },
    ]);
    expect(rows(books, 'books-customer').at(-1)).toMatchObject({ values: [{ minor: 93_600 }] });
  });

  it('is what Mailchimp holds: subscribed or not and why, tags, and what became of each campaign', async () => {
    const shown = await card('Contacts', await juliette(), 'mailchimp');
    const [member] = shown.data!.sections;
    expect(member!.rows[0]).toMatchObject({ values: [{ words: { en: 'Subscribed' }, tone: 'good' }] });
    expect(rows(shown, 'campaigns')).toMatchObject([
      {
        label: { text: 'Lettre de novembre' },
        values: [{ words: { en: 'Opened' } }, { words: { en: 'Clicked' } }, {}],
      },
      {
        label: { text: 'Lettre d’octobre' },
        values: [{ words: { en: 'Opened' } }, { words: { en: 'Clicked' } }, {}],
      },
    ]);
    expect(rows(shown, 'timeline')[0]).toMatchObject({
      label: { words: { en: expect.stringContaining('Clicked /maintenance') } },
    });
    const antoine = await crmId('Contacts', 'Email', 'antoine.giraud@alpes-velo.example');
    const left = await card('Contacts', antoine, 'mailchimp');
    expect(left.data!.sections[0]!.rows[0]).toMatchObject({
      values: [{ words: { en: 'Unsubscribed' }, tone: 'bad' }],
      note: { en: expect.stringContaining('Asked for no more mail') },
    });
  });

  it('is what Zoho Campaigns holds: in which list, as what, and what became of the last letters', async () => {
    const shown = await card('Contacts', await juliette(), 'zoho-campaigns');
    expect(shown.data!.sections[0]!.rows[0]).toMatchObject({
      values: [{ words: { en: 'Subscribed' }, tone: 'good' }],
    });
    expect(rows(shown, 'campaigns')).toMatchObject([
      {
        label: { text: 'Lettre d’octobre' },
        values: [{ words: { en: 'Opened' } }, { words: { en: 'Clicked' } }, { kind: 'date' }],
      },
    ]);
    const antoine = await crmId('Contacts', 'Email', 'antoine.giraud@alpes-velo.example');
    const left = await card('Contacts', antoine, 'zoho-campaigns');
    expect(left.data!.sections[0]!.rows[0]).toMatchObject({
      values: [{ words: { en: 'Unsubscribed' }, tone: 'bad' }],
    });
    const nobody = await crmId('Contacts', 'Email', 'bastien@boulangerie-pelissier.example');
    expect((await card('Contacts', nobody, 'zoho-campaigns')).data?.empty?.en).toContain('No mailing list');
  });

  it('is what the shop holds: orders with how far they are, where they are seen, and what was paid of them', async () => {
    const shown = await card('Contacts', await juliette(), 'woocommerce');
    expect(shown.state).toBe('fresh');
    // Two posters with tax, and the shipping with its own.
    const paid = { kind: 'money', minor: 5_374, currency: 'EUR' };
    expect(rows(shown, 'shop-orders')).toMatchObject([
      {
        values: [paid, { words: { en: 'Sent' } }, { kind: 'date' }],
        url: expect.stringContaining(encodeURIComponent('admin.php?page=wc-orders&action=edit')),
      },
    ]);
    expect(rows(shown, 'shop-customer')).toMatchObject([{ id: 'shop-lifetime-value', values: [paid] }]);
    const nobody = await crmId('Contacts', 'Last_Name', 'Vasseur');
    expect((await card('Contacts', nobody, 'woocommerce')).data?.empty?.en).toContain('No order in the shop');
  });

  it('is what a second shop holds beside the first, and how far back it shows', async () => {
    const shown = await card('Contacts', await juliette(), 'shopify');
    expect(shown.state).toBe('fresh');
    // Six notebooks and the shipping, tax included.
    const paid = { kind: 'money', minor: 7_995, currency: 'EUR' };
    expect(rows(shown, 'shop-orders')).toMatchObject([
      {
        values: [paid, { words: { en: 'Sent' } }, { kind: 'date' }],
        url: expect.stringContaining(encodeURIComponent('/store/atelier-lumen/orders/')),
      },
    ]);
    expect(rows(shown, 'shop-customer')).toMatchObject([
      { id: 'shop-lifetime-value', values: [paid], note: { en: expect.stringContaining('last sixty days') } },
    ]);
    const nobody = await crmId('Contacts', 'Last_Name', 'Vasseur');
    expect((await card('Contacts', nobody, 'shopify')).data?.empty?.en).toContain('last sixty days');
  });

  it('is the sales orders of the customer in Inventory, how far they are and where they are seen', async () => {
    const customer = await crmId('Contacts', 'Email', 'helene.delatour@clos-vert.example');
    const shown = await card('Contacts', customer, 'zoho-inventory');
    expect(shown.state).toBe('fresh');
    expect(rows(shown, 'inventory-orders')).toMatchObject([
      {
        label: { text: 'SO-00001' },
        values: [
          { kind: 'money', minor: 15_005, currency: 'EUR' },
          { words: { en: 'Confirmed' } },
          { kind: 'date' },
        ],
        url: expect.stringContaining('salesorders'),
      },
    ]);
    expect((await card('Contacts', await juliette(), 'zoho-inventory')).data?.empty?.en).toContain(
      'No customer',
    );
  });

  it('is what the support desk holds: the person’s tickets, the open ones first', async () => {
    const shown = await card('Contacts', await juliette(), 'zoho-desk');
    expect(rows(shown, 'desk-tickets')).toMatchObject([
      {
        label: { text: expect.stringContaining('Changer les horaires') },
        values: [{ words: { en: 'Closed', fr: 'Fermé' } }, { text: 'Low' }, { kind: 'date' }],
        url: expect.stringContaining(encodeURIComponent('/tickets/details/')),
      },
    ]);
    const nobody = await crmId('Contacts', 'Last_Name', 'Vasseur');
    expect((await card('Contacts', nobody, 'zoho-desk')).data?.empty?.en).toContain('Zoho Desk');
  });

  it('is what was said in the site’s chat: the person’s chats, those that go on first', async () => {
    const shown = await card('Contacts', await juliette(), 'zoho-salesiq');
    expect(rows(shown, 'salesiq-chats')).toMatchObject([
      {
        label: { text: expect.stringContaining('horaires de Noël') },
        values: [{ words: { en: 'Ended', fr: 'Terminé' } }, { text: 'Inès' }, { kind: 'date' }],
        url: expect.stringContaining(encodeURIComponent('/atelierlumen/index')),
      },
    ]);
    const nobody = await crmId('Contacts', 'Last_Name', 'Vasseur');
    expect((await card('Contacts', nobody, 'zoho-salesiq')).data?.empty?.en).toContain('has chatted');
  });

  it('is the Google contact, and the meetings that the person is invited to, next and last', async () => {
    const id = await juliette();
    const [person] = (await card('Contacts', id, 'google-people')).data!.sections;
    expect(person!.rows[0]).toMatchObject({
      values: [{ text: 'Juliette Pélissier' }],
      url: expect.stringContaining(encodeURIComponent('https://contacts.google.com/person/')),
    });
    const calendar = await card('Contacts', id, 'google-calendar');
    const now = new Date().toISOString();
    const starts = (name: string) =>
      rows(calendar, name).map(({ values: [date] }) => new Date((date as { at: string }).at).toISOString());
    expect(starts('next')).toHaveLength(3);
    expect(starts('last')).toHaveLength(3);
    expect(starts('next').every((at, index, all) => index === 0 || at > all[index - 1]!)).toBe(true);
    expect(starts('last').every((at) => at < now)).toBe(true);
    expect(rows(calendar, 'next')[0]).toMatchObject({
      label: { text: 'Point hebdomadaire Pélissier' },
      url: expect.stringContaining(`${liaison.sandboxUrl}/open?`),
    });
  });

  it('leads to the sandbox’s page of each record, never to a real interface with an invented id', async () => {
    const id = await juliette();
    const cards = await Promise.all(
      ['stripe', 'zoho-books', 'mailchimp', 'google-people', 'google-calendar'].map((connector) =>
        card('Contacts', id, connector),
      ),
    );
    const told = [await page('Contacts', id), ...cards];
    const links = [...JSON.stringify(told).matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url!);
    expect(links.length).toBeGreaterThan(8);
    for (const link of new Set(links)) {
      const landed = await fetch(link);
      expect([link, landed.status, new URL(landed.url).origin]).toEqual([link, 200, liaison.sandboxUrl]);
    }
    expect((await fetch((told[0] as { url: string }).url)).url).toBe(
      `${liaison.sandboxUrl}/crm/Contacts/${id}`,
    );
  });

  it('says so where the record has no address to be looked up by', async () => {
    const yasmine = await crmId('Contacts', 'First_Name', 'Yasmine');
    const cards = ['stripe', 'zoho-books', 'mailchimp', 'google-people', 'google-calendar'];
    for (const connector of cards) {
      const shown = await card('Contacts', yasmine, connector);
      expect(shown.data!.empty!.en).toMatch(/no e-mail address/);
      expect(shown.data!.actions).toEqual([]);
    }
  });
});

it('a deal is looked up by its contact, an account by its people, a lead by itself', async () => {
  const deal = await page('Deals', await crmId('Deals', 'Deal_Name', 'Refonte site vitrine'));
  expect(deal.emails).toEqual(['juliette@boulangerie-pelissier.example']);
  expect(deal.facts).toContainEqual(
    expect.objectContaining({ id: 'Amount', values: [{ kind: 'money', minor: 1_250_000, currency: 'EUR' }] }),
  );
  const account = await page('Accounts', await crmId('Accounts', 'Account_Name', 'Boulangerie Pélissier'));
  expect([...account.emails].sort()).toEqual([
    'bastien@boulangerie-pelissier.example',
    'juliette@boulangerie-pelissier.example',
  ]);
  const [lead] = (await state('zoho-crm')).Leads!;
  expect((await page('Leads', lead!.id)).emails).toEqual([lead!.Email]);
});

it('what several people of an account did is told apart', async () => {
  const id = await crmId('Accounts', 'Account_Name', 'Boulangerie Pélissier');
  const mailchimp = await card('Accounts', id, 'mailchimp');
  const members = mailchimp.data!.sections.filter((one) => one.id.startsWith('member '));
  const text = (row: { values: readonly object[] } | undefined) => row?.values.at(-1);
  const addresses = members.map((one) => text(one.rows[0]));
  expect(addresses).toHaveLength(2);
  expect(addresses).toEqual(
    expect.arrayContaining(
      ['bastien@boulangerie-pelissier.example', 'juliette@boulangerie-pelissier.example'].map((address) => ({
        kind: 'text',
        text: address,
      })),
    ),
  );
  for (const name of ['campaigns', 'timeline']) {
    const whose = rows(mailchimp, name).map(text);
    expect(whose).toEqual(expect.arrayContaining(addresses));
    expect(
      whose.filter((one) => !addresses.some((address) => JSON.stringify(address) === JSON.stringify(one))),
    ).toEqual([]);
  }
  const people = (await card('Accounts', id, 'google-people')).data!.sections;
  expect(people.map((one) => one.rows.length)).toEqual([4, 4]);
  expect(people.map((one) => JSON.stringify(text(one.rows[0]))).sort()).toEqual([
    '{"kind":"text","text":"Bastien Pélissier"}',
    '{"kind":"text","text":"Juliette Pélissier"}',
  ]);
});

it('a record that no sync keeps equal, because none has begun, is not said to be in sync', async () => {
  const { syncs } = await activity('Contacts', await juliette());
  expect(syncs).toMatchObject([
    { sync: { id: 'contacts-google-crm' }, connector: { id: 'google-people' }, state: 'off', url: null },
    {
      sync: { id: 'contacts-microsoft-crm' },
      connector: { id: 'microsoft-contacts' },
      state: 'off',
      url: null,
    },
    { sync: { id: 'mailchimp-crm' }, connector: { id: 'mailchimp' }, state: 'off', url: null },
  ]);
  const [deal] = (await state('zoho-crm')).Deals!;
  await page('Deals', deal!.id);
  expect((await activity('Deals', deal!.id)).syncs).toEqual([]);
});

it('a page that was opened before is told at once what is kept, with its age, and asks nobody', async () => {
  const id = await crmId('Contacts', 'Last_Name', 'Vasseur');
  const asked = await card('Contacts', id, 'stripe');
  // Whoever asked one of them would wait longer than the page may take on the busiest machine.
  for (const vendor of ['zoho-crm', 'stripe'])
    await setFault(liaison.sandboxUrl, vendor, { latencyMs: 25_000 });
  try {
    const begun = performance.now();
    const kept = await page('Contacts', id);
    expect(performance.now() - begun).toBeLessThan(12_000);
    for (const vendor of ['zoho-crm', 'stripe'])
      await setFault(liaison.sandboxUrl, vendor, { status: 503, rate: 1 });
    const stripe = kept.cards.find(({ connector }) => connector.id === 'stripe')!;
    expect(stripe).toMatchObject({ state: 'cached', at: asked.at, data: asked.data });

    const failing = await card('Contacts', id, 'stripe');
    expect(failing).toMatchObject({ state: 'failing', at: asked.at, data: asked.data });
    expect(failing.error).toMatchObject({
      kind: 'retry-later',
      sentence: { en: expect.stringContaining('Stripe') },
    });
    expect((await card('Contacts', id, 'mailchimp')).state).toBe('fresh');
    const stale = await page('Contacts', id, '?fresh=true');
    expect(stale).toMatchObject({ title: 'Noémie Vasseur', at: kept.at });
    expect(stale.stale!.kind).toBe('retry-later');
  } finally {
    for (const vendor of ['zoho-crm', 'stripe'])
      await fetch(`${liaison.sandboxUrl}/_sandbox/faults/${vendor}`, { method: 'DELETE' });
  }
  expect((await card('Contacts', id, 'stripe')).state).toBe('fresh');
});

it('a record that the CRM does not have, or a module without cards, is not found', async () => {
  for (const path of [
    '/records/Contacts/999',
    '/records/Invoices/1',
    '/records/Contacts/x',
    '/records/Contacts/999/cards/stripe',
  ])
    expect([path, (await fetch(api(path))).status]).toEqual([path, 404]);
  const id = await juliette();
  expect((await fetch(api(`/records/Contacts/${id}/cards/slack`))).status).toBe(404);
  const nothing = api(`/records/Contacts/${id}/cards/stripe/actions/nothing`);
  expect((await fetch(nothing, { method: 'POST' })).status).toBe(404);
});

it('the missing customer is made once, from the CRM’s own data, and it is remembered who did it', async () => {
  const [lead] = (await state('zoho-crm')).Leads!;
  const before = await card('Leads', lead!.id, 'stripe');
  expect(before.data!.actions.map(({ id }) => id)).toEqual(['create-customer']);
  const path = `/records/Leads/${lead!.id}/cards/stripe/actions/create-customer`;
  const [made] = await Promise.all([post(path), post(path)]);
  expect(made.data!.actions).toEqual([]);
  await post(path);
  const entries = (await ledger(liaison.sandboxUrl)).filter(
    ({ vendor, object, action }) => vendor === 'stripe' && object === 'customer' && action === 'create',
  );
  expect(entries.map(({ record }) => [record.email, record.name])).toEqual([[lead!.Email, lead!.Full_Name]]);
  const { entries: told } = await activity('Leads', lead!.id);
  expect(told).toContainEqual(
    expect.objectContaining({
      kind: 'act',
      sentence: expect.objectContaining({ fr: expect.stringMatching(/^Client Stripe .* créé/) }),
    }),
  );
});

it('a payment is told of as it happens, and stands in the card with its Books invoice, and in the activity', async () => {
  const id = await juliette();
  await card('Contacts', id, 'stripe');
  const over = new AbortController();
  const line = await fetch(api('/live'), { signal: over.signal });
  const told = (async () => {
    for await (const { name, data } of readBlocks(line.body!)) {
      if (name !== 'record') continue;
      const record = JSON.parse(data) as LiveRecord;
      if (record.id === id) return record;
    }
    throw new Error('the line ended');
  })();
  await play(liaison.sandboxUrl, 'stripe-payment', {
    email: 'juliette@boulangerie-pelissier.example',
    amountMinor: 43_210,
  });
  expect(await told).toMatchObject({
    module: 'Contacts',
    connectors: expect.arrayContaining(['stripe', 'zoho-books']),
  });
  over.abort();
  await allSettled(liaison.url);

  const [payment] = rows(await card('Contacts', id, 'stripe'), 'payments');
  expect(payment).toMatchObject({ values: [{ minor: 43_210, currency: 'EUR' }, { tone: 'good' }, {}] });
  const [invoice] = rows(await card('Contacts', id, 'zoho-books'), 'books-invoices');
  expect(invoice!.beside).toBe(payment!.key);
  const { entries } = await activity('Contacts', id);
  expect(entries[0]).toMatchObject({
    kind: 'run',
    state: 'done',
    sentence: {
      en: expect.stringMatching(
        /432\.10 from Juliette Pélissier booked as invoice .*Noted on the CRM contact/,
      ),
    },
  });
});

it('what was kept of a vendor goes when it is disconnected, and its card says so', async () => {
  const id = await juliette();
  await card('Contacts', id, 'mailchimp');
  const { connections } = await json<Connections>(api('/connections'));
  const connection = connections.find(({ connector }) => connector.id === 'mailchimp');
  await json(api(`/connections/${connection?.id}/disconnect`), { method: 'POST' });
  const kept = (await page('Contacts', id)).cards.find(({ connector }) => connector.id === 'mailchimp');
  expect(kept).toMatchObject({ state: 'absent', data: null, at: null });
  expect(await card('Contacts', id, 'mailchimp')).toMatchObject({ state: 'absent', data: null });
});

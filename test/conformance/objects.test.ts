import { AUDIENCE_ID } from '../../sandbox/mailchimp/account.ts';
import { NEWSLETTER, TOPICS } from '../../sandbox/zoho-campaigns/seed.ts';
import { googleCalendar } from '../../server/connectors/google-calendar/connector.ts';
import { event } from '../../server/connectors/google-calendar/event-object.ts';
import { googlePeople } from '../../server/connectors/google-people/connector.ts';
import { person } from '../../server/connectors/google-people/person-object.ts';
import { connectors } from '../../server/connectors/index.ts';
import { mailchimp } from '../../server/connectors/mailchimp/connector.ts';
import { mailchimpMember } from '../../server/connectors/mailchimp/member-object.ts';
import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import { event as outlookEvent } from '../../server/connectors/microsoft-calendar/event-object.ts';
import { microsoftContacts } from '../../server/connectors/microsoft-contacts/connector.ts';
import { contact } from '../../server/connectors/microsoft-contacts/contact-object.ts';
import { shopify } from '../../server/connectors/shopify/connector.ts';
import { shopifyProducts } from '../../server/connectors/shopify/product-object.ts';
import { wooCommerce } from '../../server/connectors/woocommerce/connector.ts';
import { wooProducts } from '../../server/connectors/woocommerce/product-object.ts';
import { zohoCampaigns } from '../../server/connectors/zoho-campaigns/connector.ts';
import { subscriber } from '../../server/connectors/zoho-campaigns/subscriber-object.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { events } from '../../server/connectors/zoho-crm/event-object.ts';
import { contacts, leads } from '../../server/connectors/zoho-crm/sync-objects.ts';
import { zohoInventory } from '../../server/connectors/zoho-inventory/connector.ts';
import { inventoryItems } from '../../server/connectors/zoho-inventory/item-object.ts';
import type { Connector } from '../../server/core/connector.ts';
import { asLiaisonError } from '../../server/core/errors.ts';
import type {
  FieldValue,
  FieldValues,
  ObjectOptions,
  SideRecord,
  SyncObject,
  WriteOutcome,
} from '../../server/core/sync-object.ts';
import { type OpenSandbox, openSandbox } from './sandbox-connection.ts';

interface Row {
  // biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
  readonly object: SyncObject<any>;
  // biome-ignore lint/suspicious/noExplicitAny: likewise.
  readonly connector: Connector<any>;
  /** The simulators that it needs. */
  readonly only: readonly string[];
  readonly fields: readonly string[];
  readonly options?: ObjectOptions;
  /** A record that the vendor takes, another one for each number. */
  valuesOf(number: number): FieldValues;
  /** One that it refuses. */
  readonly refused: FieldValues;
  /** Whether a repeat of the same create by its marker gives the same record: the vendor sees it. */
  readonly repeats: boolean;
}

const day = (number: number) => String(10 + number).padStart(2, '0');
const meeting = (number: number): FieldValues => ({
  title: `Point ${number}`,
  schedule: { start: `2026-12-${day(number)}T09:00:00Z`, end: `2026-12-${day(number)}T10:00:00Z` },
  location: null,
  description: null,
  participants: [],
});
const backwards: FieldValues = {
  ...meeting(1),
  schedule: { start: '2026-12-20T10:00:00Z', end: '2026-12-20T09:00:00Z' },
};
const meetingFields = ['title', 'schedule', 'location', 'description', 'participants'];
const crmPerson = (number: number): FieldValues => ({
  Full_Name: { given: 'Ève', family: `Essai ${number}` },
  Email: `eve.${number}@conformite.example`,
});
const ofCrm = { connector: zohoCrm, only: ['zoho-crm', 'zoho-accounts'], repeats: false };

const ROWS: readonly Row[] = [
  {
    ...ofCrm,
    object: contacts,
    fields: ['Full_Name', 'Email'],
    valuesOf: crmPerson,
    refused: { ...crmPerson(1), Email: 'no address' },
  },
  {
    ...ofCrm,
    object: leads,
    fields: ['Full_Name', 'Email', 'Company'],
    valuesOf: (number) => ({ ...crmPerson(number), Company: 'Atelier' }),
    refused: { ...crmPerson(1), Company: 'Atelier', Email: 'no address' },
  },
  { ...ofCrm, object: events, fields: meetingFields, valuesOf: meeting, refused: backwards },
  {
    object: event,
    connector: googleCalendar,
    only: ['google-calendar', 'google-accounts'],
    fields: meetingFields,
    valuesOf: meeting,
    refused: backwards,
    repeats: true,
  },
  {
    object: person,
    connector: googlePeople,
    only: ['google-people', 'google-accounts'],
    fields: ['names', 'emailAddresses'],
    valuesOf: (number) => ({
      names: { given: 'Ève', family: `Essai ${number}` },
      emailAddresses: `eve.${number}@conformite.example`,
    }),
    refused: { names: { given: 'x'.repeat(2_000), family: 'y' }, emailAddresses: 'eve.x@conformite.example' },
    repeats: false,
  },
  {
    object: contact,
    connector: microsoftContacts,
    only: ['microsoft-contacts', 'microsoft-accounts'],
    fields: ['displayName', 'emailAddresses', 'birthday'],
    valuesOf: (number) => ({
      displayName: { given: 'Ève', family: `Essai ${number}` },
      emailAddresses: `eve.${number}@conformite.example`,
      birthday: '1991-02-14',
    }),
    refused: { displayName: { given: 'Ève', family: 'Essai' }, birthday: 'hier' },
    repeats: false,
  },
  {
    object: outlookEvent,
    connector: microsoftCalendar,
    only: ['microsoft-calendar', 'microsoft-accounts'],
    fields: meetingFields,
    valuesOf: meeting,
    refused: backwards,
    options: { mailParticipants: true },
    repeats: true,
  },
  {
    object: mailchimpMember,
    connector: mailchimp,
    only: ['mailchimp'],
    fields: ['EMAIL', 'NAME'],
    options: { audience: AUDIENCE_ID, newStatus: 'subscribed', tagPrefix: 'CRM: ' },
    valuesOf: (number) => ({
      EMAIL: `eve.${number}@conformite.fr`,
      NAME: { given: 'Ève', family: `Essai ${number}` },
    }),
    refused: { EMAIL: 'no address', NAME: { given: 'Ève', family: 'Essai' } },
    repeats: true,
  },
  {
    object: subscriber,
    connector: zohoCampaigns,
    only: ['zoho-campaigns', 'zoho-accounts'],
    fields: ['contact_email', 'name', 'opted_out'],
    options: { list: NEWSLETTER, topic: TOPICS[0]?.id ?? '' },
    valuesOf: (number) => ({
      contact_email: `eve.${number}@conformite.fr`,
      name: { given: 'Ève', family: `Essai ${number}` },
    }),
    refused: { contact_email: 'no address', name: { given: 'Ève', family: 'Essai' } },
    // Whoever is there already is met by the next look, and nothing is written to them until then.
    repeats: false,
  },
  {
    object: wooProducts,
    connector: wooCommerce,
    only: ['woocommerce'],
    fields: ['sku', 'name', 'description', 'regular_price', 'stock_quantity'],
    valuesOf: (number) => ({
      sku: `ESSAI-${number}`,
      name: `Essai ${number}`,
      description: 'Un & deux',
      regular_price: '12.50 EUR',
      stock_quantity: 3,
    }),
    refused: { sku: 'AFF-A2', name: 'Une autre affiche' },
    repeats: true,
  },
  {
    object: shopifyProducts,
    connector: shopify,
    only: ['shopify'],
    fields: ['sku', 'title', 'descriptionHtml', 'price', 'available'],
    options: { location: 'gid://shopify/Location/71000000001' },
    valuesOf: (number) => ({
      sku: `ESSAI-${number}`,
      title: `Essai ${number}`,
      descriptionHtml: 'Un & deux',
      price: '12.50 EUR',
      available: 3,
    }),
    refused: { sku: 'ESSAI-2', title: ' ', price: '12.50 EUR' },
    repeats: true,
  },
  {
    object: inventoryItems,
    connector: zohoInventory,
    only: ['zoho-inventory', 'zoho-books', 'zoho-accounts'],
    fields: ['sku', 'name', 'description', 'rate', 'stock'],
    options: { prices: 'same' },
    valuesOf: (number) => ({
      sku: `ESSAI-${number}`,
      name: `Essai ${number}`,
      description: 'Un & deux',
      rate: '12.50 EUR',
      stock: 3.5,
    }),
    refused: { sku: 'AFF-A2', name: 'Une autre affiche' },
    repeats: false,
  },
];

it('the table has every object that a connector offers to flows', () => {
  const offered = connectors.flatMap(({ offers }) => [
    ...(offers?.people ?? []),
    ...(offers?.meetings ?? []),
    ...(offers?.products ?? []),
  ]);
  expect(ROWS.map(({ object }) => object.id).sort()).toEqual([...offered].sort());
});

it('every object that a connector offers as people says which of its fields are what of a person, and no other does', () => {
  const offered = connectors.flatMap(({ offers }) => offers?.people ?? []);
  const told = ROWS.filter(({ object }) => object.person !== undefined).map(({ object }) => object.id);
  expect(told.sort()).toEqual([...offered].sort());
});

describe.each(ROWS.map((row) => [row.object.id, row] as const))('%s', (_id, row) => {
  const { object, connector, fields, options = {} } = row;
  let sandbox: OpenSandbox;
  let client: unknown;

  beforeEach(async () => {
    sandbox = await openSandbox(`objects-${connector.id}`, { only: [...row.only] });
    ({ client } = await sandbox.connect(connector));
  });
  afterEach(() => sandbox.close());

  /** Page by page to the end; cursors go through JSON, as they are stored. */
  async function follow(from: FieldValue) {
    const records: SideRecord[] = [];
    const deleted: string[] = [];
    for (let cursor = from; ; ) {
      const look = await object.changes(client, { cursor, fields, options });
      records.push(...look.records);
      deleted.push(...look.deleted);
      cursor = JSON.parse(JSON.stringify(look.cursor)) as FieldValue;
      if (!look.more) return { records, deleted, cursor };
    }
  }
  const create = (drafts: readonly (readonly [string, FieldValues])[]) =>
    object.create(
      client,
      drafts.map(([marker, values]) => ({ marker, values })),
      options,
    );
  const made = (outcome: WriteOutcome | undefined): string => {
    if (outcome?.ok !== true) throw outcome?.error ?? new Error('no outcome');
    return outcome.id;
  };
  const stateOf = ({ id, version, values }: SideRecord) => JSON.stringify([id, version, values]);

  if (object.person !== undefined) {
    const parts = Object.entries(object.person.parts);
    it('holds each part of a person in a field of its own that the vendor has, takes, and means alike', async () => {
      const known = new Map((await object.fields(client, options)).map((field) => [field.id, field]));
      const usual = new Set(object.usualFields?.map(({ id }) => id));
      expect(new Set(parts.map(([, id]) => id)).size).toBe(parts.length);
      for (const [part, id] of parts) {
        // One choice out of several is a label, too.
        const kinds = part === 'labels' ? ['labels', 'choice'] : [part];
        expect([id, kinds]).toEqual([id, expect.arrayContaining([known.get(id)?.kind])]);
        expect([id, known.get(id)?.readOnly ?? false]).toEqual([id, false]);
        // Documents name it without asking the vendor.
        expect([id, usual.has(id)]).toEqual([id, true]);
      }
    });
  }

  it('is listed once, then nothing is new; what is made then is', async () => {
    const first = await follow(null);
    const ids = first.records.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toEqual([]);
    const known = new Set(first.records.map(stateOf));
    const second = await follow(first.cursor);
    // The latest seconds may be read again: what is told of them is what was known.
    expect(second.records.filter((record) => !known.has(stateOf(record)))).toEqual([]);
    expect(second.deleted).toEqual([]);
    const [outcome] = await create([['m-new', row.valuesOf(1)]]);
    const id = made(outcome);
    const third = await follow(second.cursor);
    expect(
      new Set(third.records.filter((record) => !known.has(stateOf(record))).map((one) => one.id)),
    ).toEqual(new Set([id]));
  });

  it('answers a batch in order, and one that is refused stops no other', async () => {
    const outcomes = await create([
      ['m-1', row.valuesOf(1)],
      ['m-2', row.refused],
      ['m-3', row.valuesOf(3)],
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    const [one, two, three] = outcomes;
    if (two?.ok === false) expect(two.error.kind).toBe('rejected');
    const ids = [made(one), made(three)];
    const read = await object.read(client, { ids: [...ids].reverse(), fields, options });
    const labelOf = (id: string) => read.find((record) => record.id === id)?.label;
    expect(labelOf(ids[0] ?? '')).not.toBe(labelOf(ids[1] ?? ''));
    expect(JSON.stringify(read.find(({ id }) => id === ids[0])?.values)).toContain(' 1');
    expect(JSON.stringify(read.find(({ id }) => id === ids[1])?.values)).toContain(' 3');
  });

  it('whose answer is lost may have been made, and is made no second time where its marker is seen', async () => {
    await sandbox.fault(connector.id, { commitThenFail: '500', methods: ['POST', 'PUT'], count: 1 });
    const lost = await create([['m-lost', row.valuesOf(1)]]).then(
      ([outcome]) => (outcome?.ok === false ? outcome.error : null),
      (thrown: unknown) => asLiaisonError(thrown),
    );
    await sandbox.fault(connector.id, null);
    // A vendor whose create is safe to repeat may be asked again at once: then there is nothing to tell.
    if (lost !== null) expect(lost.details.mayHaveHappened).toBe(true);
    const name = / 1"/;
    const standing = async () =>
      (await follow(null)).records.filter(({ values }) => name.test(JSON.stringify(values)));
    expect(await standing()).toHaveLength(1);
    if (!row.repeats) return;
    const [again] = await create([['m-lost', row.valuesOf(1)]]);
    const [third] = await create([['m-lost', row.valuesOf(1)]]);
    expect(made(third)).toBe(made(again));
    expect((await standing()).map(({ id }) => id)).toEqual([made(again)]);
  });

  it('is removed twice without a failure, and is gone then, unless its vendor takes nobody away, which it says', async () => {
    const [outcome] = await create([['m-1', row.valuesOf(1)]]);
    const id = made(outcome);
    if (object.stays !== undefined) {
      const [refused] = await object.remove(client, [id], options);
      expect(refused?.ok === false && refused.error.details.sentence).toEqual(object.stays);
      expect(await object.read(client, { ids: [id], fields, options })).toHaveLength(1);
      return;
    }
    for (let time = 0; time < 2; time += 1) {
      expect(await object.remove(client, [id], options)).toMatchObject([{ ok: true }]);
    }
    const [left] = await object.read(client, { ids: [id], fields, options });
    // Who is taken out of an audience is there still, and takes no part.
    expect(left === undefined || left.excluded !== undefined).toBe(true);
  });

  it.each([
    ['of another shape', { phase: 'long ago' }],
    ['that is a word', 'spoiled'],
    ['that is a list', [1, 2]],
  ])('loses a cursor %s, and never takes it for an empty list', async (_what, cursor) => {
    const error = await follow(cursor as FieldValue).then(
      () => null,
      (thrown: unknown) => asLiaisonError(thrown),
    );
    expect(error?.kind).toBe('cursor-lost');
  });
});

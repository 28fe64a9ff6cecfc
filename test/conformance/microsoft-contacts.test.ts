import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MicrosoftContactsClient } from '../../server/connectors/microsoft-contacts/client.ts';
import { microsoftContacts } from '../../server/connectors/microsoft-contacts/connector.ts';
import { contact } from '../../server/connectors/microsoft-contacts/contact-object.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import type { FieldValue, Patch, SideRecord, WriteOutcome } from '../../server/core/sync-object.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const FIELDS = ['displayName', 'emailAddresses', 'businessPhones', 'companyName'];
const STANDING = 60;
const options = {};
let sandbox: OpenSandbox;
let connected: Connected<MicrosoftContactsClient>;
let client: MicrosoftContactsClient;

beforeAll(async () => {
  sandbox = await openSandbox('microsoft-contacts', { only: ['microsoft-contacts', 'microsoft-accounts'] });
  connected = await sandbox.connect(microsoftContacts);
  client = connected.client;
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.fault('microsoft-contacts', null));

const act = (wish: object) => sandbox.act('microsoft-contacts', wish);
const failureOf = (call: Promise<unknown>): Promise<LiaisonError> =>
  call.then(() => {
    throw new Error('nothing failed');
  }, asLiaisonError);

/** Everything, or what changed: page by page to the end, as an engine reads it. */
async function readAll(cursor: FieldValue = null, fields = FIELDS) {
  const records: SideRecord[] = [];
  const deleted: string[] = [];
  for (let next = cursor; ; ) {
    const page = await contact.changes(client, { cursor: next, fields, options });
    records.push(...page.records);
    deleted.push(...page.deleted);
    next = JSON.parse(JSON.stringify(page.cursor)) as FieldValue;
    if (!page.more) return { records, deleted, cursor: next };
  }
}

const patchOf = (record: Pick<SideRecord, 'id' | 'version' | 'values'>, values: Patch['values']): Patch => ({
  id: record.id,
  version: record.version,
  values,
  whole: { ...record.values, ...values },
});

async function make(values: Patch['values']) {
  const [made] = await contact.create(client, [{ marker: 'm', values }], options);
  if (!made?.ok) throw made?.error ?? new Error('not made');
  return { ...made, values: made.values ?? {} };
}

const paths = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = connected.exchanges.length;
  await work();
  return connected.exchanges.slice(before).map(({ method, url }) => `${method} ${new URL(url).pathname}`);
};

it('names the account that consented', () => {
  expect(connected.account.name).toBe('hugo.marchetti@atelier-lumen.example');
});

describe('reading', () => {
  it('shows contacts as the fields of a mapping, under ids that stay', async () => {
    const { records, deleted } = await readAll();
    expect([records.length, deleted]).toEqual([STANDING, []]);
    const found = records.find(({ values }) => values.emailAddresses === 'helene.delatour@clos-vert.example');
    expect(found).toMatchObject({
      id: expect.stringMatching(/^AAkALg/),
      label: 'Hélène de La Tour',
      values: {
        displayName: { given: 'Hélène', family: 'de La Tour' },
        businessPhones: '+33 4 65 71 20 02',
        companyName: 'Domaine du Clos Vert',
      },
    });
    // Every call asks for such ids: without it, another one comes.
    await act({ act: 'move', who: found?.id, to: 'family' });
    await act({ act: 'move', who: found?.id, to: 'contacts' });
    const again = await contact.read(client, { ids: [found?.id ?? ''], fields: FIELDS, options });
    expect(again).toMatchObject([{ id: found?.id, values: found?.values }]);
  });

  it('follows what was made, changed and deleted, each told once', async () => {
    const { cursor } = await readAll();
    const made = await make({ displayName: { given: 'Ève', family: 'Suivie' } });
    await act({ act: 'edit', who: made.id, contact: { companyName: 'Un' } });
    await act({ act: 'edit', who: made.id, contact: { companyName: 'Deux' } });
    const since = await readAll(cursor);
    expect(since.records).toMatchObject([
      { id: made.id, label: 'Ève Suivie', values: { companyName: 'Deux' } },
    ]);
    await act({ act: 'delete', who: made.id });
    expect(await readAll(since.cursor)).toMatchObject({ records: [], deleted: [made.id] });
    // It lies in the bin, where its id still finds it.
    expect(await client.getContacts([made.id])).toHaveLength(1);
    expect(await contact.read(client, { ids: [made.id], fields: FIELDS, options })).toEqual([]);
  });

  it('does not take a contact that lies in another folder for a deleted one', async () => {
    const made = await make({
      displayName: { given: 'Ève', family: 'Déplacée' },
      emailAddresses: 'eve@x.example',
    });
    const { cursor } = await readAll();
    await act({ act: 'move', who: made.id, to: 'family' });
    const moved = await readAll(cursor);
    expect(moved.deleted).toEqual([]);
    expect(moved.records).toMatchObject([
      { id: made.id, excluded: { en: expect.stringContaining('another folder') } },
    ]);
    const read = await contact.read(client, { ids: [made.id], fields: FIELDS, options });
    expect(read).toMatchObject([{ id: made.id, excluded: { fr: expect.stringContaining('dossier') } }]);
    await act({ act: 'move', who: made.id, to: 'contacts' });
    const back = await readAll(moved.cursor);
    expect(back.records.map(({ id, excluded }) => [id, excluded])).toEqual([[made.id, undefined]]);
    await contact.remove(client, [made.id], options);
  });

  it.each([410, 400])(
    'loses its place when its link is no good any more (%d), and reads all again',
    async (status) => {
      const { cursor } = await readAll();
      await act({ act: 'lose-links', status });
      expect((await failureOf(readAll(cursor))).kind).toBe('cursor-lost');
      expect((await readAll()).records).toHaveLength(STANDING);
    },
  );

  it('follows no link that leads elsewhere, and sends no token there', async () => {
    const asked = await paths(async () => {
      const elsewhere = {
        link: 'https://graph.microsoft.com.evil.example/v1.0/me/contacts/delta?$deltatoken=x',
      };
      expect((await failureOf(readAll(elsewhere))).kind).toBe('cursor-lost');
    });
    expect(asked).toEqual([]);
  });

  it('does not take an empty object, or a list that does not end, for an empty address book', async () => {
    for (const body of [{}, { value: [] }]) {
      await sandbox.fault('microsoft-contacts', { status: 200, body });
      expect((await failureOf(readAll())).kind).toBe('unknown');
    }
  });

  it('finds whom an address belongs to, whatever stands in it', async () => {
    const made = await make({
      displayName: { given: 'Ève', family: 'D’Or' },
      emailAddresses: "d'or&co@x.example",
    });
    expect((await client.findByAddress("D'or&co@x.example")).map(({ id }) => id)).toEqual([made.id]);
    expect(await client.findByAddress("' or 1 eq 1 or '")).toEqual([]);
    await contact.remove(client, [made.id], options);
  });

  it('tells a filter the categories by their names', async () => {
    const made = await make({
      displayName: { given: 'Ève', family: 'Classée' },
      categories: ['Client', 'Été'],
    });
    const [read] = await contact.read(client, {
      ids: [made.id],
      fields: FIELDS,
      options,
      facts: ['categories', 'displayName'],
    });
    expect(read?.facts?.values).toEqual({
      categories: [
        { id: 'Client', name: 'Client' },
        { id: 'Été', name: 'Été' },
      ],
      displayName: 'Ève Classée',
    });
    await contact.remove(client, [made.id], options);
  });
});

describe('writing', () => {
  it('keeps everything of a contact that no field shows', async () => {
    const made = await make({
      displayName: { given: 'Aux', family: 'Deux' },
      emailAddresses: 'un@x.example',
    });
    await act({
      act: 'edit',
      who: made.id,
      contact: {
        title: 'Dr',
        middleName: 'B.',
        emailAddresses: [
          { address: 'un@x.example', name: 'Aux' },
          { address: 'maison@x.example', name: 'Maison' },
        ],
        businessPhones: ['04 65 71 00 01', '04 65 71 00 02'],
        mobilePhone: '06 39 98 00 01',
        businessAddress: { street: '1 rue du Puits', city: 'Lyon' },
      },
    });
    const [record] = await contact.read(client, { ids: [made.id], fields: FIELDS, options });
    const patch = patchOf(record!, { emailAddresses: 'deux@x.example', businessPhones: '04 65 71 00 09' });
    const asked = await paths(async () => {
      expect(await contact.update(client, [patch], options)).toMatchObject([
        { ok: true, values: { emailAddresses: 'deux@x.example', businessPhones: '04 65 71 00 09' } },
      ]);
    });
    // One call reads what holds more than the mapping shows.
    expect(asked).toEqual(['POST /v1.0/$batch', 'POST /v1.0/$batch']);
    const [after] = await client.getContacts([made.id]);
    expect(after).toMatchObject({
      title: 'Dr',
      middleName: 'B.',
      emailAddresses: [
        { address: 'deux@x.example', name: 'Aux' },
        { address: 'maison@x.example', name: 'Maison' },
      ],
      businessPhones: ['04 65 71 00 09', '04 65 71 00 02'],
      mobilePhone: '06 39 98 00 01',
      businessAddress: { street: '1 rue du Puits', city: 'Lyon' },
    });
    await contact.remove(client, [made.id], options);
  });

  it('needs one call for twenty contacts that the fields show whole', async () => {
    const drafts = Array.from({ length: 20 }, (_, index) => ({
      marker: `many-${index}`,
      values: {
        displayName: { given: 'Parmi', family: `Autres ${index}` },
        emailAddresses: `${index}@many.example`,
        businessPhones: index % 2 ? '+33 4 65 71 00 03' : null,
        companyName: 'Foule',
      },
    }));
    let made: readonly WriteOutcome[] = [];
    const creating = await paths(async () => {
      made = await contact.create(client, drafts, options);
    });
    const patches = made.map((outcome, index): Patch => {
      if (!outcome.ok) throw outcome.error;
      const values: Patch['values'] =
        index % 3 === 0 ? { emailAddresses: `new-${index}@many.example` } : { companyName: 'Équipe' };
      return { id: outcome.id, version: outcome.version, values, whole: { ...outcome.values, ...values } };
    });
    let updated: readonly WriteOutcome[] = [];
    const updating = await paths(async () => {
      updated = await contact.update(client, patches, options);
    });
    expect(updated.map((one) => one.ok && one.values)).toEqual(patches.map(({ whole }) => whole));
    const ids = patches.map(({ id }) => id);
    const removing = await paths(() => contact.remove(client, ids, options));
    expect([...creating, ...updating, ...removing]).toEqual(Array(3).fill('POST /v1.0/$batch'));
    expect((await readAll()).records).toHaveLength(STANDING);
  });

  it('refuses a change that was computed from an older state, also of a contact that is read again', async () => {
    const { id, version, values } = await make({ displayName: { given: 'Deux', family: 'Mains' } });
    const first = patchOf({ id, version, values }, { companyName: 'Un' });
    expect(await contact.update(client, [first], options)).toMatchObject([{ ok: true }]);
    for (const old of [version, `${version} companyName`]) {
      const again = await contact.update(client, [{ ...first, version: old }], options);
      expect(again).toMatchObject([{ ok: false, error: { kind: 'conflict' } }]);
    }
    expect(await contact.update(client, [{ ...first, version: null }], options)).toMatchObject([
      { ok: true },
    ]);
    await contact.remove(client, [id], options);
    const gone = await contact.update(client, [{ ...first, id: 'AAkALgNobody', version: null }], options);
    expect(gone).toMatchObject([{ ok: false, error: { kind: 'gone' } }]);
  });

  it('empties a field, a name too, and fills the parts of an address', async () => {
    const values = {
      displayName: { given: 'Plein', family: 'Vide' },
      emailAddresses: 'plein@x.example',
      'businessAddress.street': '1 rue du Puits',
      'businessAddress.city': 'Lyon',
      jobTitle: 'Chef',
      personalNotes: 'Deux\nlignes',
      birthday: '1980-02-29',
      businessHomePage: 'https://x.example',
      categories: ['Client'],
    };
    const made = await make(values);
    expect(made.values).toEqual(values);
    const cleared = { ...Object.fromEntries(Object.keys(values).map((id) => [id, null])), nickName: 'Pl' };
    const [outcome] = await contact.update(
      client,
      [{ id: made.id, version: made.version, values: cleared, whole: { ...values, ...cleared } }],
      options,
    );
    expect(outcome).toMatchObject({ ok: true, values: { ...cleared, categories: [] } });
    await contact.remove(client, [made.id], options);
  });

  it('whose batch breaks down for one may have happened for each', async () => {
    await sandbox.fault('microsoft-contacts', {
      status: 200,
      body: {
        responses: [{ id: '0', status: 503, headers: {}, body: { error: { code: 'x', message: 'y' } } }],
      },
    });
    const error = await failureOf(make({ displayName: { given: 'Perdu', family: 'De vue' } }));
    expect(error).toMatchObject({ kind: 'retry-later', details: { mayHaveHappened: true } });
    // Of reading nothing can have happened.
    const read = await failureOf(client.getContacts(['AAkALg1']));
    expect(read.details.mayHaveHappened ?? false).toBe(false);
  });
});

describe('limits', () => {
  it('are waited for as long as Graph says, in seconds that need not be whole', async () => {
    await sandbox.fault('microsoft-contacts', { status: 429, retryAfter: 2.128 });
    const before = Date.now();
    const error = await failureOf(readAll());
    expect(error.kind).toBe('rate-limited');
    expect(error.details.retryAt).toBeGreaterThanOrEqual(before + 2_128);
    expect(error.details.retryAt).toBeLessThan(Date.now() + 2_200);
  });
});

/** Another program, or another of ours, is at the same mailbox: https://learn.microsoft.com/graph/throttling-limits */
it('has one of a batch wait that Graph had no room for, as long as it says, and takes the others as done', async () => {
  const limited = {
    id: '1',
    status: 429,
    headers: { 'Retry-After': '2.5' },
    body: {
      error: { code: 'ApplicationThrottled', message: 'Application is over its MailboxConcurrency limit.' },
    },
  };
  const made = {
    id: '0',
    status: 201,
    headers: {},
    body: { id: 'AAkALg0', '@odata.etag': 'W/"1"', surname: 'Un' },
  };
  await sandbox.fault('microsoft-contacts', { status: 200, body: { responses: [limited, made] } });
  const drafts = ['Un', 'Deux'].map((family) => ({
    marker: family,
    values: { displayName: { given: '', family } },
  }));
  const before = Math.floor(Date.now() / 1_000) * 1_000;
  const [first, second] = await contact.create(client, drafts, options);
  expect(first).toMatchObject({
    ok: true,
    id: 'AAkALg0',
    values: { displayName: { given: '', family: 'Un' } },
  });
  if (second?.ok !== false) throw new Error('it was taken as done');
  expect(second.error.kind).toBe('rate-limited');
  expect(second.error.details.mayHaveHappened ?? false).toBe(false);
  expect(second.error.details.retryAt).toBeGreaterThanOrEqual(before + 2_500);
  // What was to be read waits as a whole.
  expect((await failureOf(client.getContacts(['AAkALg0', 'AAkALg1']))).kind).toBe('rate-limited');
});

describe('subscriptions', () => {
  const heard: { query: URLSearchParams; body: string }[] = [];
  let answerOf: (token: string) => string;
  const listener = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://listener').searchParams;
    const token = query.get('validationToken');
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      heard.push({ query, body });
      listener.emit('heard');
      response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' });
      response.end(token === null ? '' : answerOf(token));
    });
  });
  let url: string;

  beforeAll(async () => {
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hooks/microsoft-contacts/key`;
  });
  beforeEach(() => {
    heard.length = 0;
    answerOf = (token) => token;
  });
  afterAll(() => {
    listener.closeAllConnections();
    listener.close();
  });

  const wish = (at = url) => ({ url: at, secret: 'state-of-ours', topics: contact.topics });
  const subscribe = (at?: string) => microsoftContacts.webhooks!.subscribe!(client, wish(at));

  it('are made once, renewed after, moved with Liaison’s address, and taken back', async () => {
    const [first] = await subscribe();
    expect(first).toMatchObject({ kind: 'body-token' });
    const week = (first?.expiresAt ?? 0) - Date.now();
    expect(week).toBeGreaterThan(6.9 * 86_400_000);
    expect(week).toBeLessThanOrEqual(7 * 86_400_000);
    // Both addresses are one, and are tried once each.
    expect(heard.map(({ query }) => query.has('validationToken'))).toEqual([true]);
    expect((await subscribe())[0]?.vendorId).toBe(first?.vendorId);
    const [moved] = await subscribe(url.replace('127.0.0.1', 'localhost'));
    expect(moved?.vendorId).not.toBe(first?.vendorId);
    expect((await sandbox.webhooks()).map(({ secret }) => secret)).toEqual(['state-of-ours']);
    const inspect = () => microsoftContacts.webhooks!.inspect!(client, wish(), [moved!]);
    expect(await inspect()).toEqual([{ is: 'changed', name: 'me/contacts' }]);
    await microsoftContacts.webhooks!.unsubscribe!(client, moved!);
    expect(await inspect()).toMatchObject([{ is: 'gone' }]);
    await microsoftContacts.webhooks!.unsubscribe!(client, moved!);
    expect(await sandbox.webhooks()).toEqual([]);
  });

  it('are refused by Graph where its token does not come back', async () => {
    answerOf = (token) => `${token}!`;
    expect(await failureOf(subscribe())).toMatchObject({
      kind: 'rejected',
      details: { vendorMessage: expect.stringContaining('validation') },
    });
  });

  it('of the same person are not made twice: who comes second asks what changed', async () => {
    const [first] = await subscribe();
    const asked = await paths(async () => {
      const [second] = await subscribe(`${url}-of-another-connection`);
      expect(second).toMatchObject({
        vendorId: expect.stringContaining(first?.vendorId ?? ''),
        expiresAt: expect.any(Number),
      });
      // It is not that one's to end, nor to be told of.
      await microsoftContacts.webhooks!.unsubscribe!(client, second!);
      expect(await microsoftContacts.webhooks!.inspect!(client, wish(), [second!])).toEqual([]);
    });
    expect(asked).toEqual(['GET /v1.0/subscriptions']);
    expect(await sandbox.webhooks()).toHaveLength(1);
    await microsoftContacts.webhooks!.unsubscribe!(client, first!);
    // Once that has ended, the second has one of its own.
    const [own] = await subscribe(`${url}-of-another-connection`);
    expect((await sandbox.webhooks()).map(({ url: at }) => at)).toEqual([`${url}-of-another-connection`]);
    await microsoftContacts.webhooks!.unsubscribe!(client, own!);
  });

  it('tell what a person does, with the state that they were given, and what becomes of themselves', async () => {
    const [first] = await subscribe();
    heard.length = 0;
    const told = once(listener, 'heard');
    await act({ act: 'create', contact: { givenName: 'Ève', surname: 'Annoncée' } });
    await told;
    const delivery = JSON.parse(heard[0]?.body ?? '') as Record<string, unknown>;
    expect(microsoftContacts.webhooks!.read(delivery, {})).toMatchObject([
      { key: expect.stringContaining(':created:'), topic: 'contacts.changed', recordId: null },
    ]);
    expect(delivery).toMatchObject({
      value: [{ clientState: 'state-of-ours', subscriptionId: first?.vendorId }],
    });
    heard.length = 0;
    const lapsed = once(listener, 'heard');
    await act({ act: 'lifecycle', event: 'reauthorizationRequired' });
    await lapsed;
    const lifecycle = JSON.parse(heard[0]?.body ?? '') as Record<string, unknown>;
    expect(microsoftContacts.webhooks!.read(lifecycle, {})?.map(({ topic }) => topic)).toEqual([
      'subscription.lapsing',
      'contacts.changed',
    ]);
    await microsoftContacts.webhooks!.unsubscribe!(client, first!);
  });

  it('tell of a contact that is taken back out of the deleted items', async () => {
    const [first] = await subscribe();
    const made = await make({ displayName: { given: 'Io', family: 'Revenue' } });
    const { cursor } = await readAll();
    await contact.remove(client, [made.id], options);
    expect((await readAll(cursor)).deleted).toEqual([made.id]);
    heard.length = 0;
    const told = once(listener, 'heard');
    await act({ act: 'move', who: made.id, to: 'contacts' });
    await told;
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({ value: [{ changeType: 'created' }] });
    expect((await readAll(cursor)).records.map(({ id }) => id)).toEqual([made.id]);
    await microsoftContacts.webhooks!.unsubscribe!(client, first!);
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(connected.exchanges)).toEqual(['graph.microsoft.com']);
});

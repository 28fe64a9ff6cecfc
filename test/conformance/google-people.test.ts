import type { GooglePeopleClient } from '../../server/connectors/google-people/client.ts';
import { googlePeople } from '../../server/connectors/google-people/connector.ts';
import { person } from '../../server/connectors/google-people/person-object.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import type { FieldValue, Patch, SideRecord, WriteOutcome } from '../../server/core/sync-object.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const FIELDS = ['names', 'emailAddresses', 'phoneNumbers', 'organizations.name'];
const MASK = 'names,emailAddresses,phoneNumbers,metadata';
const options = {};
let sandbox: OpenSandbox;
let connected: Connected<GooglePeopleClient>;
let client: GooglePeopleClient;

beforeAll(async () => {
  sandbox = await openSandbox('google-people', { only: ['google-accounts', 'google-people'] });
  connected = await sandbox.connect(googlePeople);
  client = connected.client;
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.fault('google-people', null));

const failureOf = (call: Promise<unknown>): Promise<LiaisonError> =>
  call.then(() => {
    throw new Error('nothing failed');
  }, asLiaisonError);

/** Everything, or what changed: page by page to the end, as an engine reads it. */
async function readAll(cursor: FieldValue = null, fields = FIELDS) {
  const records: SideRecord[] = [];
  const deleted: string[] = [];
  for (let next = cursor; ; ) {
    const page = await person.changes(client, { cursor: next, fields, options });
    records.push(...page.records);
    deleted.push(...page.deleted);
    next = page.cursor;
    if (!page.more) return { records, deleted, cursor: next };
  }
}

async function byMail(mail: string): Promise<SideRecord> {
  const found = (await readAll()).records.find(({ values }) => values.emailAddresses === mail);
  if (!found) throw new Error(`nobody has ${mail}`);
  return found;
}

const patchOf = (record: SideRecord, values: Patch['values']): Patch => ({
  id: record.id,
  version: record.version,
  values,
  whole: { ...record.values, ...values },
});

async function make(values: Patch['values'], marker = 'm-1'): Promise<WriteOutcome & { ok: true }> {
  const [made] = await person.create(client, [{ marker, values }], options);
  if (!made?.ok) throw new Error('not made');
  return made;
}

const calls = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = connected.exchanges.length;
  await work();
  return connected.exchanges.slice(before).map(({ url }) => new URL(url).pathname);
};

it('names the account that consented', () => {
  expect(connected.account.name).toBe('hugo.marchetti@atelier-lumen.example');
});

describe('reading', () => {
  it('shows contacts as the fields of a mapping, with what people call them', async () => {
    const { records, deleted } = await readAll();
    expect([records.length, deleted]).toEqual([60, []]);
    expect(await byMail('helene.delatour@clos-vert.example')).toMatchObject({
      id: expect.stringMatching(/^people\/c\d+$/),
      label: 'Hélène de La Tour',
      values: {
        names: { given: 'Hélène', family: 'de La Tour' },
        phoneNumbers: '+33 4 65 71 20 02',
        'organizations.name': 'Domaine du Clos Vert',
      },
    });
  });

  it('follows what was made, changed and deleted', async () => {
    const { cursor } = await readAll();
    const made = await make({ names: { given: 'Ève', family: 'Suivie' } }, 'm-followed');
    const since = await readAll(cursor);
    expect(since.records).toMatchObject([{ id: made.id, marker: 'm-followed', label: 'Ève Suivie' }]);
    await person.remove(client, [made.id], options);
    expect(await readAll(since.cursor)).toMatchObject({ records: [], deleted: [made.id] });
    expect(await person.read(client, { ids: [made.id], fields: FIELDS, options })).toEqual([]);
  });

  it('loses its place when the sync token expires, or when the mapping names other fields', async () => {
    const { cursor } = await readAll();
    expect((await failureOf(readAll(cursor, ['names', 'nicknames']))).kind).toBe('cursor-lost');
    await fetch(`${sandbox.url}/_sandbox/expire/google-people`, { method: 'POST' });
    expect((await failureOf(readAll(cursor))).kind).toBe('cursor-lost');
    expect((await readAll()).records).toHaveLength(60);
  });

  it('does not take an empty object for an empty address book', async () => {
    await sandbox.fault('google-people', { status: 200, body: {} });
    expect((await failureOf(readAll())).kind).toBe('unknown');
  });
});

describe('writing', () => {
  it('keeps everything of a contact that no field shows', async () => {
    const { id } = await make({
      names: { given: 'Aux', family: 'Deux Adresses' },
      emailAddresses: 'un@x.example',
    });
    const [before] = await client.getPeople([id], MASK);
    const rich = {
      names: [{ honorificPrefix: 'Dr', givenName: 'Aux', middleName: 'B.', familyName: 'Deux Adresses' }],
      emailAddresses: [
        { value: 'maison@x.example', type: 'home' },
        { value: 'un@x.example', type: 'work', metadata: { sourcePrimary: true } },
      ],
      phoneNumbers: [
        { value: '06 39 98 00 01', type: 'mobile' },
        { value: '04 65 71 00 01', type: 'home' },
        { value: '04 65 71 00 09', type: 'homeFax' },
      ],
    };
    const etag = before?.metadata?.sources?.[0]?.etag ?? '';
    const updateMask = 'names,emailAddresses,phoneNumbers';
    await client.updatePeople(new Map([[id, { etag, change: rich }]]), { updateMask, readMask: MASK });

    const record = await byMail('un@x.example');
    expect(record.values).toMatchObject({
      names: { given: 'Aux B.', family: 'Deux Adresses' },
      phoneNumbers: '04 65 71 00 01',
    });
    const patch = patchOf(record, { emailAddresses: 'deux@x.example', phoneNumbers: '04 65 71 00 02' });
    const [outcome] = await person.update(client, [patch], options);
    expect(outcome).toMatchObject({ ok: true, values: { emailAddresses: 'deux@x.example' } });
    const [after] = await client.getPeople([id], MASK);
    expect(after?.names?.[0]).toMatchObject(rich.names[0]!);
    expect(after?.emailAddresses?.map(({ value, type }) => [value, type])).toEqual([
      ['maison@x.example', 'home'],
      ['deux@x.example', 'work'],
    ]);
    expect(after?.phoneNumbers?.map(({ value, type }) => [value, type])).toEqual([
      ['06 39 98 00 01', 'mobile'],
      ['04 65 71 00 02', 'home'],
      ['04 65 71 00 09', 'homeFax'],
    ]);
    await person.remove(client, [id], options);
  });

  it('needs one call for contacts that the fields show whole, one more for those that hold more', async () => {
    const drafts = Array.from({ length: 200 }, (_, index) => ({
      marker: `many-${index}`,
      values: {
        names: { given: 'Parmi', family: `Autres ${index}` },
        emailAddresses: `${index}@many.example`,
        phoneNumbers: index % 2 ? '+33 4 65 71 00 03' : null,
        'organizations.name': 'Foule',
      },
    }));
    let made: readonly WriteOutcome[] = [];
    const creating = await calls(async () => {
      made = await person.create(client, drafts, options);
    });
    expect(creating).toEqual(['/v1/people:batchCreateContacts']);
    const patches = made.map((outcome, index): Patch => {
      if (!outcome.ok) throw outcome.error;
      const values: Patch['values'] =
        index % 3 === 0
          ? { emailAddresses: `new-${index}@many.example` }
          : { 'organizations.name': 'Équipe' };
      return { id: outcome.id, version: outcome.version, values, whole: { ...outcome.values, ...values } };
    });
    let updated: readonly WriteOutcome[] = [];
    const updating = await calls(async () => {
      updated = await person.update(client, patches, options);
    });
    expect(updating).toEqual(['/v1/people:batchUpdateContacts']);
    expect(updated.map((outcome) => outcome.ok && outcome.values)).toEqual(patches.map(({ whole }) => whole));
    const removing = await calls(() =>
      person.remove(
        client,
        patches.map(({ id }) => id),
        options,
      ),
    );
    expect(removing).toEqual(['/v1/people:batchDeleteContacts']);
  });

  it('tells the wrong ones of a batch apart, and writes the others once', async () => {
    const values = (index: number) => ({
      names: { given: 'Bon', family: `Numéro ${index}` },
      birthdays: index === 1 ? '2026-02-30' : null,
    });
    const drafts = [0, 1, 2].map((index) => ({ marker: `b-${index}`, values: values(index) }));
    const made = await person.create(client, drafts, options);
    expect(made.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(made[1]).toMatchObject({ error: { kind: 'rejected', details: { field: 'birthdays' } } });
    const lines = await sandbox.ledger('google-people');
    expect(lines.filter(({ marker }) => marker?.startsWith('b-')).map(({ marker }) => marker)).toEqual([
      'b-0',
      'b-2',
    ]);

    const records = (await readAll()).records.filter(({ values: held }) =>
      JSON.stringify(held).includes('Numéro'),
    );
    const patches = records.map((record) => patchOf(record, { emailAddresses: 'bon@x.example' }));
    const stale = { ...patches[0]!, version: '#old' };
    const gone = { ...patches[0]!, id: 'people/c1' };
    const outcomes = await person.update(client, [stale, gone, patches[1]!], options);
    expect(outcomes.map((one) => (one.ok ? 'ok' : one.error.kind))).toEqual(['conflict', 'gone', 'ok']);
    await person.remove(client, [...records.map(({ id }) => id), 'people/c1'], options);
    expect((await readAll()).records).toHaveLength(60);
  });

  it('refuses a change that was computed from an older state, also of a contact that is read again', async () => {
    const { id, version } = await make({ names: { given: 'Deux', family: 'Mains' } });
    const fuller = `${version} emailAddresses`;
    const first = { id, version, values: { emailAddresses: 'a@x.example' }, whole: {} };
    const whole = { names: { given: 'Deux', family: 'Mains' }, emailAddresses: 'a@x.example' };
    expect(await person.update(client, [{ ...first, whole }], options)).toMatchObject([{ ok: true }]);
    for (const old of [version, fuller]) {
      const again = await person.update(client, [{ ...first, version: old, whole }], options);
      expect(again).toMatchObject([{ ok: false, error: { kind: 'conflict' } }]);
    }
    const free = await person.update(client, [{ ...first, version: null, whole }], options);
    expect(free).toMatchObject([{ ok: true }]);
    await person.remove(client, [id], options);
  });

  it('empties a field, a name too, and fills the parts of an address', async () => {
    const values = {
      names: { given: 'Plein', family: 'Vide' },
      emailAddresses: 'plein@x.example',
      'addresses.streetAddress': '1 rue du Puits',
      'addresses.city': 'Lyon',
      'organizations.title': 'Chef',
      biographies: 'Deux\nlignes',
      birthdays: '1980-02-29',
      urls: 'https://x.example',
    };
    const made = await make(values);
    expect(made.values).toEqual(values);
    const cleared = { ...Object.fromEntries(Object.keys(values).map((id) => [id, null])), nicknames: 'Pl' };
    const whole = { ...values, ...cleared };
    const [outcome] = await person.update(
      client,
      [{ id: made.id, version: made.version, values: cleared, whole }],
      options,
    );
    expect(outcome).toMatchObject({ ok: true, values: cleared });
    await person.remove(client, [made.id], options);
  });

  it('has its mutations come one after the other, however they are asked for', async () => {
    const made = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        make({ names: { given: 'Un', family: `à un ${index}` } }, `s-${index}`),
      ),
    );
    await Promise.all(made.map(({ id }) => person.remove(client, [id], options)));
    expect((await sandbox.state('google-people'))['overlapping mutations']).toBeUndefined();
  });
});

describe('faults', () => {
  it('of a batch whose answer is lost are told as something that may have happened', async () => {
    await sandbox.fault('google-people', { commitThenFail: '500', methods: ['POST'], count: 1 });
    const error = await failureOf(make({ names: { given: 'Perdu', family: 'De vue' } }, 'm-lost'));
    expect(error).toMatchObject({ kind: 'retry-later', details: { mayHaveHappened: true } });
    const made = (await readAll()).records.filter(({ marker }) => marker === 'm-lost');
    expect(made).toHaveLength(1);
    await person.remove(
      client,
      made.map(({ id }) => id),
      options,
    );
  });

  it('are not tried again by Google’s own client, nor taken for contacts at fault', async () => {
    await sandbox.fault('google-people', { status: 429 });
    const asked = await calls(async () => {
      expect((await failureOf(readAll())).kind).toBe('rate-limited');
      expect((await failureOf(make({ names: null }))).kind).toBe('rate-limited');
    });
    expect(asked).toHaveLength(2);
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(connected.exchanges).sort()).toEqual(['people.googleapis.com', 'www.googleapis.com']);
});

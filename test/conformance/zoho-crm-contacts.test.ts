import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { contacts, leads } from '../../server/connectors/zoho-crm/sync-objects.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import type { FieldValue, FieldValues, ObjectOptions, SideRecord } from '../../server/core/sync-object.ts';
import { type Connected, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const FIELDS = ['Full_Name', 'Email', 'Phone', 'Account_Name', 'Title', 'Email_Opt_Out'];
let sandbox: OpenSandbox;
let crm: Connected<ZohoCrmClient>;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-crm-contacts', { only: ['zoho-accounts', 'zoho-crm'] });
  crm = await sandbox.connect(zohoCrm);
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );

async function look(cursor: FieldValue, fields = FIELDS) {
  const records: SideRecord[] = [];
  const deleted: string[] = [];
  let pages = 0;
  let next = cursor;
  for (let more = true; more; pages += 1) {
    const page = await contacts.changes(crm.client, { cursor: next, fields, options: {} });
    records.push(...page.records);
    deleted.push(...page.deleted);
    next = page.cursor;
    more = page.more;
  }
  return { records, deleted, cursor: next, pages };
}

const read = async (ids: readonly string[], fields = FIELDS) =>
  contacts.read(crm.client, { ids, fields, options: {} });

async function create(values: readonly FieldValues[], options: ObjectOptions = {}) {
  const drafts = values.map((one, index) => ({ marker: `marker-${index}`, values: one }));
  return contacts.create(crm.client, drafts, options);
}

async function createOne(values: FieldValues, options: ObjectOptions = {}): Promise<string> {
  const [outcome] = await create([values], options);
  if (!outcome?.ok) throw outcome?.error ?? new Error('nothing came back');
  return outcome.id;
}

const named = (family: string): FieldValues => ({ Full_Name: { given: 'Test', family } });

describe('the fields of contacts', () => {
  it('are the vendor’s usual ones, in words of both languages, and the organisation’s own', async () => {
    await crm.client.ensureFields('Contacts', [{ label: 'Birth place', type: 'text', length: 50 }]);
    const fields = new Map((await contacts.fields(crm.client, {})).map((field) => [field.id, field]));
    expect(fields.get('Full_Name')).toMatchObject({ kind: 'name', required: true, titles: { fr: 'Nom' } });
    expect(fields.get('Email')).toMatchObject({ kind: 'email', maxLength: 100 });
    expect(fields.get('Phone')).toMatchObject({ kind: 'phone' });
    expect(fields.get('Account_Name')).toMatchObject({ kind: 'company', titles: { fr: 'Compte' } });
    expect(fields.get('Account_Name')?.readOnly).toBeUndefined();
    expect(fields.get('Email_Opt_Out')?.kind).toBe('consent');
    expect(fields.get('Lead_Source')?.choices).toContain('Web Site');
    expect(fields.get('Date_of_Birth')?.kind).toBe('date');
    expect(fields.get('Description')?.kind).toBe('long-text');
    expect(fields.get('Modified_Time')?.readOnly).toBe(true);
    expect(fields.get('Birth_place')).toMatchObject({
      kind: 'text',
      maxLength: 50,
      titles: { en: 'Birth place' },
    });
    expect(fields.has('id')).toBe(false);
  });

  it('are made of the kind that is to be held, once, and then take its values', async () => {
    const wishes = [
      { name: 'Mailchimp ouvertures', kind: 'number' },
      { name: 'Dernière ouverture', kind: 'date' },
      { name: 'Dernière campagne', kind: 'text' },
    ] as const;
    const ids = [...((await contacts.makeFields?.(crm.client, wishes)) ?? [])];
    expect(await contacts.makeFields?.(crm.client, wishes)).toEqual(ids);
    const fields = new Map((await contacts.fields(crm.client, {})).map((field) => [field.id, field]));
    expect(ids.map((id) => [fields.get(id)?.titles.fr, fields.get(id)?.kind])).toEqual(
      wishes.map(({ name, kind }) => [name, kind]),
    );
    const [opens = '', on = '', campaign = ''] = ids;
    const values = { [opens]: 3, [on]: '2026-11-24', [campaign]: 'Lettre de novembre' };
    const id = await createOne({ ...named('Lectrice'), ...values });
    const [record] = await read([id], ids);
    expect(record?.values).toEqual(values);
  });

  it('of leads have the company as a field of their own', async () => {
    const fields = await leads.fields(crm.client, {});
    expect(fields.find((field) => field.id === 'Company')?.kind).toBe('company');
    expect(fields.find((field) => field.id === 'Account_Name')).toBeUndefined();
  });
});

describe('following contacts', () => {
  it('lists everyone first, with values and labels, in calls of two thousand', async () => {
    const before = crm.exchanges.length;
    const { records, deleted } = await look(null);
    expect(crm.exchanges.length - before).toBe(1);
    expect(deleted).toEqual([]);
    const { Contacts: held = [] } = await sandbox.state('zoho-crm');
    expect(records.map((record) => record.id).sort()).toEqual(held.map((row) => String(row.id)).sort());
    const one = records.find((record) => record.values.Account_Name === 'Boulangerie Pélissier');
    expect(one?.version).toMatch(/^\d{4}-/);
    expect(one?.label).toBe(Object.values(one?.values.Full_Name ?? {}).join(' '));
  });

  it('finds all of many that were stamped in the same second, over page borders, and few calls later none', async () => {
    const { cursor } = await look(null);
    const ids: string[] = [];
    for (let batch = 0; batch < 5; batch += 1) {
      const outcomes = await create(
        Array.from({ length: 100 }, (_, index) => named(`Lot ${batch}-${index}`)),
      );
      ids.push(...outcomes.map((outcome) => (outcome.ok ? outcome.id : 'failed')));
    }
    const before = crm.exchanges.length;
    const seen = await look(cursor, ['Full_Name']);
    const found = new Set(seen.records.map((record) => record.id));
    expect(ids.filter((id) => !found.has(id))).toEqual([]);
    // A small page, a large one, and the deletions.
    expect(crm.exchanges.length - before).toBe(3);
  });

  it('sees a record again that changes between two pages of a look', async () => {
    const { cursor } = await look(null);
    for (const lot of ['A', 'B', 'C']) {
      await create(Array.from({ length: 100 }, (_, index) => named(`${lot} ${index}`)));
    }
    const first = await contacts.changes(crm.client, { cursor, fields: ['Title'], options: {} });
    expect(first.more).toBe(true);
    const [early] = first.records;
    const patch = { id: early?.id ?? '', version: null, values: { Title: 'Entre deux pages' }, whole: {} };
    expect(await contacts.update(crm.client, [patch], {})).toMatchObject([{ ok: true }]);
    const rest = await look(first.cursor, ['Title']);
    const next = await look(rest.cursor, ['Title']);
    const later = [...rest.records, ...next.records].filter((record) => record.id === early?.id);
    expect(later.some((record) => record.values.Title === 'Entre deux pages')).toBe(true);
  });

  it('tells of deletions by their own cursor, and of nothing that was deleted long before', async () => {
    const gone = await createOne(named('Partie'));
    const { cursor } = await look(null);
    await contacts.remove(crm.client, [gone], {});
    const seen = await look(cursor);
    expect(seen.deleted).toContain(gone);
    expect((await look(null)).deleted).toEqual([]);
  });

  it.each<[string, FieldValue]>([
    ['of another shape', { page: 3 }],
    ['that is no moment', { phase: 'since', from: 'yesterday', place: null, deletedFrom: 'yesterday' }],
    [
      'far in the future',
      {
        phase: 'since',
        from: '2999-01-01T00:00:00+00:00',
        place: null,
        deletedFrom: '2999-01-01T00:00:00+00:00',
      },
    ],
  ])('says that a cursor is lost: one %s', async (_what, cursor) => {
    const failing = Promise.resolve().then(() =>
      contacts.changes(crm.client, { cursor, fields: ['Email'], options: {} }),
    );
    expect((await failureOf(failing)).kind).toBe('cursor-lost');
  });
});

describe('writing contacts', () => {
  it('answers for each of a batch, in order, with the field and Zoho’s own words', async () => {
    const outcomes = await create([
      { ...named('Bon'), Email: 'bon@example.com' },
      { Email: 'sans.nom@example.com' },
      { ...named('Faux'), Email: 'no address' },
      named('Bon aussi'),
    ]);
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, false, true]);
    const errors = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
    expect(errors.map((error) => [error.kind, error.details.field])).toEqual([
      ['rejected', 'Last_Name'],
      ['rejected', 'Email'],
    ]);
    expect(errors[0]?.details.vendorMessage).toContain('MANDATORY_NOT_FOUND');
    const [first, , , last] = outcomes;
    const ids = [first, last].map((outcome) => (outcome?.ok ? outcome.id : ''));
    const records = new Map((await read(ids)).map((record) => [record.id, record]));
    expect(ids.map((id) => records.get(id)?.label)).toEqual(['Test Bon', 'Test Bon aussi']);
    expect(first?.ok && first.version).toBe(records.get(ids[0] ?? '')?.version);
  });

  it('is read back as it was given, and only what changes is written', async () => {
    const values = {
      Full_Name: { given: 'Anaïs', family: 'Œuvrard' },
      Email: 'anais@example.com',
      Phone: '06 12 34 56 78',
    };
    const id = await createOne({ ...values, Title: 'Gérante', Email_Opt_Out: true });
    expect((await read([id]))[0]?.values).toEqual({
      ...values,
      Title: 'Gérante',
      Account_Name: null,
      Email_Opt_Out: true,
    });
    const patch = { id, version: null, values: { Title: null, Phone: '07 00 00 00 00' }, whole: {} };
    expect(await contacts.update(crm.client, [patch], {})).toMatchObject([{ ok: true, id }]);
    expect((await read([id]))[0]?.values).toMatchObject({ ...values, Phone: '07 00 00 00 00', Title: null });
  });

  it('gives a name of one part to the family, which Zoho requires', async () => {
    const id = await createOne({ Full_Name: { given: 'Sophie', family: '' } });
    expect((await read([id]))[0]?.values.Full_Name).toEqual({ given: '', family: 'Sophie' });
  });

  it('sets off none of the CRM’s own rules', async () => {
    const before = crm.exchanges.length;
    await createOne(named('Silence'));
    const body = String(crm.exchanges[before]?.requestBody ?? '');
    expect(JSON.parse(body)).toMatchObject({ trigger: [] });
  });

  it('says of a record that is gone that it is, and removes one twice without harm', async () => {
    const id = await createOne(named('Bientôt partie'));
    const other = await createOne(named('Qui reste'));
    expect(await contacts.remove(crm.client, [id], {})).toMatchObject([{ ok: true, id }]);
    expect(await contacts.remove(crm.client, [id, '487687600000999999'], {})).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
    const patch = (one: string) => ({ id: one, version: null, values: { Title: 'x' }, whole: {} });
    const outcomes = await contacts.update(crm.client, [patch(id), patch(other)], {});
    expect(outcomes).toMatchObject([{ ok: false, error: { kind: 'gone' } }, { ok: true }]);
    expect((await read([id, other])).map((record) => record.id)).toEqual([other]);
  });

  it('that may have happened says so', async () => {
    await sandbox.fault('zoho-crm', { commitThenFail: '500', count: 1 });
    const error = await failureOf(create([named('Peut-être')]));
    await sandbox.fault('zoho-crm', null);
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
  });
});

describe('the account of a contact', () => {
  const accountsNamed = async (name: string) =>
    ((await sandbox.state('zoho-crm')).Accounts ?? []).filter((row) => row.Account_Name === name);

  const { companions } = contacts;
  if (companions === undefined) throw new Error('contacts have accounts beside them');
  /** As the engine does it: what is missing is made first. */
  async function withAccounts(values: readonly FieldValues[]) {
    const names = values.map((one) => companions?.wanted(one, { createAccounts: true }) ?? '');
    const firstOf = names.toReversed().map((name) => [companions?.key(name), name] as const);
    const wanted = [...new Map(firstOf).values()];
    const found = (await companions?.find(crm.client, wanted)) ?? [];
    const missing = wanted.filter((_, index) => found[index]?.kind === 'none');
    const made = missing.length === 0 ? [] : await companions?.make(crm.client, missing);
    expect((await create(values)).every(({ ok }) => ok)).toBe(true);
    return made;
  }

  it('is the one of that name, whatever its case and its quotes', async () => {
    await crm.client.create('Accounts', [{ Account_Name: "L'Atelier d’Été" }], []);
    const outcomes = await create([
      { ...named('Un'), Account_Name: " l'atelier d’été " },
      { ...named('Deux'), Account_Name: 'Boulangerie Pélissier' },
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, values: { Account_Name: "L'Atelier d’Été" } },
      { ok: true, values: { Account_Name: 'Boulangerie Pélissier' } },
    ]);
    const ids = outcomes.map((outcome) => (outcome.ok ? outcome.id : ''));
    const held = (await read(ids)).map((record) => record.values.Account_Name);
    expect(held.sort()).toEqual(['Boulangerie Pélissier', "L'Atelier d’Été"]);
  });

  it('is made once for all of a batch, when told to', async () => {
    const before = crm.exchanges.length;
    const values = Array.from({ length: 100 }, (_, index) => ({
      ...named(`Filiale ${index}`),
      Account_Name: index % 2 === 0 ? 'Filiales SA' : ' filiales  sa ',
    }));
    expect(await withAccounts(values)).toMatchObject([{ ok: true, companion: { name: 'Filiales SA' } }]);
    // Looked for, made, and the contacts.
    expect(crm.exchanges.length - before).toBe(3);
    expect(await withAccounts(values.slice(0, 2))).toEqual([]);
    expect(crm.exchanges.length - before).toBe(4);
    expect(await accountsNamed('Filiales SA')).toHaveLength(1);
  });

  it('is left blank for a new contact, and as it is for another one, when none is to be made', async () => {
    const [made] = await create([{ ...named('Sans compte'), Account_Name: 'Inconnue' }]);
    expect(made).toMatchObject({ ok: true, values: { Account_Name: null } });
    const id = await createOne({ ...named('Avec'), Account_Name: 'Boulangerie Pélissier' });
    const patch = { id, version: null, values: { Account_Name: 'Inconnue', Title: 'Chef' }, whole: {} };
    const [kept] = await contacts.update(crm.client, [patch], {});
    expect(kept).toMatchObject({
      ok: true,
      id,
      values: { Account_Name: 'Boulangerie Pélissier' },
      leftAlone: ['Account_Name'],
    });
    expect((await read([id]))[0]?.values).toMatchObject({
      Account_Name: 'Boulangerie Pélissier',
      Title: 'Chef',
    });
    expect(await accountsNamed('Inconnue')).toEqual([]);
    const alone = { id, version: null, values: { Account_Name: 'Inconnue' }, whole: {} };
    expect(await contacts.update(crm.client, [alone], {})).toMatchObject([
      { ok: true, id, values: { Account_Name: 'Boulangerie Pélissier' } },
    ]);
  });

  it('that cannot be made fails its contact only', async () => {
    const long = 'x'.repeat(201);
    const fields = await contacts.fields(crm.client, { createAccounts: true });
    expect(fields.find(({ id }) => id === 'Account_Name')?.maxLength).toBe(200);
    expect(await companions.make(crm.client, [long, 'Courte et bonne'])).toMatchObject([
      { ok: false, error: { kind: 'rejected', details: { field: 'Account_Name' } } },
      { ok: true },
    ]);
  });

  it('is told, not guessed, where several have its name; the rest of the batch is written', async () => {
    await crm.client.create('Accounts', [{ Account_Name: 'Jumelle' }, { Account_Name: 'JUMELLE' }], []);
    expect(await companions.find(crm.client, [' jumelle '])).toEqual([{ kind: 'several' }]);
    const outcomes = await create([{ ...named('Double'), Account_Name: 'Jumelle' }, named('Simple')]);
    expect(outcomes).toMatchObject([
      { ok: false, error: { kind: 'rejected', details: { field: 'Account_Name' } } },
      { ok: true },
    ]);
  });

  it('is found by the name in a list or in JSON, and never called by the JSON', async () => {
    const id = await createOne({ ...named('Crochets'), Account_Name: '["Boulangerie Pélissier"]' });
    expect((await read([id]))[0]?.values.Account_Name).toBe('Boulangerie Pélissier');
    const options = { createAccounts: true };
    for (const name of ['["ACME"]', '{"name":"ACME"}', ['ACME'], { name: ' ACME ' }]) {
      expect(companions.wanted({ Account_Name: name }, options)).toBe('ACME');
    }
    for (const name of ['["ACME","Autre"]', '[]', ' ', null, ['A', 'B']]) {
      expect(companions.wanted({ Account_Name: name }, options)).toBeNull();
    }
    expect(companions.wanted({ Account_Name: '[Atelier]' }, options)).toBe('[Atelier]');
    expect(companions.wanted({ Account_Name: 'ACME' }, {})).toBeNull();
    // Several names are no reason to take the account away that stands.
    const patch = { id, version: null, values: { Account_Name: '["A","B"]' }, whole: {} };
    expect(await contacts.update(crm.client, [patch], {})).toMatchObject([
      { ok: false, error: { details: { field: 'Account_Name' } } },
    ]);
    expect((await read([id]))[0]?.values.Account_Name).toBe('Boulangerie Pélissier');
  });

  it('goes again when it is as it was made and nothing uses it, and stays with the reason otherwise', async () => {
    const uses = ['Libre', 'Modifié', 'Contact', 'Affaire', 'Mère', 'Rendez-vous', 'Partie'];
    const made = (await companions.make(crm.client, uses)).map((one) => {
      if (!one.ok) throw one.error;
      return one.companion;
    });
    const of = (name: string): string => made.find((one) => one.name === name)?.id ?? '';
    await new Promise((done) => setTimeout(done, 1_100));
    await crm.client.update('Accounts', [{ id: of('Modifié'), Phone: '01 23 45 67 89' }], []);
    await create([{ ...named('Usager'), Account_Name: 'Contact' }]);
    const deal = { Deal_Name: 'Une', Stage: 'Qualification', Account_Name: { id: of('Affaire') } };
    await crm.client.createOne('Deals', deal, []);
    await crm.client.createOne('Accounts', { Account_Name: 'Fille', Parent_Account: { id: of('Mère') } }, []);
    const meeting = {
      Event_Title: 'Visite',
      Start_DateTime: '2026-12-01T10:00:00+01:00',
      End_DateTime: '2026-12-01T11:00:00+01:00',
      What_Id: { id: of('Rendez-vous') },
      $se_module: 'Accounts',
    };
    await crm.client.createOne('Events', meeting, []);
    await crm.client.remove('Accounts', [of('Partie')]);
    const reasons = await companions.remove(crm.client, made);
    expect(reasons.map((reason) => reason?.fr ?? null)).toEqual([
      null,
      expect.stringContaining('modifié'),
      expect.stringContaining('un contact'),
      expect.stringContaining('une affaire'),
      expect.stringContaining('un autre compte'),
      expect.stringContaining('une réunion'),
      null,
    ]);
    expect(await accountsNamed('Libre')).toEqual([]);
    expect(await accountsNamed('Mère')).toHaveLength(1);
    // Where the version was not told, the moment of the creation tells.
    const [again] = await companions.make(crm.client, ['Sans version']);
    if (!again?.ok) throw again?.error;
    expect(await companions.remove(crm.client, [{ ...again.companion, version: null }])).toEqual([null]);
  });

  it('goes when its company is cleared', async () => {
    const id = await createOne({ ...named('Indépendante'), Account_Name: 'Boulangerie Pélissier' });
    await contacts.update(crm.client, [{ id, version: null, values: { Account_Name: null }, whole: {} }], {});
    expect((await read([id]))[0]?.values.Account_Name).toBeNull();
  });
});

describe('leads', () => {
  it('are followed and written the same way', async () => {
    const values = { ...named('Prospect'), Company: 'Café & Cie' };
    const [made] = await leads.create(crm.client, [{ marker: 'm', values }], {});
    const ids = made?.ok ? [made.id] : [];
    const wish = { fields: ['Full_Name', 'Company'], options: {} };
    expect(await leads.read(crm.client, { ids, ...wish })).toMatchObject([
      { values, label: 'Test Prospect' },
    ]);
    const page = await leads.changes(crm.client, { cursor: null, ...wish });
    expect(page.records.map((record) => record.id)).toEqual(expect.arrayContaining(ids));
    expect(leads.url?.('42', crm.account)).toBe('https://crm.zoho.eu/crm/org20098765432/tab/Leads/42');
  });
});

it('counts what calls cost as Zoho does', () => {
  expect(contacts.cost?.credits({ list: 5, read: 2, write: 100, records: 10_000 })).toBe(15 + 2 + 1_000);
});

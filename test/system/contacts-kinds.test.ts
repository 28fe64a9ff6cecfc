import { retry } from '../../server/engine/sync/control.ts';
import { startUndo } from '../../server/engine/sync/undo.ts';
import { companionsOfPasses } from '../../server/store/sync-companions.ts';
import { leftOutOf } from '../../server/store/sync-left-out.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { type CrmContact, type CrmProgram, openCrm } from './crm-program.ts';
import {
  json,
  type Liaison,
  newPlace,
  type Place,
  removePlace,
  startLiaison,
  until,
} from './liaison-process.ts';
import { type SystemSync, seed, systemSync, writesSince } from './syncs.ts';

/**
 * Contacts as address books hold them: without a name, with a fax first, with notes inside a number, with a
 * switchboard that ten people share, with companies in several spellings; through the vendors' interfaces.
 */

const GOOGLE = 'google-people';
const CRM = 'zoho-crm';

let database: TestDatabase;
let place: Place;
let liaison: Liaison;
let sync: SystemSync;
let crm: CrmProgram;

beforeAll(async () => {
  database = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: database.connectionString });
  liaison = await startLiaison(place);
  sync = await systemSync(database.connectionString, 'contacts-google-crm');
  crm = await openCrm(liaison.sandboxUrl);
  await sync.whenTold();
});
afterAll(async () => {
  await sync.close();
  await liaison.stop();
  await removePlace(place);
  await database.drop();
});
/** Nobody is known on either side, and nothing was ever synced. */
beforeEach(async () => {
  await sync.startOver();
  await seed(liaison.sandboxUrl, GOOGLE, { contacts: 0, replace: true });
  await seed(liaison.sandboxUrl, CRM, { contacts: 0, replace: true });
});

type Person = Readonly<Record<string, unknown>>;

/** What the owner of the address book does. @returns the contact's resource name. */
async function inGoogle(act: string, wish: object): Promise<string> {
  const { resourceName } = await json<{ resourceName: string }>(
    `${liaison.sandboxUrl}/_sandbox/acts/${GOOGLE}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ act, ...wish }),
    },
  );
  return resourceName;
}
const inBook = (person: Person): Promise<string> => inGoogle('create', { person });
const named = (familyName: string, more: Person = {}): Person => ({
  names: [{ givenName: 'Ada', familyName }],
  ...more,
});
const email = (value: string) => ({ emailAddresses: [{ value }] });
const phone = (value: string, type = 'work') => ({ phoneNumbers: [{ value, type }] });
const company = (name: string) => ({ organizations: [{ name }] });

async function googlePerson(resourceName: string): Promise<Record<string, Record<string, unknown>[]>> {
  const state = await json<{ tables: { contacts: { id: string; person: never }[] } }>(
    `${liaison.sandboxUrl}/_sandbox/state/${GOOGLE}`,
  );
  const found = state.tables.contacts.find(({ id }) => resourceName.endsWith(id));
  return found?.person ?? {};
}

const now = async (): Promise<number> => (await writesSince(liaison.sandboxUrl, 0)).now;
/** What Liaison wrote since a moment of the ledger, by vendor and action. */
async function written(from: number): Promise<string[]> {
  const { entries } = await writesSince(liaison.sandboxUrl, from);
  // Other flows of the sandbox go on beside.
  const own = entries.filter(({ object }) => ['person', 'contact', 'account'].includes(String(object)));
  return own.map(({ vendor, object, action }) => `${vendor} ${object} ${action}`).sort();
}

/** Previews and applies; then looks three times more. @returns what was written, and by the looks. */
async function applied() {
  const before = await now();
  const preview = await sync.preview();
  await sync.apply();
  await sync.quiet();
  const first = await written(before);
  const after = await now();
  for (let look = 0; look < 3; look += 1) await sync.quiet();
  return { preview, first, later: await written(after) };
}

const errors = () =>
  sync.database.query<{ side: string; field: string; message: string | null }>(
    `select side, error->>'field' as field, error->>'vendorMessage' as message from sync_records
     where organisation_id = $1 and integration = $2 and error is not null order by side, record_id`,
    [sync.key.organisationId, sync.key.integration],
  );
/** Looks, and looks at what is on the shelf and was changed, too: that counts as failing until it was tried. */
async function looked(): Promise<void> {
  await sync.quiet();
  await until(async () => {
    const [row] = await sync.database.query<{ due: boolean }>(
      `select exists (select from sync_records
         where organisation_id = $1 and integration = $2 and (reread or (dirty and due_at <> 'infinity'))) as due`,
      [sync.key.organisationId, sync.key.integration],
    );
    return row?.due === false;
  });
}
const byName = async (family: string): Promise<CrmContact | undefined> =>
  (await crm.contacts()).find(({ Last_Name }) => Last_Name === family);

describe('a contact without a name', () => {
  it('is known by company or address in the CRM, which is no name in Google; a mere number is left out', async () => {
    const roux = await inBook({ ...company('Boulangerie Roux'), ...phone('01 23 45 67 89') });
    const info = await inBook(email('info@exemple.example'));
    await inBook(phone('3631'));
    const { preview, first, later } = await applied();
    expect(preview.plan).toMatchObject({ counts: { right: { create: 2 }, excluded: 1 } });
    expect(first).toEqual([`${CRM} account create`, `${CRM} contact create`, `${CRM} contact create`]);
    expect(later).toEqual([]);
    expect(await sync.counts()).toMatchObject({ inSync: 2, excluded: 1, failing: 0, waiting: 0 });
    expect(await leftOutOf(sync.database, sync.key)).toEqual([{ code: 'incomplete', records: 1 }]);
    expect(await byName('Boulangerie Roux')).toMatchObject({ First_Name: null, Phone: '01 23 45 67 89' });
    expect(await byName('info@exemple.example')).toMatchObject({ Email: 'info@exemple.example' });

    // Another change travels, the name does not; a name that somebody gives does, either way.
    const made = await byName('Boulangerie Roux');
    await crm.update([{ id: made?.id ?? '', Phone: '01 23 45 67 00' }]);
    await inGoogle('edit', { contact: info, person: { names: [{ givenName: 'Léa', familyName: 'Info' }] } });
    await sync.quiet();
    expect(await googlePerson(roux)).toMatchObject({ phoneNumbers: [{ value: '01 23 45 67 00' }] });
    expect((await googlePerson(roux)).names).toBeUndefined();
    expect(await byName('Info')).toMatchObject({ First_Name: 'Léa' });
    await crm.update([{ id: made?.id ?? '', Last_Name: 'Roux', First_Name: 'Jeanne' }]);
    await sync.quiet();
    expect(await googlePerson(roux)).toMatchObject({
      names: [{ givenName: 'Jeanne', familyName: 'Roux' }],
    });
    expect(await sync.counts()).toMatchObject({ inSync: 2, excluded: 1, failing: 0, waiting: 0 });
  }, 120_000);
});

describe('which number is meant', () => {
  it('is never the fax, and a change in the CRM leaves fax and mobile as they are', async () => {
    const phones = [
      { type: 'workFax', value: '+33 1 11 11 11 11' },
      { type: 'work', value: '+33 1 22 22 22 22' },
      { type: 'mobile', value: '+33 6 33 33 33 33' },
    ];
    const id = await inBook(named('Morel', { ...email('ada@exemple.example'), phoneNumbers: phones }));
    const faxOnly = await inBook(
      named('Fax', { ...email('fax@exemple.example'), phoneNumbers: [{ type: 'homeFax', value: '01 44' }] }),
    );
    await applied();
    const made = await byName('Morel');
    expect(made?.Phone).toBe('+33 1 22 22 22 22');
    const withoutPhone = await byName('Fax');
    expect(withoutPhone?.Phone ?? null).toBeNull();
    await crm.update([
      { id: made?.id ?? '', Phone: '+33 1 99 99 99 99' },
      { id: withoutPhone?.id ?? '', Phone: '+33 1 88 88 88 88' },
    ]);
    await sync.quiet();
    const held = (await googlePerson(id)).phoneNumbers?.map(({ type, value }) => ({ type, value }));
    expect(held).toEqual([phones[0], { type: 'work', value: '+33 1 99 99 99 99' }, phones[2]]);
    expect((await googlePerson(faxOnly)).phoneNumbers).toMatchObject([
      { type: 'homeFax', value: '01 44' },
      { type: 'work', value: '+33 1 88 88 88 88' },
    ]);
    const before = await now();
    await sync.quiet();
    expect(await written(before)).toEqual([]);
  }, 120_000);
});

describe('a number with words, pauses or an extension in it', () => {
  const TAKEN = ['+15551234567,,5678#', '+15551234567;5678', '01 23 45 67 89 poste 12'];
  const REFUSED = [
    '801-520-4769 - noel cell',
    'tel:+1-555-555-5555;ext=5555',
    '+33 6 12 34 56 78 / 01 23 45 67 89',
    '☎️ 01 23 45 67 89',
    '0'.repeat(31),
  ];

  it('stands to the letter where it is taken; what the CRM refuses is told, and its person is made', async () => {
    const all = [...TAKEN, ...REFUSED];
    const ids = await Promise.all(
      all.map((value, index) =>
        inBook(named(`N${index}`, { ...email(`n${index}@exemple.example`), ...phone(value) })),
      ),
    );
    const { later } = await applied();
    expect(later).toEqual([]);
    const people = await crm.contacts();
    expect(people).toHaveLength(all.length);
    for (const [index, value] of all.entries()) {
      const held = people.find(({ Last_Name }) => Last_Name === `N${index}`);
      expect(held).toMatchObject({ First_Name: 'Ada', Email: `n${index}@exemple.example` });
      expect(held?.Phone ?? null).toBe(TAKEN.includes(value) ? value : null);
      expect((await googlePerson(ids[index] ?? '')).phoneNumbers).toMatchObject([{ value }]);
    }
    expect(await sync.counts()).toMatchObject({
      inSync: TAKEN.length,
      failing: REFUSED.length,
      waiting: 0,
    });
    const told = await errors();
    expect(told).toHaveLength(2 * REFUSED.length);
    expect(new Set(told.map(({ field }) => field))).toEqual(new Set(['Phone']));

    // As it is, it is refused again, and only it; the name beside it still travels; mended, it is done.
    expect(await retry(sync.control, sync.key, 'shelf')).toBe(REFUSED.length);
    await looked();
    expect((await sync.counts()).failing).toBe(REFUSED.length);
    const bad = ids[TAKEN.length] ?? '';
    await inGoogle('edit', { contact: bad, person: named('Nouveau') });
    await looked();
    expect(await byName('Nouveau')).toMatchObject({ Email: `n${TAKEN.length}@exemple.example` });
    expect((await sync.counts()).failing).toBe(REFUSED.length);
    await inGoogle('edit', { contact: bad, person: phone('801-520-4769') });
    await looked();
    expect((await byName('Nouveau'))?.Phone).toBe('801-520-4769');
    expect((await sync.counts()).failing).toBe(REFUSED.length - 1);
    // One that somebody types into the CRM instead goes the other way.
    const other = await byName(`N${TAKEN.length + 1}`);
    await crm.update([{ id: other?.id ?? '', Phone: '+1 555 555 5555' }]);
    await looked();
    expect((await googlePerson(ids[TAKEN.length + 1] ?? '')).phoneNumbers).toMatchObject([
      { value: '+1 555 555 5555' },
    ]);
    expect((await sync.counts()).failing).toBe(REFUSED.length - 2);
  }, 180_000);
});

describe('one number in many spellings', () => {
  const SPELLINGS = [
    '+33 (0)6 12 34 56 7',
    '003361234567',
    '+33 0 6 12 34 56 7',
    '+33061234567',
    '６１２３４５６７',
    '٠٦١٢٣٤٥٦٧',
    'tel:+33-6-12-34-56-7',
  ];

  it('is no difference, and pairs people who have no address', async () => {
    const wanted = SPELLINGS.map((text, index) => ({ text: `${text}${digitLike(text, index)}`, index }));
    await Promise.all(
      wanted.map(({ text, index }) => inBook(named(`S${index}`, phone(text, index % 2 ? 'mobile' : 'work')))),
    );
    await crm.create(
      wanted.map(({ index }) => ({
        First_Name: 'Ada',
        Last_Name: `S${index}`,
        Phone: `06.12.34.56.7${index}`,
      })),
    );
    const { preview, first, later } = await applied();
    expect(preview.plan).toMatchObject({
      counts: { matched: SPELLINGS.length, conflicts: 0 },
      matchedBy: { 'names + phoneNumbers': SPELLINGS.length },
    });
    expect([...first, ...later]).toEqual([]);
    expect(await sync.counts()).toMatchObject({ inSync: SPELLINGS.length, waiting: 0, failing: 0 });
  }, 120_000);

  /** A digit of the same script as the rest. */
  function digitLike(text: string, digit: number): string {
    if (text.startsWith('６')) return String.fromCodePoint(0xff10 + digit);
    if (text.startsWith('٠')) return String.fromCodePoint(0x660 + digit);
    return String(digit);
  }
});

describe('a switchboard that ten people share', () => {
  it('is nobody’s identity: paired by name and number where that is one, told where it is not', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `P${index}`);
    await crm.create(
      [...names, 'P8'].map((Last_Name, index) => ({
        First_Name: 'Ada',
        Last_Name,
        Phone: '555-555-5555',
        Email: `p${index}@exemple.example`,
      })),
    );
    for (const name of ['P0', 'P1', 'P8']) await inBook(named(name, phone('(555) 555 5555')));
    const { preview, later } = await applied();
    expect(preview.plan).toMatchObject({ counts: { matched: 2 } });
    expect(later).toEqual([]);
    expect(await leftOutOf(sync.database, sync.key)).toEqual([{ code: 'ambiguous', records: 3 }]);
    const people = await crm.contacts();
    expect(people).toHaveLength(10);
    expect(new Set(people.map(({ Email }) => Email)).size).toBe(10);
  }, 120_000);
});

describe('a night job of Google’s', () => {
  it('that gives every contact a new etag writes nothing, and all stay in sync', async () => {
    await seed(liaison.sandboxUrl, GOOGLE, { contacts: 500, replace: true });
    await seed(liaison.sandboxUrl, CRM, { contacts: 500, replace: true });
    await applied();
    expect(await sync.counts()).toMatchObject({ inSync: 500 });
    const versions = () =>
      sync.database.query<{ version: string }>(
        `select version from sync_records where organisation_id = $1 and integration = $2 and side = 'left' order by record_id`,
        [sync.key.organisationId, sync.key.integration],
      );
    const was = await versions();
    for (let n = 1; n <= 500; n += 1) {
      await inGoogle('edit', {
        contact: `contact-${String(n).padStart(5, '0')}@clients.example`,
        person: {},
      });
    }
    const before = await now();
    await sync.quiet();
    await until(async () =>
      (await versions()).every(({ version }, index) => version !== was[index]?.version),
    );
    await sync.quiet();
    expect(await written(before)).toEqual([]);
    expect(await sync.counts()).toMatchObject({ inSync: 500, conflicts: 0, waiting: 0, failing: 0 });
  }, 180_000);
});

describe('the accounts of companies', () => {
  const accounts = async (name: string) =>
    (await crm.records('Accounts')).filter(({ Account_Name }) =>
      String(Account_Name).toLowerCase().includes(name.toLowerCase()),
    );

  it('are counted before, named after, and gone with the undo unless somebody needs them', async () => {
    await crm.createIn('Accounts', [{ Account_Name: 'Zénith Déjà' }]);
    const before = (await crm.records('Accounts')).length;
    const companies = [
      'Zénith Déjà',
      ' zénith  déjà ',
      '["Zénith Déjà"]',
      'Zénith Neuf',
      'zénith neuf',
      ' ZÉNITH NEUF ',
      'Zénith Neuf SARL',
      'Zénith "Guillemets" & l’Été',
      'Zénith 🏭',
      '["Zénith Crochets"]',
      'x'.repeat(201),
    ];
    for (const [index, name] of companies.entries()) {
      await inBook(named(`C${index}`, { ...email(`c${index}@exemple.example`), ...company(name) }));
    }
    const start = await now();
    const preview = await sync.preview();
    expect(preview.plan).toMatchObject({
      counts: { right: { create: companies.length } },
      companions: {
        left: null,
        right: {
          titles: { en: 'CRM accounts' },
          create: 5,
          names: expect.arrayContaining(['Zénith Neuf', 'Zénith Neuf SARL', 'Zénith Crochets', 'Zénith 🏭']),
        },
      },
    });
    expect(await written(start)).toEqual([]);
    await sync.apply();
    await sync.quiet();
    expect((await written(start)).filter((one) => one.includes('account'))).toHaveLength(5);
    expect((await crm.records('Accounts')).length).toBe(before + 5);
    expect((await accounts('["')).length).toBe(0);
    // The name that no account takes is told; its person is there.
    expect(await sync.counts()).toMatchObject({ inSync: companies.length - 1, failing: 1 });
    expect(await byName(`C${companies.length - 1}`)).toBeDefined();

    const [apply] = (await passesOf(sync.database, sync.key, 9)).filter(({ kind }) => kind === 'apply');
    const made = await companionsOfPasses(sync.database, [apply?.id ?? '']);
    expect(made.map(({ name }) => name)).toHaveLength(5);
    // A deal of one of them, and a contact that somebody else entered at another.
    const account = async (name: string) => ({ id: (await accounts(name))[0]?.id ?? '' });
    await crm.createIn('Deals', [
      { Deal_Name: 'Usine', Stage: 'Qualification', Account_Name: await account('Zénith 🏭') },
    ]);
    await crm.create([{ Last_Name: 'Autre', Account_Name: await account('Zénith Crochets') }]);
    await sync.quiet();
    await startUndo(sync.control, sync.key, apply?.id ?? '');
    await until(async () => (await sync.row()).phase === 'paused');
    expect((await crm.records('Accounts')).length).toBe(before + 2);
    const after = await companionsOfPasses(sync.database, [apply?.id ?? '']);
    expect(after.filter(({ stays }) => stays !== null).map(({ name, stays }) => [name, stays?.fr])).toEqual([
      ['Zénith Crochets', expect.stringContaining('un contact')],
      ['Zénith 🏭', expect.stringContaining('une affaire')],
    ]);
    expect(after.every(({ undoneBy }) => undoneBy !== null)).toBe(true);
  }, 180_000);

  it('of which two have one name are told, not guessed, and the rest of the person is there', async () => {
    await crm.createIn('Accounts', [{ Account_Name: 'Doublon' }, { Account_Name: 'doublon' }]);
    await inBook(named('Deux', { ...email('deux@exemple.example'), ...company('Doublon') }));
    const { preview, later } = await applied();
    expect(preview.plan).toMatchObject({ companions: { right: { create: 0 } } });
    expect(later).toEqual([]);
    expect(await accounts('doublon')).toHaveLength(2);
    const made = await byName('Deux');
    expect(made).toMatchObject({ Email: 'deux@exemple.example' });
    expect(made?.Account_Name ?? null).toBeNull();
    expect(await errors()).toMatchObject([{ field: 'Account_Name' }, { field: 'Account_Name' }]);
    // Chosen by hand in the CRM, it is settled.
    const [one] = await accounts('doublon');
    await crm.update([{ id: made?.id ?? '', Account_Name: { id: one?.id } }]);
    await looked();
    expect(await sync.counts()).toMatchObject({ inSync: 1, failing: 0, waiting: 0 });
  }, 120_000);
});

describe('texts at and above what a field takes', () => {
  it.each([
    ['a first name', { names: [{ givenName: 'é'.repeat(41), familyName: 'Long' }] }, 'Full_Name', false],
    ['a family name', { names: [{ givenName: 'Ada', familyName: 'é'.repeat(81) }] }, 'Full_Name', false],
    [
      'an address',
      { names: [{ familyName: 'Adresse' }], ...email(`${'a'.repeat(90)}@exemple.example`) },
      'Email',
      false,
    ],
    ['a phone of emoji', named('Émoji', phone('📞'.repeat(31))), 'Phone', true],
  ])(
    'of %s is told of that field, and not tried again',
    async (_, person, field, isMade) => {
      await inBook({ ...email('long@exemple.example'), ...person });
      const { later } = await applied();
      expect(later).toEqual([]);
      expect(await sync.counts()).toMatchObject({ failing: 1, waiting: 0 });
      expect((await errors()).every((one) => one.field === field)).toBe(true);
      expect(await crm.contacts()).toHaveLength(isMade ? 1 : 0);
    },
    120_000,
  );

  it('that just fit are carried over to the letter', async () => {
    const names = [{ givenName: 'é'.repeat(40), familyName: '👩🏽‍🚀'.repeat(11) }];
    await inBook({ names, ...email('juste@exemple.example'), ...phone('0'.repeat(30)) });
    await applied();
    expect(await crm.contacts()).toMatchObject([
      { First_Name: 'é'.repeat(40), Last_Name: '👩🏽‍🚀'.repeat(11), Phone: '0'.repeat(30) },
    ]);
    expect(await sync.counts()).toMatchObject({ inSync: 1, failing: 0 });
  }, 120_000);
});

import { endAll } from './aftermath.ts';
import { connectAccount } from './connect-account.ts';
import { type CrmProgram, openCrm } from './crm-program.ts';
import { json, type Liaison, ledger, startLiaison, until } from './liaison-process.ts';
import { seededDraws } from './seeded-draws.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, seed, systemSync } from './syncs.ts';

/** Two address books, each in a contacts sync of its own with the same CRM. */

const CLAIRE = 'claire.fontaine@atelier-lumen.example';
const EDITS = 200;
const SEED = Number(process.env.LIAISON_TEST_SEED ?? 20_261_128);
const CRM = 'crm';
const BOOKS = ['hugo', 'claire'] as const;
type Book = (typeof BOOKS)[number];

let place: ServedPlace;
let liaison: Liaison;
let crm: CrmProgram;
const syncs = new Map<Book, SystemSync>();

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  crm = await openCrm(liaison.sandboxUrl);
  await connectAccount(liaison, 'google-people', 'google-accounts', 'claire');
});
afterAll(async () => {
  for (const sync of syncs.values()) await sync.close();
  await endAll(place, [liaison]);
});

const api = <T>(method: string, path: string, body?: object): Promise<T> =>
  json<T>(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    ...(body && { body: JSON.stringify(body) }),
  });

interface Person {
  readonly name: string;
  readonly email: string;
  /** Its last nine digits. */
  readonly phone: string;
}

const digits = (text: unknown): string =>
  String(text ?? '')
    .replaceAll(/\D/g, '')
    .slice(-9);

interface StoredPerson {
  readonly id: string;
  readonly person: Record<string, { displayName?: string; value?: string }[]> | null;
}

async function inBook(book: Book): Promise<(Person & { readonly id: string })[]> {
  const { tables } = await json<{ tables: Record<string, StoredPerson[]> }>(
    `${liaison.sandboxUrl}/_sandbox/state/google-people`,
  );
  return (tables[book === 'hugo' ? 'contacts' : `contacts of ${CLAIRE}`] ?? []).flatMap(({ id, person }) =>
    person === null
      ? []
      : [
          {
            id: `people/${id}`,
            name: person.names?.[0]?.displayName ?? '',
            email: person.emailAddresses?.[0]?.value ?? '',
            phone: digits(person.phoneNumbers?.[0]?.value),
          },
        ],
  );
}

const inCrm = async (): Promise<(Person & { readonly id: string })[]> =>
  (await crm.contacts()).map(({ id, Full_Name, First_Name, Last_Name, Email, Phone }) => ({
    id,
    name: String(Full_Name ?? [First_Name, Last_Name].filter(Boolean).join(' ')),
    email: String(Email),
    phone: digits(Phone),
  }));

/** As lines, in the order of the addresses: two sides are equal when their lines are. */
const lines = (people: readonly Person[]): string[] =>
  people.map(({ email, name, phone }) => `${email} ${name} ${phone}`).sort();

const act = (book: Book, wish: object) =>
  json(`${liaison.sandboxUrl}/_sandbox/acts/google-people`, {
    method: 'POST',
    body: JSON.stringify({ account: book, ...wish }),
  });

const google = ({ name, email, phone }: Partial<Person>) => {
  const [givenName, ...family] = (name ?? '').split(' ');
  return {
    ...(name !== undefined && { names: [{ givenName, familyName: family.join(' ') }] }),
    ...(email !== undefined && { emailAddresses: [{ value: email }] }),
    ...(phone !== undefined && { phoneNumbers: [{ value: phone }] }),
  };
};
const crmFields = ({ name, email, phone }: Partial<Person>) => {
  const [first, ...family] = (name ?? '').split(' ');
  return {
    ...(name !== undefined && { First_Name: first, Last_Name: family.join(' ') }),
    ...(email !== undefined && { Email: email }),
    ...(phone !== undefined && { Phone: phone }),
  };
};

async function make(where: Book | typeof CRM, person: Person): Promise<void> {
  if (where === CRM) await crm.create([crmFields(person)]);
  else await act(where, { act: 'create', person: google(person) });
}

async function edit(where: Book | typeof CRM, email: string, change: Partial<Person>): Promise<boolean> {
  if (where === CRM) {
    const found = (await inCrm()).find((one) => one.email === email);
    if (found !== undefined) await crm.update([{ id: found.id, ...crmFields(change) }]);
    return found !== undefined;
  }
  const isThere = (await inBook(where)).some((one) => one.email === email);
  if (isThere) await act(where, { act: 'edit', contact: email, person: google(change) });
  return isThere;
}

async function applied(book: Book): Promise<SystemSync> {
  const sync = syncs.get(book)!;
  const path = `/integrations/${sync.key.integration}`;
  const { pass } = await api<{ pass: string }>('POST', `${path}/preview`);
  await until(async () => {
    const found = await api<{ pass: { id: string; state: string } }>('GET', `${path}/preview`);
    return found.pass.id === pass && found.pass.state === 'done';
  });
  await api('POST', `${path}/apply`);
  await until(async () => (await api<{ phase: string }>('GET', path)).phase === 'live');
  await until(async () => (await sync.counts()).waiting === 0);
  await sync.everySecond();
  return sync;
}

const quiet = async (): Promise<void> => {
  for (const sync of syncs.values()) await sync.quiet();
};

/** Both syncs may have to hand on what the other one brought. */
async function equal(books: readonly Book[] = BOOKS): Promise<void> {
  const isEqual = async () => {
    const wanted = lines(await inCrm()).join('\n');
    for (const book of books) if (lines(await inBook(book)).join('\n') !== wanted) return false;
    return true;
  };
  // What one sync brought while the other was looked at is handed on in another turn.
  for (let turn = 0; turn < 4; turn += 1) {
    await until(isEqual, 90_000).catch(async () => {
      for (const book of books)
        expect([book, lines(await inBook(book))]).toEqual([book, lines(await inCrm())]);
    });
    await quiet();
    if (await isEqual()) return;
  }
  throw new Error('it goes to and fro');
}

/** Each sync's links are of records of its own account, and of each CRM contact once. */
async function linksAreOwn(): Promise<void> {
  for (const [book, sync] of syncs) {
    const links = await sync.database.query<{ left: string; right: string }>(
      'select left_id as left, right_id as right from sync_links where organisation_id = $1 and integration = $2',
      [sync.key.organisationId, sync.key.integration],
    );
    const own = new Set((await inBook(book)).map(({ id }) => id));
    expect(links.filter(({ left }) => !own.has(left))).toEqual([]);
    expect(new Set(links.map(({ right }) => right)).size).toBe(links.length);
    expect(links.length).toBeGreaterThan(0);
  }
}

const addressesTwice = (people: readonly Person[]): string[] => {
  const all = people.map(({ email }) => email);
  return all.filter((email, index) => all.indexOf(email) !== index);
};

it('join the CRM beside each other, each by what it has in common with it', async () => {
  await seed(liaison.sandboxUrl, 'google-people', { contacts: 24, replace: true });
  await seed(liaison.sandboxUrl, 'google-people', { account: 'claire', contacts: 12, replace: true });
  await seed(liaison.sandboxUrl, 'zoho-crm', { contacts: 18, replace: true });
  const { connections } = await api<{
    connections: { id: string; connector: { id: string }; account: { name: string } }[];
  }>('GET', '/connections');
  const accountAt = (name: RegExp) =>
    connections.find(({ connector, account }) => connector.id === 'google-people' && name.test(account.name))!
      .id;
  const { integrations } = await api<{ integrations: { id: string; flow: { id: string } }[] }>(
    'GET',
    '/integrations',
  );
  const first = integrations.find(({ flow }) => flow.id === 'contacts-google-crm');
  expect(first?.id).toBe('contacts-google-crm');
  const second = await api<{ id: string }>('POST', '/integrations', {
    flow: 'contacts-google-crm',
    name: 'Carnet de Claire',
    owner: 'organisation',
    connections: { left: accountAt(/^claire/) },
  });
  syncs.set('hugo', await systemSync(place.connectionString, 'contacts-google-crm'));
  syncs.set('claire', await systemSync(place.connectionString, second.id));
  for (const book of BOOKS) await applied(book);
  await equal();
  expect(await inCrm()).toHaveLength(24);
  await linksAreOwn();
}, 120_000);

it(`are equal after ${EDITS} edits on all sides, and nobody is there twice (seed ${SEED})`, async () => {
  const draw = seededDraws(SEED);
  const known = (await inCrm()).map(({ email }) => email);
  const places = [...BOOKS, CRM] as const;
  let made = 0;
  for (let n = 0; n < EDITS; n += 1) {
    const where = draw.oneOf(places);
    const phone = `+33 1 99 ${draw.below(90) + 10} ${draw.below(90) + 10} ${draw.below(90) + 10}`;
    const name = `${draw.oneOf(['Zoé', 'Ana', 'Éric', 'Noël'])} Client ${draw.below(1_000)}`;
    const kind = draw.below(10);
    if (kind === 0) {
      made += 1;
      const email = `neuf-${made}@clients.example`;
      await make(where, { name, email, phone });
      known.push(email);
    } else await edit(where, draw.oneOf(known), kind < 5 ? { name } : { phone });
    // Some fall into one look, others into several.
    if (draw.below(20) === 0) await quiet();
  }
  expect(made).toBeGreaterThan(5);
  await equal();
  expect(await inCrm()).toHaveLength(24 + made);
  for (const people of [await inCrm(), await inBook('hugo'), await inBook('claire')])
    expect(addressesTwice(people)).toEqual([]);
  await linksAreOwn();
  // Nothing goes to and fro any more.
  const before = (await ledger(liaison.sandboxUrl)).length;
  await quiet();
  await quiet();
  expect((await ledger(liaison.sandboxUrl)).length).toBe(before);
}, 240_000);

it('what is in one book alone stays out of the other where its sync makes nobody there', async () => {
  const hers = syncs.get('claire')!;
  const path = `/integrations/${hers.key.integration}`;
  await api('POST', `${path}/stop`);
  const { settings } = await api<{ settings: { rules: { create: object } } }>('GET', path);
  const rules = { ...settings.rules, create: { left: false, right: true } };
  await api('PATCH', path, { settings: { rules } });
  await applied('claire');
  await make('hugo', { name: 'Ana Privée', email: 'privee@clients.example', phone: '+33 1 99 10 10 10' });
  await make('claire', { name: 'Noël Public', email: 'public@clients.example', phone: '+33 1 99 20 20 20' });
  const emails = async (book: Book) => (await inBook(book)).map(({ email }) => email);
  await until(async () => (await emails('hugo')).includes('public@clients.example'));
  await equal(['hugo']);
  expect(await emails('hugo')).toContain('privee@clients.example');
  expect(await emails('claire')).toContain('public@clients.example');
  expect(await emails('claire')).not.toContain('privee@clients.example');
  // What both have in common goes on being carried over.
  await edit('hugo', 'contact-00001@clients.example', { phone: '+33 1 99 30 30 30' });
  await until(async () =>
    (await inBook('claire')).some(
      (one) => one.email.startsWith('contact-00001') && one.phone === '199303030',
    ),
  );
}, 120_000);

it('when one is ended the other goes on, with its links; the book of the ended one stays as it is', async () => {
  const [his, hers] = [syncs.get('hugo')!, syncs.get('claire')!];
  const countLinks = async ({ database, key }: SystemSync) =>
    (
      await database.query('select from sync_links where organisation_id = $1 and integration = $2', [
        key.organisationId,
        key.integration,
      ])
    ).length;
  const before = await countLinks(his);
  const book = lines(await inBook('claire'));
  await api('DELETE', `/integrations/${hers.key.integration}`);
  syncs.delete('claire');
  await hers.close();
  expect(await countLinks(his)).toBe(before);
  await edit('hugo', 'contact-00002@clients.example', { phone: '+33 1 99 40 40 40' });
  await edit(CRM, 'contact-00003@clients.example', { phone: '+33 1 99 50 50 50' });
  await make('hugo', { name: 'Éric Dernier', email: 'dernier@clients.example', phone: '+33 1 99 60 60 60' });
  await until(async () => (await inCrm()).some(({ email }) => email === 'dernier@clients.example'));
  await equal(['hugo']);
  expect(await countLinks(his)).toBe(before + 1);
  expect(lines(await inBook('claire'))).toEqual(book);
  const { integrations } = await api<{ integrations: { id: string }[] }>('GET', '/integrations');
  expect(integrations.map(({ id }) => id)).not.toContain(hers.key.integration);
}, 120_000);

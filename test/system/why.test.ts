import type { FoundRecords, Why } from '../../server/api/contract.ts';
import { exclude, saveFailures } from '../../server/store/sync-records.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import {
  allSettled,
  json,
  type Liaison,
  newPlace,
  type Place,
  play,
  removePlace,
  startLiaison,
  until,
} from './liaison-process.ts';
import { type SystemSync, systemSync } from './syncs.ts';

/** What is said of a record over automations and syncs, and how it is found, over the whole product. */

let database: TestDatabase;
let place: Place;
let liaison: Liaison;
let sync: SystemSync;
let contact: string;

const api = <T>(path: string) => json<T>(`${liaison.url}/api/v1${path}`);
const find = async (search: string) =>
  (await api<FoundRecords>(`/records?search=${encodeURIComponent(search)}`)).records;
const whyOf = (query: Record<string, string>) => api<Why>(`/why?${new URLSearchParams(query)}`);
const CONTACT = 'zohoCrm.contacts';
const SYNC = 'contacts-google-crm';
const ofSync = async (query: Record<string, string>) =>
  (await whyOf(query)).lines.filter(({ integration }) => integration?.id === SYNC);
const now = async () => (await ofSync({ record: contact, object: CONTACT }))[0];

beforeAll(async () => {
  database = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: database.connectionString, LIAISON_SWEEP_SECONDS: '86400' });
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  sync = await systemSync(database.connectionString, SYNC);
  const state = await json<{ tables: { Contacts: { id: string; Email: string }[] } }>(
    `${liaison.sandboxUrl}/_sandbox/state/zoho-crm`,
  );
  contact = String(
    state.tables.Contacts.find(({ Email }) => Email === 'juliette@boulangerie-pelissier.example')?.id,
  );
}, 90_000);
afterAll(async () => {
  await sync.close();
  await liaison.stop();
  await removePlace(place);
  await database.drop();
});

it('says that a sync was not begun, beside the record and by its id', async () => {
  const lines = (await api<Why>(`/records/Contacts/${contact}/why`)).lines;
  expect(lines.find(({ integration }) => integration?.id === SYNC)).toMatchObject({
    kind: 'sync',
    outcome: 'off',
    sentence: { en: 'The sync is off: it was not begun yet.' },
  });
});

describe('of a sync that runs', () => {
  let previewed: Why['lines'][number] | undefined;
  beforeAll(async () => {
    await sync.preview();
    previewed = await now();
    await sync.apply();
    await sync.quiet();
  }, 90_000);

  it('said of its preview, until somebody confirmed it, that nobody had', () => {
    expect(previewed).toMatchObject({
      outcome: 'off',
      sentence: { en: 'The sync has not begun: its preview is ready and is not yet confirmed.' },
    });
  });

  it('says with what the record is linked and what was written last', async () => {
    const line = await now();
    expect(line).toMatchObject({ kind: 'sync', outcome: 'in-sync', run: null });
    expect(line?.sentence.en).toMatch(/^Linked with “Juliette Pélissier” \(.+\)\. /);
    expect(line?.sentence.fr).toMatch(/^Liée à «\u00a0Juliette Pélissier\u00a0» \(.+\)\. /);
    expect(Date.parse(String(line?.at))).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    ['a name without accents or capitals', 'juliette pelissier'],
    ['a name with both', 'JULIETTE PÉLISSIER'],
    ['the beginnings of words, in any order', 'péli jul'],
    ['an address', 'juliette@boulangerie-pelissier.example'],
    ['an address in capitals', 'JULIETTE@Boulangerie-Pelissier.example'],
  ])('finds it by %s, on each side', async (_, search) => {
    const found = await find(search);
    expect(found.map(({ object }) => object)).toEqual(
      expect.arrayContaining([CONTACT, 'googlePeople.person']),
    );
    expect(found.find(({ object }) => object === CONTACT)).toMatchObject({
      id: contact,
      titles: { en: 'Contact' },
      label: 'Juliette Pélissier',
    });
  });

  it('finds it by a vendor’s id, and answers of that record alone', async () => {
    const [google] = await sync.database.query<{ id: string }>(
      `select right_id as id from sync_links where integration = $1 and left_id = $2
       union select left_id from sync_links where integration = $1 and right_id = $2`,
      [SYNC, contact],
    );
    expect((await find(contact))[0]).toMatchObject({ object: CONTACT, id: contact });
    const [first] = await find(String(google?.id));
    expect(first).toMatchObject({ object: 'googlePeople.person', id: google?.id });
    const [line] = await ofSync({ record: String(google?.id), object: 'googlePeople.person' });
    expect(line?.outcome).toBe('in-sync');
    expect(line?.sentence.en).toContain('Linked with “Juliette Pélissier” (');
    expect(await find('personne de ce nom')).toEqual([]);
  });

  it('says of a record that the sync never saw that it did not see it, and when it looked last', async () => {
    const [line] = await ofSync({ record: '4876876999999999999', object: CONTACT });
    expect(line?.outcome).toBe('unseen');
    expect(line?.sentence.en).toMatch(/^The sync has not seen it: .+, last on /);
  });

  it('says why a record is left out, by whom, and that it was set aside, with the error', async () => {
    const side = await sideOf(contact);
    const reason = { en: 'An admin left it out.', fr: 'Un administrateur l’a laissée de côté.' };
    await exclude(sync.database, sync.key, [{ side, id: contact, excluded: { code: 'admin', ...reason } }]);
    expect(await now()).toMatchObject({ outcome: 'excluded' });
    expect((await now())?.sentence.en).toContain('It is left out. An admin left it out.');
    const unfit = {
      en: 'The filter left it out: City is Lyon.',
      fr: 'Le filtre l’a écartée : la ville est Lyon.',
    };
    const since = '2026-11-20T09:02:00.000Z';
    await exclude(sync.database, sync.key, [
      { side, id: contact, excluded: { code: 'filter', at: since, ...unfit } },
    ]);
    expect(await now()).toMatchObject({ outcome: 'filtered', at: since });
    expect((await now())?.sentence.en).toContain(unfit.en);
    await sync.database.query('update sync_records set excluded = null where record_id = $1', [contact]);
    const sentence = { en: 'Google refused the telephone number.', fr: 'Google a refusé le numéro.' };
    const error = { kind: 'rejected', sentence } as never;
    await saveFailures(sync.database, sync.key, [{ side, id: contact, error, retryIn: null, reread: false }]);
    expect(await now()).toMatchObject({ outcome: 'failing' });
    expect((await now())?.sentence.en).toContain('It was set aside. Google refused the telephone number.');
    await saveFailures(sync.database, sync.key, [
      { side, id: contact, error, retryIn: 3_600, reread: false },
    ]);
    expect((await now())?.sentence.en).toMatch(
      /Google refused the telephone number\. The next attempt is on /,
    );
    await sync.database.query(
      `update sync_records set dirty = false, error = null, attempt = 0 where record_id = $1`,
      [contact],
    );
  });

  it('says that a person must choose, and in how many fields', async () => {
    await sync.database.query(
      `update sync_links set conflicts = '[{"field": "a"}, {"field": "b"}]' where left_id = $1 or right_id = $1`,
      [contact],
    );
    expect((await now())?.sentence.en).toContain('The two sides differ in 2 fields; somebody must choose');
    await sync.database.query('update sync_links set conflicts = null where left_id = $1 or right_id = $1', [
      contact,
    ]);
  });

  it('does not call in sync what a paused sync holds, and says who paused it', async () => {
    await sync.pause();
    const line = await now();
    expect(line?.outcome).toBe('paused');
    expect(line?.sentence.en).toMatch(/^The sync is paused\. .+ Linked with “/);
    await sync.goOn();
    expect((await now())?.outcome).toBe('in-sync');
  });
});

it('finds a payer’s record by the address and by any payment’s id, and leads to what became of them', async () => {
  const address = 'juliette@boulangerie-pelissier.example';
  const paid: string[] = [];
  // Whom the books do not know yet, which she is the first of; then she again.
  for (const payer of [{}, { email: address }]) {
    paid.push(String((await play(liaison.sandboxUrl, 'stripe-payment', payer)).paymentIntent));
    await until(async () =>
      (await whyOf({ record: String(paid.at(-1)) })).lines.some(({ run }) => run !== null),
    );
    await allSettled(liaison.url);
  }
  for (const sought of [...paid, address]) {
    const found = await until(async () =>
      (await find(sought)).find(({ object, label }) => object.startsWith('stripe.') && label !== null),
    );
    expect(found?.label).toBe('Juliette Pélissier');
    const { about, lines } = await whyOf({ record: String(found?.id), object: String(found?.object) });
    expect(about.map(({ id }) => id)).toEqual([found?.id]);
    expect(lines.filter(({ run }) => run !== null).length).toBeGreaterThanOrEqual(2);
  }
  const byPayment = await whyOf({ record: String(paid[0]) });
  expect(byPayment.lines.some(({ run }) => run !== null)).toBe(true);
});

async function sideOf(id: string): Promise<'left' | 'right'> {
  const [row] = await sync.database.query<{ side: 'left' | 'right' }>(
    'select side from sync_records where record_id = $1 and integration = $2',
    [id, SYNC],
  );
  if (row === undefined) throw new Error(`the sync holds no ${id}`);
  return row.side;
}

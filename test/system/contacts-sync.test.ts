import { retry } from '../../server/engine/sync/control.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { type CrmProgram, openCrm } from './crm-program.ts';
import {
  json,
  type LedgerEntry,
  type Liaison,
  newPlace,
  type Place,
  removePlace,
  startLiaison,
  until,
} from './liaison-process.ts';
import { type SystemSync, seed, systemSync, writesSince } from './syncs.ts';
import { countCalls } from './vendor-calls.ts';
import { setFault } from './vendors.ts';

const FULL = process.env.LIAISON_TEST_SIZE === 'full';
/** Linked contacts that are all edited at once. */
const LINKED = FULL ? 5_000 : 250;
/** Linked contacts of which one is edited. */
const MANY = FULL ? 20_000 : 1_100;
/** Contacts of which one is refused. */
const WITH_ONE_BAD = FULL ? 4_222 : 150;
/** Linked contacts of which one side shows none any more: one page, as a longer list ends visibly too soon. */
const EMPTIED = FULL ? 900 : 150;
const APPLIED = FULL ? 3_000 : 600;
const PATIENCE_MS = FULL ? 600_000 : 60_000;

const GOOGLE = 'google-people';
const CRM = 'zoho-crm';
/** Calls that looking and listening take whatever was changed. */
const WHATEVER_CHANGED = 20;
/** What the vendors take in one call. */
const PER_CALL = { [GOOGLE]: { list: 1_000, write: 200 }, [CRM]: { list: 2_000, write: 100 } };

let database: TestDatabase;
let place: Place;
let liaison: Liaison;
let sync: SystemSync;
let crm: CrmProgram;

beforeAll(async () => {
  database = await createTestDatabase();
  // What an edit causes is counted: looks for lost webhooks go by the clock.
  place = await newPlace({ DATABASE_URL: database.connectionString, LIAISON_SWEEP_SECONDS: '86400' });
  liaison = await startLiaison(place);
  sync = await systemSync(database.connectionString, 'contacts-google-crm');
  crm = await openCrm(liaison.sandboxUrl);
  // What is counted must not depend on how often the clock strikes meanwhile.
  await sync.whenTold();
});
afterAll(async () => {
  await sync.close();
  await liaison.stop();
  await removePlace(place);
  await database.drop();
});

const emailOf = (n: number): string => `contact-${String(n).padStart(5, '0')}@clients.example`;

/** What the owner of the address book does, without the API. */
const inGoogle = (act: string, wish: object) =>
  json(`${liaison.sandboxUrl}/_sandbox/acts/${GOOGLE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ act, ...wish }),
  });

/** Contacts that Liaison or the test's own program wrote since a moment of the ledger, by vendor and action. */
async function contactsWritten(from: number) {
  const { entries } = await writesSince(liaison.sandboxUrl, from);
  const people = entries.filter(({ object }) => object === 'person' || object === 'contact');
  const count = (vendor: string, action: string) =>
    people.filter((one) => one.vendor === vendor && one.action === action).length;
  return {
    left: {
      create: count(GOOGLE, 'create'),
      update: count(GOOGLE, 'update'),
      remove: count(GOOGLE, 'delete'),
    },
    right: { create: count(CRM, 'create'), update: count(CRM, 'update'), remove: count(CRM, 'delete') },
  };
}
const NOTHING = {
  left: { create: 0, update: 0, remove: 0 },
  right: { create: 0, update: 0, remove: 0 },
};
const now = async (): Promise<number> => (await writesSince(liaison.sandboxUrl, 0)).now;

/** So many contacts in the address book, so many of them in the CRM too; nothing was ever synced. */
async function beginWith(inBook: number, inCrm: number): Promise<void> {
  await sync.startOver();
  await seed(liaison.sandboxUrl, GOOGLE, { contacts: inBook, replace: true });
  await seed(liaison.sandboxUrl, CRM, { contacts: inCrm, replace: true });
}

/** So many pairs in sync, and looked at by nobody unless something is announced or the test says so. */
async function linked(count: number): Promise<void> {
  await beginWith(count, count);
  await sync.preview(PATIENCE_MS);
  const before = await now();
  await sync.apply();
  await sync.quiet();
  expect(await contactsWritten(before)).toEqual(NOTHING);
  expect(await sync.counts()).toMatchObject({ inSync: count, waiting: 0, failing: 0 });
}

const idsInCrm = async (): Promise<string[]> => (await crm.contacts()).map(({ id }) => id);
const callsFor = (records: number, perCall: number): number => Math.ceil(records / perCall);
const total = (by: Readonly<Record<string, number>>, pattern: RegExp): number =>
  Object.entries(by).reduce((sum, [name, count]) => sum + (pattern.test(name) ? count : 0), 0);

/** Listening to the CRM is kept up by the clock, whatever is edited. */
const UPKEEP = /settings\/automation|actions\/watch/;
/** One of each is what a look costs that finds nothing. */
const LOOK = [/\/connections$/, /\/coql$/, /Contacts\/deleted$/];

/** Calls that an edit causes: without those that the clock does, and looks that fell beside the one it needs. */
function causedBy(by: Readonly<Record<string, number>>): number {
  const looks = Math.max(1, Math.min(...LOOK.map((call) => total(by, call))));
  return total(by, /./) - total(by, UPKEEP) - (looks - 1) * LOOK.length;
}

describe('contacts of Google and the CRM', () => {
  it('are previewed without a write, and the apply does exactly what was counted and shown', async () => {
    // The company's own contacts agree, differ, are double or missing; the crowd is known here more than there.
    await seed(liaison.sandboxUrl, GOOGLE, { contacts: 90, companies: 3 });
    await seed(liaison.sandboxUrl, CRM, { contacts: 60, companies: 3 });
    const before = await now();
    const preview = await sync.preview(PATIENCE_MS);
    expect(await contactsWritten(before)).toEqual(NOTHING);
    const counts = preview.plan?.counts as Record<string, unknown>;
    const accounts = (await crm.records('Accounts')).length;
    await sync.apply();
    expect(preview.plan).toMatchObject({
      companions: { left: null, right: { create: (await crm.records('Accounts')).length - accounts } },
    });
    expect(await contactsWritten(before)).toEqual({ left: counts.left, right: counts.right });
    const writes = await sync.database.query<{ side: string; label: string; after: Record<string, unknown> }>(
      `select w.side, w.after_values as after from sync_writes w where organisation_id = $1 and integration = $2`,
      [sync.key.organisationId, sync.key.integration],
    );
    const shown = (preview.samples ?? []).flatMap(
      ({ differences }) => differences as { side: string; field: string; after: unknown }[],
    );
    expect(shown.length).toBeGreaterThan(5);
    for (const { side, field, after } of shown) {
      const done = writes.filter((one) => one.side === side).map((one) => one.after[field]);
      expect(done).toContainEqual(after);
    }
    const stands = await sync.counts();
    expect(stands).toMatchObject({ waiting: 0, failing: 0, excluded: counts.excluded });
    expect(stands.inSync).toBeGreaterThan(90);
  }, 120_000);

  it(`are written in full batches and never back when ${LINKED} are edited at once on one side`, async () => {
    await linked(LINKED);
    const edits = {
      [CRM]: async (text: string) => {
        await crm.update((await idsInCrm()).map((id, index) => ({ id, Phone: `${text}${index % 10}` })));
      },
      [GOOGLE]: async (text: string) => {
        for (let n = 1; n <= LINKED; n += 1) {
          const person = { phoneNumbers: [{ value: `${text}${n % 10}` }] };
          await inGoogle('edit', { contact: emailOf(n), person });
        }
      },
    };
    const writing = { [CRM]: /^PUT .*Contacts/, [GOOGLE]: /batchUpdateContacts/ };
    for (const [from, to] of [
      [CRM, GOOGLE],
      [GOOGLE, CRM],
    ] as const) {
      await sync.pause();
      await edits[from](from === CRM ? '+33 1 99 00 11 2' : '+33 1 99 00 22 3');
      const before = await now();
      const spent = await countCalls(liaison.sandboxUrl, [GOOGLE, CRM]);
      await sync.goOn();
      await sync.quiet();
      const expected = structuredClone(NOTHING);
      expected[to === GOOGLE ? 'left' : 'right'].update = LINKED;
      expect(await contactsWritten(before)).toEqual(expected);
      const { [GOOGLE]: inBook, [CRM]: inCrm } = await spent();
      const calls = { [GOOGLE]: inBook, [CRM]: inCrm };
      const writes = total(calls[to]?.by ?? {}, writing[to]);
      expect(writes).toBeLessThanOrEqual(callsFor(LINKED, PER_CALL[to].write) * 1.05);
      // Either side is listed twice at most, its change and what became of ours; what shows late is asked for by id.
      const lists = callsFor(LINKED, PER_CALL[from].list) + callsFor(LINKED, PER_CALL[to].list);
      const reads = 2 * lists + callsFor(LINKED, PER_CALL[GOOGLE].write);
      expect((inBook?.total ?? 0) + (inCrm?.total ?? 0) - writes).toBeLessThanOrEqual(
        reads + WHATEVER_CHANGED,
      );
      const after = await now();
      await sync.quiet();
      expect(await contactsWritten(after)).toEqual(NOTHING);
    }
  }, 600_000);

  it(`cost the same for one edit among ${MANY} as among ${LINKED}`, async () => {
    const costs: number[] = [];
    for (const count of [LINKED, MANY]) {
      await linked(count);
      const [first = ''] = await idsInCrm();
      await sync.pause();
      await crm.update([{ id: first, Phone: '+33 1 99 00 33 44' }]);
      const before = await now();
      const spent = await countCalls(liaison.sandboxUrl, [GOOGLE, CRM]);
      await sync.goOn();
      const calls = await spent();
      costs.push(causedBy({ ...calls[GOOGLE]?.by, ...calls[CRM]?.by }));
      expect((await contactsWritten(before)).left.update).toBe(1);
    }
    const [few = 0, many = 0] = costs;
    expect(few).toBeLessThanOrEqual(12);
    expect(many).toBeLessThanOrEqual(few + 3);
  }, 600_000);
});

describe(`one contact among ${WITH_ONE_BAD} that the CRM refuses`, () => {
  it.each([
    ['first', 1],
    ['in the middle', Math.ceil(WITH_ONE_BAD / 2)],
    ['last', WITH_ONE_BAD],
  ])(
    'stops none of the others (%s), says field and sentence, and is done once it is mended',
    async (_, bad) => {
      await beginWith(WITH_ONE_BAD, 0);
      const wrong = { emailAddresses: [{ value: 'sans-domaine@nulle-part' }] };
      await inGoogle('edit', { contact: emailOf(bad), person: wrong });
      await sync.preview(PATIENCE_MS);
      const before = await now();
      await sync.apply();
      expect((await contactsWritten(before)).right.create).toBe(WITH_ONE_BAD - 1);
      expect(await sync.counts()).toMatchObject({ inSync: WITH_ONE_BAD - 1, failing: 1, waiting: 0 });
      const shelf = await sync.database.query<{ error: Record<string, unknown> }>(
        `select error from sync_records where organisation_id = $1 and integration = $2 and error is not null`,
        [sync.key.organisationId, sync.key.integration],
      );
      expect(shelf).toMatchObject([
        {
          error: { kind: 'rejected', field: 'Email', vendorMessage: expect.stringMatching(/invalid data/i) },
        },
      ]);
      // As it is, it is refused again; mended, it is done.
      await retry(sync.control, sync.key, 'shelf');
      await until(async () => (await sync.counts()).failing === 1 && (await sync.counts()).waiting === 0);
      expect((await contactsWritten(before)).right.create).toBe(WITH_ONE_BAD - 1);
      const mended = { emailAddresses: [{ value: emailOf(bad) }] };
      await inGoogle('edit', { contact: 'sans-domaine@nulle-part', person: mended });
      await retry(sync.control, sync.key, 'shelf');
      await sync.quiet();
      expect(await sync.counts()).toMatchObject({ inSync: WITH_ONE_BAD, failing: 0, waiting: 0 });
      expect((await contactsWritten(before)).right.create).toBe(WITH_ONE_BAD);
    },
    300_000,
  );
});

describe('a side that suddenly answers empty', () => {
  /** The lists of a vendor that hides what a lost permission takes away. */
  const EMPTY = { empty: true, methods: ['GET', 'POST'], path: 'connections|coql|deleted' };

  const mend = (vendor: string) =>
    json(`${liaison.sandboxUrl}/_sandbox/faults/${vendor}`, { method: 'DELETE' });
  afterEach(async () => {
    await Promise.all([GOOGLE, CRM].map(mend));
  });

  it.each([GOOGLE, CRM])(
    'deletes nothing, pauses the sync and tells once (%s)',
    async (vendor) => {
      await linked(EMPTIED);
      await setFault(liaison.sandboxUrl, vendor, EMPTY);
      const before = await now();
      await sync.sweepNext();
      await sync.quiet();
      await until(async () => (await sync.row()).phase === 'paused');
      expect((await sync.row()).pause).toMatchObject({ code: 'brake', count: EMPTIED });
      expect(await sync.alerts()).toHaveLength(1);
      await mend(vendor);
      await sync.goOn();
      expect(await contactsWritten(before)).toEqual(NOTHING);
      expect(await sync.counts()).toMatchObject({ inSync: EMPTIED, waiting: 0, failing: 0 });
      expect(await sync.alerts()).toEqual([]);
    },
    300_000,
  );

  it.each([
    [GOOGLE, { status: 200, body: { connections: [] } }],
    [CRM, { status: 200, body: { data: [] } }],
    [GOOGLE, { status: 200, body: { error: { code: 403, status: 'PERMISSION_DENIED' } } }],
    [CRM, { status: 200, body: { code: 'NO_PERMISSION', status: 'error' } }],
  ])(
    'with a refusal dressed as a success deletes nothing, is paused and tells once (%s %j)',
    async (vendor, fault) => {
      await setFault(liaison.sandboxUrl, vendor, { ...fault, methods: ['GET', 'POST'] });
      const before = await now();
      await sync.sweepNext();
      await sync.paused(6);
      expect(await contactsWritten(before)).toEqual(NOTHING);
      expect(await sync.alerts()).toHaveLength(1);
      await mend(vendor);
      await sync.goOn();
      expect(await contactsWritten(before)).toEqual(NOTHING);
      expect(await sync.counts()).toMatchObject({ inSync: EMPTIED, waiting: 0, failing: 0 });
      expect(await sync.alerts()).toEqual([]);
    },
    300_000,
  );
});

describe('a server that is killed while it applies', () => {
  it(`does the rest of ${APPLIED} after its next start, and not one record twice`, async () => {
    await beginWith(APPLIED, 0);
    await sync.preview(PATIENCE_MS);
    const before = await now();
    const made = async (): Promise<LedgerEntry[]> =>
      (await writesSince(liaison.sandboxUrl, before)).entries.filter(
        ({ vendor, object, action }) => vendor === CRM && object === 'contact' && action === 'create',
      );
    await sync.startApply();
    for (const share of [0.2, 0.6]) {
      await until(async () => (await made()).length > APPLIED * share);
      await liaison.kill();
      liaison = await startLiaison(place);
    }
    await until(async () => (await sync.row()).phase === 'live', PATIENCE_MS);
    await sync.quiet();
    const emails = (await made()).map(({ record }) => String(record.Email));
    expect(emails.length).toBe(APPLIED);
    expect(new Set(emails).size).toBe(APPLIED);
    expect(await sync.counts()).toMatchObject({ inSync: APPLIED, waiting: 0, failing: 0 });
  }, 300_000);
});

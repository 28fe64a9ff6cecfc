import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { type Liaison, newPlace, type Place, removePlace, startLiaison } from './liaison-process.ts';
import { type SystemSync, seed, systemSync, writesSince } from './syncs.ts';

const PEOPLE = Number(process.env.PEOPLE ?? 500);

let database: TestDatabase;
let place: Place;
let liaison: Liaison;
let sync: SystemSync;

beforeAll(async () => {
  database = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: database.connectionString });
  liaison = await startLiaison(place);
  sync = await systemSync(database.connectionString, 'contacts-google-crm');
}, 60_000);
afterAll(async () => {
  await sync.close();
  await liaison.stop();
  await removePlace(place);
  await database.drop();
}, 30_000);

describe('contacts of Google and the CRM', () => {
  it('are previewed without a write, and the apply does what was counted', async () => {
    await seed(liaison.sandboxUrl, 'google-people', { contacts: PEOPLE });
    const before = await writesSince(liaison.sandboxUrl, 0);
    const preview = await sync.preview();
    const after = await writesSince(liaison.sandboxUrl, before.now);
    process.stderr.write(JSON.stringify(preview.plan, null, 1) + '\n' + JSON.stringify(after.entries.length));
    const started = performance.now();
    await sync.apply();
    process.stderr.write(
      `\napply ${performance.now() - started} ms ${JSON.stringify(await sync.counts())}\n`,
    );
    const done = await writesSince(liaison.sandboxUrl, after.now);
    const kinds: Record<string, number> = {};
    for (const e of done.entries) {
      const k = `${e.vendor} ${e.object} ${e.action}`;
      kinds[k] = (kinds[k] ?? 0) + 1;
    }
    process.stderr.write(JSON.stringify(kinds) + '\n');
    const rows = await sync.database.query(
      'select side, label, error, excluded from sync_records where error is not null or excluded is not null limit 20',
    );
    process.stderr.write(JSON.stringify(rows, null, 1) + '\n');
    await sync.quiet();
  }, 300_000);
});

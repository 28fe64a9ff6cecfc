import { LiaisonError } from '../../server/core/errors.ts';
import type { CameFile } from '../../server/core/flow.ts';
import { keepAges } from '../../server/store/ages.ts';
import { eraseRunsOf } from '../../server/store/erase-records.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow, words } from './rig.ts';

const DAY_MS = 86_400_000;
let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
const BYTES = Buffer.from([1, 0, 255]);

const delivered = (recordId: string, key = recordId) => ({
  organisationId: ORGANISATION.id,
  connectionId: null,
  ...{ connector: 'vendor', account: 'a', eventKey: key, topic: 'changed', recordId },
  ...{ contentType: 'application/json', body: '{}' },
  files: ['one', 'two'].map((name) => ({
    ...{ field: 'cv', name, contentType: 'text/plain', digest: name, bytes: BYTES },
  })),
});
const kept = async (): Promise<string[]> =>
  (
    await rig.database.query<{ of: string }>(
      "select event_keys[1] || ' ' || name as of from event_files order by 1",
    )
  ).map(({ of }) => of);

async function opened() {
  const seen: CameFile[][] = [];
  const contents: (Uint8Array | null)[] = [];
  const engine = await rig.engine([
    testFlow(async ({ event, files, file }) => {
      const came = await files();
      seen.push([...came]);
      for (const { id } of came.slice(0, 1)) contents.push(await file(id));
      if (event.recordId === 'bad') throw new LiaisonError('rejected', { sentence: words('no') });
      return ok;
    }),
  ]);
  return { engine, seen, contents };
}

it('a run has the files of its event, in their order and as they were; a repeat adds none', async () => {
  const { engine, seen, contents } = await opened();
  await engine.accept([delivered('good')]);
  await engine.accept([delivered('good')]);
  // What bears the same key at another account is another event.
  await engine.accept([{ ...delivered('good'), account: 'b', files: [] }]);
  await rig.settled();
  expect(seen.map((one) => one.map(({ name, size, field }) => [name, size, field]))).toEqual([
    [
      ['one', 3, 'cv'],
      ['two', 3, 'cv'],
    ],
    [],
  ]);
  expect(contents[0]).toEqual(BYTES);
  expect(await kept()).toEqual(['good one', 'good two']);
});

it('files go by age as bodies do, and not before their run is over', async () => {
  const { engine } = await opened();
  await engine.accept([delivered('good')]);
  await engine.accept([delivered('bad')]);
  await rig.settled();
  await keepAges(rig.database, inDays(29));
  expect(await kept()).toHaveLength(4);
  await keepAges(rig.database, inDays(31));
  expect(await kept()).toEqual(['bad one', 'bad two']);
  // A delivery that is repeated when its age is over brings none back.
  await rig.database.query('delete from event_bodies');
  await engine.accept([delivered('good')]);
  expect(await kept()).toEqual(['bad one', 'bad two']);
});

it('who is erased from the log is erased with their files', async () => {
  const { engine } = await opened();
  await engine.accept([delivered('good'), delivered('other')]);
  await rig.settled();
  const sought = { organisationId: ORGANISATION.id, connector: 'vendor', account: 'a' };
  const [run] = await rig.database.query<{ object: string }>(
    "select record_object as object from runs where record_id = 'good'",
  );
  await eraseRunsOf(
    rig.database,
    { ...sought, records: [{ object: run?.object ?? '', id: 'good' }] },
    words('erased'),
  );
  expect(await kept()).toEqual(['other one', 'other two']);
});

import { LiaisonError } from '../../server/core/errors.ts';
import { countRuns, loggedRuns } from '../../server/store/run-log.ts';
import { ok, openRig, type Rig, testFlow, words } from './rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
  const engine = await rig.engine([
    testFlow(async ({ event, write }) => {
      await write('make', {
        find: async () => null,
        send: async () => ({ invoice: `id-${event.recordId}` }),
      });
      return {
        state: 'done',
        summary: { en: 'Invoice INV-000011.', fr: 'Facture INV-000011 réglée.' },
      };
    }),
  ]);
  await rig.send(engine, 'pi_1');
  await rig.settled();
  await rig.database.query(`update runs set record_label = 'Zoé Pélissier Œuvrard'`);
  await rig.database.query(
    `update inbox set body = '{"object":{"receipt_email":"Zoe@Atelier.example"},"number":"0042"}'`,
  );
});
afterAll(() => rig.close());

async function found(record: string): Promise<number> {
  const [run] = await rig.database.query<{ id: string }>('select organisation_id as id from runs');
  const runs = await loggedRuns(rig.database, run!.id, { record, limit: 10 });
  const [counted] = await countRuns(rig.database, run!.id, { record });
  expect(counted?.count ?? 0).toBe(runs.length);
  return runs.length;
}

it.each([
  ['a name without accents and case', 'PELISSIER'],
  ['a name with other accents', 'zoë pelïs'],
  ['a ligature as two letters', 'oeuvrard'],
  ['the record’s id', 'pi_1'],
  ['the number of the invoice that was made', 'inv-000011'],
  ['a word of what was done, in French', 'reglee'],
  ['an address that the event names', 'zoe@atelier.example'],
  ['an id that a step answered', 'id-pi_1'],
])('the log is found by %s', async (_kind, sought) => {
  expect(await found(sought)).toBe(1);
});

it.each(['pellissier', '%', '_', '[', 'INV-000012', 'receipt', "' or 1=1"])(
  'and not by %s',
  async (sought) => {
    expect(await found(sought)).toBe(0);
  },
);

it('a run that is replayed tells the time of its own attempt', async () => {
  const own = await openRig();
  let refuse = true;
  const engine = await own.engine([
    testFlow(async ({ write }) => {
      await write('make', {
        find: async () => null,
        async send() {
          if (refuse) throw new LiaisonError('rejected', { sentence: words('no') });
          return 1;
        },
      });
      return ok;
    }),
  ]);
  await own.send(engine, 'r');
  await own.settled();
  // As if it had stood on the shelf for a quarter of an hour.
  await own.database.query(
    `update runs set created_at = created_at - interval '16 min', started_at = started_at - interval '16 min', finished_at = finished_at - interval '16 min'`,
  );
  refuse = false;
  const [{ id }] = (await own.database.query<{ id: string }>('select organisation_id as id from runs')) as [
    { id: string },
  ];
  expect(await engine.replay(id, { sql: 'true', values: [] })).toBe(1);
  await own.settled();
  const [run] = await loggedRuns(own.database, id, { limit: 1 });
  expect(run!.state).toBe('done');
  expect(run!.finishedAt!.getTime() - run!.startedAt!.getTime()).toBeLessThan(60_000);
  expect(Date.now() - run!.startedAt!.getTime()).toBeLessThan(120_000);
  await own.close();
});

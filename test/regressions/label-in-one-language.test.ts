import { saidTitle } from '../../server/core/calendar/untitled.ts';
import { type Label, labelWords } from '../../server/core/label.ts';
import { recordsNamed } from '../../server/store/record-names.ts';
import { countRuns, loggedRuns } from '../../server/store/run-log.ts';
import { nameOf } from '../../widget/settings/syncs/record-pages.tsx';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from '../engine/rig.ts';

/** A record's label that was made of words was stored in the organisation's language, for readers of every one. */

const LABELS: Readonly<Record<string, Label>> = {
  line: { en: 'Zoé Noël · row 7', fr: 'Zoé Noël · ligne 7' },
  long: { en: `Row ${'x'.repeat(300)}`, fr: `Ligne ${'x'.repeat(300)}` },
  unstorable: { en: 'Row a\u0000b', fr: 'Ligne a\u0000b' },
  name: 'Ada Morel',
};

let rig: Rig;
let names: Readonly<Record<string, Label>> = LABELS;
beforeAll(async () => {
  rig = await openRig();
  const engine = await rig.engine([
    testFlow(async ({ event, label }) => {
      label(names[event.recordId ?? ''] ?? '');
      return ok;
    }),
  ]);
  for (const id of Object.keys(LABELS)) await rig.send(engine, id);
  await rig.settled();
  names = { ...LABELS, name: LABELS.line ?? '', line: 'Zoé Noël' };
  for (const id of ['name', 'line']) await rig.send(engine, id, `${id} again`);
  await rig.settled();
});
afterAll(() => rig.close());

const logged = async (record: string) =>
  (await loggedRuns(rig.database, ORGANISATION.id, { record, limit: 10 })).map((run) => run.recordLabel);
const named = async (sought: string) =>
  (await recordsNamed(rig.database, ORGANISATION.id, sought, { limit: 10, hidden: new Set() })).map(
    ({ id, label }) => ({ id, label }),
  );

it('words stand in both languages in the log, a name as it is, and each run keeps what it was called', async () => {
  expect(await logged('line')).toEqual(['Zoé Noël', LABELS.line]);
  expect(await logged('name')).toEqual([LABELS.line, LABELS.name]);
});

it('what is too long is cut in each language, and what cannot be stored is left out of each', async () => {
  const [long] = (await logged('long')) as { en: string; fr: string }[];
  expect([long?.en.length, long?.fr.length]).toEqual([200, 200]);
  expect([long?.en.slice(0, 5), long?.fr.slice(0, 7)]).toEqual(['Row x', 'Ligne x']);
  expect(await logged('unstorable')).toEqual([{ en: 'Row ab', fr: 'Ligne ab' }]);
});

it.each(['Noël · row 7', 'noel · LIGNE 7'])(
  'the log is searched for “%s”, in either language',
  async (sought) => {
    expect(await logged(sought)).toEqual([LABELS.line, LABELS.line]);
    const counts = await countRuns(rig.database, ORGANISATION.id, { record: sought });
    expect(counts.map(({ count }) => count)).toEqual([2]);
  },
);

it.each(['zoe row 7', 'zoe ligne 7'])('a record is found by “%s”, under its latest label', async (sought) => {
  expect(await named(sought)).toEqual([{ id: 'name', label: LABELS.line }]);
});

it('what became a name is not found by the words it had', async () => {
  expect(await named('Zoé Noël')).toEqual(
    expect.arrayContaining([
      { id: 'name', label: LABELS.line },
      { id: 'line', label: 'Zoé Noël' },
    ]),
  );
  expect(await named('Ada Morel')).toEqual([]);
});

it.each(['no title', 'sans titre'])('a meeting without a title is found by “%s”', async (sought) => {
  await rig.database.query(
    `insert into sync_records (organisation_id, integration, side, record_id, field_values, label)
     select $1, 'calendar', side, side, '{}', label from (values ('left', '(No title)'), ('right', '(Sans titre)')) v(side, label)
     on conflict do nothing`,
    [ORGANISATION.id],
  );
  const label = { en: '(No title)', fr: '(Sans titre)' };
  expect((await named(sought)).sort((a, b) => a.id.localeCompare(b.id))).toEqual([
    { id: 'left', label },
    { id: 'right', label },
  ]);
});

it('a meeting without a title is called so in the language of whoever reads, however its vendor calls it', () => {
  const both = { en: '(No title)', fr: '(Sans titre)' };
  expect(['(No title)', '(Sans titre)', ' ', 'Point client', ''].map(saidTitle)).toEqual([
    both,
    both,
    both,
    'Point client',
    '',
  ]);
  const one = (label: string) => ({ id: label, label, url: null });
  const pair = { left: one('(No title)'), right: one('(Sans titre)') };
  expect(nameOf(pair, (label) => labelWords(label).fr)).toBe('(Sans titre)');
  expect(nameOf(pair, (label) => labelWords(label).en)).toBe('(No title)');
});

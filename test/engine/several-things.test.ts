import { ok, openRig, type Rig, testFlow } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const steps = () =>
  rig.database.query<{ name: string; state: string; found: boolean }>(
    'select name, state, found from steps order by position',
  );

it('a step that is done for several things is done for each, once, also when the run is taken up again', async () => {
  const made: string[] = [];
  let failures = 1;
  const engine = await rig.engine([
    testFlow(async (context) => {
      for (const item of ['a', 'b', 'c'])
        await context.forItem(item).write('make', {
          find: async () => null,
          send: async () => {
            if (item === 'c' && failures-- > 0) throw new Error('the first time fails');
            made.push(item);
            return item;
          },
        });
      return ok;
    }),
  ]);
  await rig.send(engine, 'r1');
  await rig.settled();
  expect(made).toEqual(['a', 'b', 'c']);
  expect((await steps()).map(({ name }) => name)).toEqual(['make a', 'make b', 'make c']);
});

it('a write that found its record is told from one that made it', async () => {
  let there: string | null = null;
  const engine = await rig.engine([
    testFlow(async ({ write }) => {
      await write('make', { findFirst: true, find: async () => there, send: async () => 'made' });
      return ok;
    }),
  ]);
  await rig.send(engine, 'r1');
  await rig.settled();
  expect(await steps()).toMatchObject([{ state: 'done', found: false }]);
  there = 'found';
  await rig.send(engine, 'r2');
  await rig.settled();
  expect((await steps()).map(({ found }) => found).toSorted()).toEqual([false, true]);
});

it('a fact that came too early is kept, told once under each key, and forgotten when it was taken up', async () => {
  const taken: unknown[] = [];
  const engine = await rig.engine([
    testFlow(async ({ event, keep, kept, forget }) => {
      if (event.recordId === 'fact') {
        await keep({ subject: 'thing', key: '1', fact: { text: 'half \ud83d a pair' } });
        await keep({ subject: 'thing', key: '1', fact: { text: 'told again' } });
        await keep({ subject: 'other', key: '1', fact: 'of another thing' });
        return ok;
      }
      const facts = await kept(['thing', 'nothing']);
      taken.push(facts.map(({ fact }) => fact));
      await forget(facts);
      return ok;
    }),
  ]);
  for (const record of ['fact', 'thing', 'thing']) {
    await rig.send(engine, record);
    await rig.settled();
  }
  expect(taken).toEqual([[{ text: 'told again' }], []]);
});

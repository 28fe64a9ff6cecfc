import { ok, openRig, type Rig, testFlow } from '../engine/rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

it('a vendor’s answer that holds the character NUL, which PostgreSQL refuses, is stored without it', async () => {
  const flow = testFlow(async (context) => {
    await context.read('look', async () => ({ name: 'a\u0000b', list: ['\u0000'] }));
    await context.write('make', { send: async () => ({ id: '\\u0000 is no NUL' }), find: async () => null });
    return ok;
  });
  const engine = await rig.engine([flow]);
  await rig.send(engine, 'record-1');
  await rig.settled();
  expect(await rig.states()).toEqual(['done']);
  const steps = await rig.database.query<{ output: unknown }>('select output from steps order by position');
  expect(steps.map((step) => step.output)).toEqual([{ name: 'ab', list: [''] }, { id: '\\u0000 is no NUL' }]);
});

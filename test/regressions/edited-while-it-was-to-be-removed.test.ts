import { endLeaving, leavingPair } from './leaving-pair.ts';

afterAll(endLeaving);

it('an edit that nothing carried over yet is not removed with its record when the other one stops fitting', async () => {
  const { rig, left, right, l, r } = await leavingPair('removed');
  right.edit(r, { note: 'of the right' });
  left.edit(l, { city: 'Paris' });
  await rig.settle();
  await rig.settle();
  expect(right.live().map(({ values }) => values.note)).toEqual(['of the right']);
  expect(left.live().map(({ values }) => values.note)).toEqual(['first']);
  left.edit(l, { city: 'Lyon' });
  await rig.settle();
  expect(left.live().map(({ values }) => values.note)).toEqual(['of the right']);
  expect(right.live().map(({ id }) => id)).toEqual([r]);
});

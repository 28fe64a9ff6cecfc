import { endLeaving, LYON, leavingPair } from './leaving-pair.ts';

afterAll(endLeaving);

it('of a pair that parted, who stays is not made again on the other side, whatever of the two happens first', async () => {
  for (const first of ['edit', 'deletion']) {
    const { rig, left, right, l, r } = await leavingPair('unlinked');
    left.edit(l, { city: 'Paris' });
    await rig.settle();
    if (first === 'edit') right.edit(r, { note: 'mine' });
    left.remove(l);
    if (first === 'deletion') right.edit(r, { note: 'mine' });
    await rig.settle();
    await rig.settle();
    expect([first, left.live(), right.live().map(({ id }) => id)]).toEqual([first, [], [r]]);
  }
});

it('nor where only the preview of another filter finds the deletion', async () => {
  const { rig, left, right, l, r } = await leavingPair('unlinked');
  left.edit(l, { city: 'Paris' });
  await rig.settle();
  await rig.filter({ left: LYON, right: null, leaving: 'kept' });
  left.remove(l);
  await rig.previewAndApply();
  await rig.settle();
  expect([left.live(), right.live().map(({ id }) => id)]).toEqual([[], [r]]);
});

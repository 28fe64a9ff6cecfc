import { include, resume } from '../../server/engine/sync/control.ts';
import { startUndo } from '../../server/engine/sync/undo.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { endLeaving, leavingPair, type Parts } from './leaving-pair.ts';

afterAll(endLeaving);

const names = ({ right }: Parts) => right.live().map(({ values }) => values.note);

/** It stops fitting, the other record is removed, and somebody takes that run back. */
async function undone(): Promise<Parts> {
  const parts = await leavingPair('removed');
  const { rig, left, right, l } = parts;
  left.edit(l, { city: 'Paris' });
  await rig.settle();
  expect(right.live()).toEqual([]);
  const pass = (await passesOf(rig.database, rig.key, 10)).find(({ kind }) => kind === 'live');
  await startUndo(rig.control, rig.key, pass?.id ?? '');
  await rig.settle();
  await resume(rig.control, rig.key, 'look');
  await rig.settle();
  expect(names(parts)).toEqual(['first']);
  return parts;
}

it('what returns after the undo of its removal is not made a second time, also by another address', async () => {
  const parts = await undone();
  const { rig, left, l } = parts;
  left.edit(l, { city: 'Lyon', email: 'elsewhere@x.example', note: 'back' });
  for (let look = 0; look < 3; look += 1) await rig.settle();
  expect([left.live().length, names(parts)]).toEqual([1, ['first']]);
});

it('once somebody takes the undone one in again, the two are one', async () => {
  for (const first of ['returns', 'included']) {
    const parts = await undone();
    const { rig, left, right, l } = parts;
    const id = right.live()[0]?.id ?? '';
    const returns = () => left.edit(l, { city: 'Lyon', email: 'elsewhere@x.example' });
    if (first === 'returns') returns();
    await rig.settle();
    await include(rig.control, rig.key, { side: 'right', id });
    await rig.settle();
    if (first === 'included') returns();
    await rig.settle();
    right.edit(id, { note: 'later' });
    await rig.settle();
    expect([first, left.live().map(({ values }) => values.note), names(parts)]).toEqual([
      first,
      ['later'],
      ['later'],
    ]);
  }
});

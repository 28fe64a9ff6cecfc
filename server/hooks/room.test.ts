import { roomFor } from './room.ts';

const LONG = 60_000;

it('lets in whom there is room for, and the others in their order once there is', async () => {
  const room = roomFor(10);
  const entered: string[] = [];
  const enter = (name: string, bytes: number) =>
    room.take(bytes, LONG).then((leave) => {
      entered.push(name);
      return leave;
    });
  const first = await enter('first', 6);
  const second = enter('second', 6);
  const third = enter('third', 1);
  await new Promise(setImmediate);
  // The small one does not overtake: a large one would never come in.
  expect(entered).toEqual(['first']);
  first?.();
  await Promise.all([second, third]);
  expect(entered).toEqual(['first', 'second', 'third']);
});

it('tells whom it has no room for in time, and forgets them', async () => {
  const room = roomFor(10);
  const leave = await room.take(10, LONG);
  expect(await room.take(10, 0)).toBeNull();
  leave?.();
  // Given back once, however often that is said.
  leave?.();
  expect(await room.take(10, LONG)).not.toBeNull();
  expect(await room.take(1, 0)).toBeNull();
});

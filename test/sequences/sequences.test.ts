import fc from 'fast-check';
import { holdForSequences, type Sequences, wrongWith } from './sequences.ts';

const { LIAISON_TEST_SEED: seed, LIAISON_TEST_SEQUENCES: many } = process.env;
beforeEach(() => {
  delete process.env.LIAISON_TEST_SEED;
  delete process.env.LIAISON_TEST_SEQUENCES;
});
afterAll(() => {
  if (seed !== undefined) process.env.LIAISON_TEST_SEED = seed;
  if (many !== undefined) process.env.LIAISON_TEST_SEQUENCES = many;
});

const arbitrary = fc.record({ steps: fc.array(fc.nat(9), { maxLength: 12 }) });
type Numbers = { readonly steps: readonly number[] };

const withoutNineThenOne = ({ steps }: Numbers) =>
  wrongWith(() => {
    if (steps.includes(9) && steps.slice(steps.indexOf(9)).includes(1)) throw new Error('a one after a nine');
  });

async function failureOf(about: Partial<Sequences<'steps', Numbers>>): Promise<string> {
  const whole = {
    list: 'steps' as const,
    arbitrary,
    count: 300,
    together: 20,
    play: async () => [],
    ...about,
  };
  return holdForSequences<'steps', Numbers>(whole).then(
    () => '',
    (error: Error) => error.message,
  );
}

it('plays as many as it says, no more beside each other than it says', async () => {
  const played: number[] = [];
  const play = async (sequences: readonly Numbers[]) => {
    played.push(sequences.length);
    return sequences.map(() => null);
  };
  await holdForSequences({ list: 'steps', arbitrary, count: 45, together: 20, play });
  expect(played).toEqual([20, 20, 5]);
});

it('names one that fails by its seed and by the steps that it needs, and its seed plays it alone', async () => {
  const play = async (sequences: readonly Numbers[]) => sequences.map(withoutNineThenOne);
  const message = await failureOf({ play });
  expect(message).toContain('a one after a nine');
  expect(message).toContain('{"steps":[9,1]}');
  const [, named] = message.match(/LIAISON_TEST_SEED=(\d+) LIAISON_TEST_SEQUENCES=1 plays it alone/) ?? [];
  Object.assign(process.env, { LIAISON_TEST_SEED: named, LIAISON_TEST_SEQUENCES: '1' });
  const again: Numbers[] = [];
  const alone = await failureOf({
    play: async (sequences) => {
      again.push(...sequences);
      return play(sequences);
    },
  });
  expect(alone).toContain(`The sequence of seed ${named} fails, with 1 of 1`);
  expect(again[0]?.steps.length).toBeGreaterThanOrEqual(2);
});

it('says so of one that fails beside others only', async () => {
  const play = async (sequences: readonly Numbers[]) =>
    sequences.map((_, at) => (at === 3 ? new Error('crowded') : null));
  expect(await failureOf({ play })).toMatch(
    /crowded\nAlone it holds; LIAISON_TEST_SEED=\d+ LIAISON_TEST_SEQUENCES=20/,
  );
});

it('takes no sequence for checked that nobody checked', async () => {
  expect(await failureOf({ play: async () => [null] })).toBe('20 were played, 1 checked');
});

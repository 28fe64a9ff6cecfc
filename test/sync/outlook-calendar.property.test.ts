import { randomInt } from 'node:crypto';
import { playInterleaved } from '../calendar/interleaved.ts';
import { inWords, sequenceOf, TROUBLES, troublesOf } from '../calendar/sequences.ts';
import { openShared, type SharedDatabase } from './rig.ts';

/**
 * Whatever people do in Outlook's calendar (here its simulator, through Graph) and on the other side, and whatever becomes
 * of notifications, answers, links, subscriptions and the process: both sides of each sequence end equal, as whoever was
 * not contradicted wanted it, and then nothing is written any more.
 *
 * A sequence that fails is named with its seed: `LIAISON_TEST_SEED=<seed> LIAISON_TEST_SEQUENCE=<number>` plays it by
 * itself, and `LIAISON_TEST_SEED=<seed>` its whole life.
 */
const { LIAISON_TEST_SEED, LIAISON_TEST_SEQUENCE, LIAISON_TEST_SIZE } = process.env;
const SEQUENCES = LIAISON_TEST_SIZE === 'full' ? 5_000 : 1_000;
/** Sequences that share one calendar, as a person's meetings do. */
const TOGETHER = 250;
const MOST_TOLD = 5;
const REPLAY = 'npm run jest -- test/sync/outlook-calendar.property';

const SEEDS =
  LIAISON_TEST_SEED === undefined
    ? Array.from({ length: SEQUENCES / TOGETHER }, () => randomInt(1, 2 ** 31))
    : [Number(LIAISON_TEST_SEED)];
const NUMBERS =
  LIAISON_TEST_SEQUENCE === undefined
    ? Array.from({ length: TOGETHER }, (_, number) => number)
    : [Number(LIAISON_TEST_SEQUENCE)];

const KINDS = ['rename', 'move', 'whole-days', 'move-date', 'delete-date', 'delete'];
const TOLD = ['at once', 'late', 'twice', 'never'];
/** What must have been part of the mixture. */
const INGREDIENTS = [
  ...['left', 'right'].flatMap((side) => [
    ...KINDS.map((kind) => `${side} ${kind}`),
    ...TOLD.map((told) => `${side} told ${told}`),
    ...['single, before', 'single, later', 'series, before', 'series, later'].map(
      (how) => `begun ${side}, ${how}`,
    ),
  ]),
  ...['links-410: cursor-lost', 'links-400: cursor-lost', 'throttled: rate-limited', 'broken: retry-later'],
  ...['lost-answer: retry-later', 'crash'],
];

let shared: SharedDatabase;
const met = new Map<string, number>();
let played = 0;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

it.each(SEEDS)(
  'both sides of each sequence end equal, whatever befalls them: seed %i',
  async (seed) => {
    const outcome = await playInterleaved(shared, seed, NUMBERS);
    for (const [what, times] of outcome.met) met.set(what, (met.get(what) ?? 0) + times);
    played += NUMBERS.length;
    const wrong = [...outcome.wrong].map(
      ([number, what]) => `LIAISON_TEST_SEED=${seed} LIAISON_TEST_SEQUENCE=${number} ${REPLAY}
  ${inWords(sequenceOf(seed, number))}
  ${what.join('\n  ')}`,
    );
    if (wrong.length === 0 && outcome.wrongOfAll.length === 0) return;
    const told = [...outcome.wrongOfAll, ...wrong.slice(0, MOST_TOLD)].join('\n');
    throw new Error(
      `${wrong.length} of ${NUMBERS.length} sequences did not end well; rounds: ${troublesOf(seed).join(', ')}.\n${told}`,
    );
  },
  300_000,
);

if (LIAISON_TEST_SEED === undefined)
  it('a thousand sequences were played, and nothing that may befall them was drawn in vain', () => {
    expect(played).toBeGreaterThanOrEqual(1_000);
    expect(INGREDIENTS.filter((one) => (met.get(one) ?? 0) < SEEDS.length)).toEqual([]);
    const subscription = ['subscription set up as it said', 'subscription found missing'];
    expect(subscription.reduce((sum, one) => sum + (met.get(one) ?? 0), 0)).toBe(SEEDS.length);
    expect(TROUBLES).toHaveLength(7);
  });

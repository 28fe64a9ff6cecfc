import fc from 'fast-check';
import type { Side } from '../../server/core/sync/mapping.ts';

/** How many rounds of edits one life of a server has. */
export const ROUNDS = 7;
/** The Mondays of every series. */
export const WEEKS = ['2027-03-08', '2027-03-15', '2027-03-22', '2027-03-29'];

const TOLD = ['at once', 'late', 'twice', 'never'] as const;
/** What becomes of the notification of a change: delivered, or a round later, or doubled, or lost. */
export type Told = (typeof TOLD)[number];

const side = fc.constantFrom('left' as const, 'right' as const);
const hour = fc.integer({ min: 8, max: 17 });
const week = fc.nat(WEEKS.length - 1);
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rename' as const), side, hour }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), side, hour }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('whole-days' as const), side }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move-date' as const), side, week, hour }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete-date' as const), side, week }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), side }) },
);
export type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

const told = fc.oneof(
  { weight: 5, arbitrary: fc.constant(TOLD[0]) },
  { weight: 2, arbitrary: fc.constant(TOLD[1]) },
  { weight: 2, arbitrary: fc.constant(TOLD[2]) },
  { weight: 2, arbitrary: fc.constant(TOLD[3]) },
);
/** Somebody's act, in one of the rounds. */
export interface Step {
  readonly round: number;
  readonly act: Act;
  readonly told: Told;
}

/** One meeting, and what people do to it: on either side, over the rounds. */
export interface Sequence {
  readonly begins: Side;
  readonly isSeries: boolean;
  /** Null: before the first preview; else the round in which it is made. */
  readonly born: number | null;
  readonly bornTold: Told;
  readonly steps: readonly Step[];
}

const sequence: fc.Arbitrary<Sequence> = fc
  .record({
    begins: side,
    isSeries: fc.boolean(),
    born: fc.option(fc.nat(2), { freq: 2, nil: null }),
    bornTold: told,
    steps: fc.array(fc.record({ round: fc.nat(ROUNDS - 1), act, told }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ steps, ...one }) => ({
    ...one,
    // What happens to it happens after it is there.
    steps: steps
      .map((step) => ({ ...step, round: Math.max(step.round, one.born === null ? 0 : one.born + 1) }))
      .sort((a, b) => a.round - b.round),
  }));

/** A sequence of this seed and number: always the same one. */
export function sequenceOf(seed: number, number: number): Sequence {
  const [drawn] = fc.sample(sequence, { seed: (seed + Math.imul(number + 1, 0x9e3779b1)) | 0, numRuns: 1 });
  return drawn as Sequence;
}

/** What befalls everybody in a round. */
export const TROUBLES = [
  'links-410',
  'links-400',
  'lost-answer',
  'throttled',
  'broken',
  'subscription-removed',
  'crash',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** After these everything is read anew, which makes up for whatever was passed over before. */
const READ_ANEW: ReadonlySet<Trouble> = new Set(['links-410', 'links-400']);

/**
 * All of them, in the order of this life. The last is none after which everything is read anew: what happened since is
 * there by what Graph says has changed, or not at all.
 */
export function troublesOf(seed: number): Trouble[] {
  const order = fc.shuffledSubarray([...TROUBLES], { minLength: ROUNDS, maxLength: ROUNDS });
  const [drawn] = fc.sample(order, { seed, numRuns: 1 });
  const all = drawn as Trouble[];
  const last = all.findLastIndex((one) => !READ_ANEW.has(one));
  return [...all.slice(0, last), ...all.slice(last + 1), ...all.slice(last, last + 1)];
}

const SIDES = { left: 'Outlook', right: 'the other side' } as const;

/** A sequence in words, to be read and played again. */
export function inWords({ begins, isSeries, born, bornTold, steps }: Sequence): string {
  const begun = `${isSeries ? 'a series' : 'a meeting'} of ${SIDES[begins]}, made ${
    born === null ? 'before the preview' : `in round ${born} (told ${bornTold})`
  }`;
  const done = steps.map(({ round, act: { kind, side: where, ...how }, told: how2 }) => {
    const details = Object.entries(how).map(([name, value]) => ` ${name} ${value}`);
    return `round ${round}, ${SIDES[where]}: ${kind}${details.join('')} (told ${how2})`;
  });
  return [begun, ...done].join('; ');
}

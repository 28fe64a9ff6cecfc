import type { Side } from '../../server/core/sync/mapping.ts';
import type { SharedDatabase } from '../sync/rig.ts';
import { seededDraws } from '../system/seeded-draws.ts';
import { judge } from './judge.ts';
import { inOutlook, newInOutlook, newOnTheRight, onTheRight } from './people.ts';
import { type Sequence, sequenceOf, type Told, type Trouble, troublesOf } from './sequences.ts';
import { openLife, type ServerLife, VENDOR } from './server-life.ts';

export interface Done {
  readonly side: Side;
  readonly kind: string;
  readonly said: Readonly<Record<string, unknown>>;
}

/** A sequence in play. */
export interface Played {
  readonly number: number;
  readonly sequence: Sequence;
  leftId: string | null;
  rightId: string | null;
  /** What becomes of notifications of its meeting now. */
  told: Told;
  /** What was done, as far as it could be, and what the meeting said by then, as far as is known. */
  readonly done: Done[];
}

export interface Outcome {
  /** Of each sequence that did not end well: what is wrong. */
  readonly wrong: ReadonlyMap<number, readonly string[]>;
  /** What is wrong that is no sequence's. */
  readonly wrongOfAll: readonly string[];
  /** How often each ingredient was met. */
  readonly met: ReadonlyMap<string, number>;
}

/**
 * Plays sequences interleaved, each over a meeting of its own, within one life of a server: passes, looks and settling
 * are shared, as they are by a person's many meetings; each is judged by itself.
 */
export async function playInterleaved(
  shared: SharedDatabase,
  seed: number,
  numbers: readonly number[],
): Promise<Outcome> {
  const draws = seededDraws(seed);
  const life = await openLife(shared, { random: () => draws.below(1_000_000) / 1_000_000 });
  const met = new Map<string, number>();
  const meet = (what: string, times = 1): void => void met.set(what, (met.get(what) ?? 0) + times);
  try {
    const all = numbers.map((number): Played => {
      const sequence = sequenceOf(seed, number);
      return { number, sequence, leftId: null, rightId: null, told: 'at once', done: [] };
    });
    await begin(life, all, null, meet);
    await life.rig.previewAndApply();
    await life.settle(1);
    await life.subscribe();
    const about = { meet, below: draws.below, late: [] };
    for (const [round, trouble] of troublesOf(seed).entries()) {
      await link(life, all);
      await playRound(life, all, Object.assign(about, { round, trouble }));
    }
    await life.sandbox.fault(VENDOR, null);
    await life.comeToRest();
    meet('crash', life.deaths());
    await link(life, all);
    return { ...(await judge(life, all)), met };
  } finally {
    await life.close();
  }
}

/** Meetings of sequences that begin before the preview, or in this round. */
async function begin(
  { sandbox, right }: ServerLife,
  all: readonly Played[],
  round: number | null,
  meet: (what: string) => void,
): Promise<Played[]> {
  const born = all.filter(({ sequence }) => sequence.born === round);
  const made = born.filter(({ sequence }) => sequence.begins === 'left');
  const ids = await sandbox.acts(
    VENDOR,
    made.map(({ sequence, number }) => newInOutlook(sequence, number)),
  );
  for (const [index, one] of made.entries()) one.leftId = ids[index]?.id ?? null;
  for (const one of born) {
    const { sequence, number } = one;
    if (sequence.begins === 'right') one.rightId = right.put(null, newOnTheRight(sequence, number));
    one.told = sequence.bornTold;
    meet(
      `begun ${sequence.begins}, ${sequence.isSeries ? 'series' : 'single'}, ${round === null ? 'before' : 'later'}`,
    );
  }
  return born;
}

/** Which two meetings are a sequence's now. */
async function link(life: ServerLife, all: readonly Played[]): Promise<void> {
  const links = await life.links();
  const byLeft = new Map(links.map((one) => [one.left, one]));
  const byRight = new Map(links.map((one) => [one.right, one]));
  for (const one of all) {
    const found = byLeft.get(one.leftId ?? '') ?? byRight.get(one.rightId ?? '');
    if (found === undefined) continue;
    one.leftId = found.left;
    one.rightId = found.right;
  }
}

interface Round {
  readonly round: number;
  readonly trouble: Trouble;
  readonly meet: (what: string, times?: number) => void;
  readonly below: (most: number) => number;
  /** What the other side announces late: records of the round before. */
  late: string[];
}

/** What makes some calls fail, and passes. */
const FAILING: ReadonlySet<Trouble> = new Set(['lost-answer', 'throttled', 'broken']);

async function playRound(life: ServerLife, all: readonly Played[], about: Round): Promise<void> {
  const { sandbox, post } = life;
  const { round, trouble, meet, below } = about;
  life.failed();
  const before = post.received();
  // What Graph tells of the subscription itself comes; nothing comes of what happens after.
  const isSilent = trouble === 'subscription-removed';
  if (isSilent) await sandbox.act(VENDOR, { act: 'drop-subscriptions' });
  const begun = await begin(life, all, round, meet);
  const touched = playOnTheRight(life, all, begun, about);
  const accepted = (await playInOutlook(life, all, about)) + countBegun(begun, 'left');
  await post.come(before + (isSilent ? 1 : accepted));
  await befall(life, trouble, below);
  const owners = new Map(all.map((one) => [one.leftId, one]));
  const fates = await post.deliver((event) =>
    event === null ? (below(2) === 0 ? 'at once' : 'never') : (owners.get(event)?.told ?? 'at once'),
  );
  for (const [told, times] of fates) meet(`left told ${told}`, times);
  await announce(life, touched, about);
  if (life.isLapsing()) {
    meet('subscription set up as it said');
    await life.subscribe();
  }
  await life.heed();
  // What fails is tried again while it lasts; what nobody told of is found by a look in some rounds, and later in others.
  if (FAILING.has(trouble)) await life.settle(3);
  else if (below(2) === 0) await life.settle(1);
  life.dieAfter([]);
  for (const [kind, times] of life.failed()) meet(`${trouble}: ${kind}`, times);
  await sandbox.fault(VENDOR, null);
  if (await life.inspect()) meet('subscription found missing');
}

const countBegun = (begun: readonly Played[], side: Side): number =>
  begun.filter(({ sequence }) => sequence.begins === side).length;

/** @returns what is to be told of which records. */
function playOnTheRight(
  { right }: ServerLife,
  all: readonly Played[],
  begun: readonly Played[],
  { round, meet }: Round,
): Map<string, Told> {
  const touched = new Map<string, Told>();
  for (const { rightId, told } of begun) if (rightId !== null) touched.set(rightId, told);
  for (const one of all) {
    const { number, sequence, rightId } = one;
    for (const { act, told, ...step } of sequence.steps) {
      if (step.round !== round || act.side === 'left' || rightId === null) continue;
      if (!onTheRight(right, rightId, number, sequence.isSeries, act)) continue;
      touched.set(rightId, told);
      one.done.push({ side: 'right', kind: act.kind, said: { ...right.records.get(rightId)?.values } });
      meet(`right ${act.kind}`);
    }
  }
  return touched;
}

/** @returns how many things were done: each is notified. */
async function playInOutlook(
  { sandbox }: ServerLife,
  all: readonly Played[],
  { round, meet }: Round,
): Promise<number> {
  const wishes = all.flatMap((one) =>
    one.sequence.steps.flatMap(({ act, told, ...step }) => {
      const { number, sequence, leftId } = one;
      if (step.round !== round || act.side === 'right' || leftId === null) return [];
      const wish = inOutlook(leftId, number, sequence.isSeries, act);
      return wish === null ? [] : [{ one, wish, told, kind: act.kind }];
    }),
  );
  const came = await sandbox.acts(
    VENDOR,
    wishes.map(({ wish }) => wish),
  );
  // People meet refusals, too: what cannot be done is not done.
  const accepted = wishes.filter((_, index) => came[index]?.error === undefined);
  for (const { one, wish, told, kind } of accepted) {
    one.told = told;
    one.done.push({ side: 'left', kind, said: { title: wish.changes?.subject } });
    meet(`left ${kind}`);
  }
  return accepted.length;
}

async function befall({ sandbox, dieAfter }: ServerLife, what: Trouble, below: (most: number) => number) {
  if (what === 'links-410' || what === 'links-400')
    await sandbox.act(VENDOR, { act: 'lose-links', status: what === 'links-400' ? 400 : 410 });
  if (what === 'lost-answer')
    await sandbox.fault(VENDOR, {
      commitThenFail: 'reset',
      methods: ['POST', 'PATCH', 'DELETE'],
      path: '/events',
      rate: 0.2,
    });
  if (what === 'throttled') await sandbox.fault(VENDOR, { status: 429, retryAfter: '0.2', rate: 0.1 });
  if (what === 'broken') await sandbox.fault(VENDOR, { status: 503, rate: 0.1 });
  if (what === 'crash') dieAfter([below(8), below(8), below(8)]);
}

/** The other side's webhooks: lost, doubled and late as Graph's are. */
async function announce(life: ServerLife, touched: ReadonlyMap<string, Told>, about: Round): Promise<void> {
  const those = (wanted: Told): string[] =>
    [...touched].flatMap(([id, told]) => (told === wanted ? [id] : []));
  await life.announce([...about.late, ...those('at once'), ...those('twice')]);
  await life.announce(those('twice'));
  about.late = those('late');
  for (const told of touched.values()) about.meet(`right told ${told}`);
}

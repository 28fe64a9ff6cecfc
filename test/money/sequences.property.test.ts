import { decimalOf } from '../../server/core/money.ts';
import { holdForSequences, wrongWith } from '../sequences/sequences.ts';
import { again } from './events.ts';
import { type BookedPayment, type Money, openMoney, type StripeEvent } from './rig.ts';
import { type Story, story, told } from './sequence.ts';
import { believed, type Expected, played, type Told } from './told-story.ts';

/** Stories that happen beside each other, as those of many payers do. */
const TOGETHER = 50;
const COUNT = process.env.LIAISON_TEST_SIZE === 'full' ? 1_600 : 60;

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());

const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });
const dayOf = (seconds: number): string => paris.format(new Date(seconds * 1_000));

const major = ({ amountMinor, currency }: Expected): number =>
  Number(decimalOf({ minor: amountMinor, currency }));

let names = 0;
const newName = (): string => {
  names += 1;
  return `h${names}`;
};

/** Delivers what each story tells in its own order; some come one by one, some all at once. */
async function deliver(
  stories: readonly { events: readonly StripeEvent[]; atOnce: number }[],
): Promise<void> {
  const left = stories.map(({ events, atOnce }) => ({ events: [...events], atOnce }));
  while (left.some(({ events }) => events.length > 0)) {
    await money.accept(left.flatMap(({ events, atOnce }) => events.splice(0, atOnce)));
    await money.rig.settled();
  }
}

const MARKS: Readonly<Record<string, string>> = {
  pending: ', en attente',
  succeeded: '',
  failed: ', échoué',
};
const TURNS: Readonly<Record<string, string>> = {
  withdrawn: 'fonds retirés',
  reinstated: 'fonds rendus',
  won: 'gagné',
  lost: 'perdu',
};

interface Booked {
  readonly payments: readonly BookedPayment[];
  readonly comments: ReadonlyMap<string, readonly string[]>;
}

/** One story's payments stand as Stripe moved them, and what became of them stands beside them, each once. */
function expectBooked({ expected, never }: Told, { payments, comments }: Booked): void {
  const names = new Set([...never, ...expected.map(({ identity }) => identity)]);
  const bare = ({ reference, amount, currency, date }: BookedPayment) =>
    `${reference} ${amount} ${currency} ${date}`;
  expect(
    payments
      .filter(({ reference }) => names.has(reference))
      .map(bare)
      .toSorted(),
  ).toEqual(
    expected.map((one) => `${one.identity} ${major(one)} ${one.currency} ${dayOf(one.movedAt)}`).toSorted(),
  );
  for (const { identity, refunds, disputes } of expected) {
    const texts = comments.get(identity) ?? [];
    const times = (mark: string): number => texts.filter((text) => text.includes(mark)).length;
    for (const [id, state] of refunds)
      expect([identity, id, state, times(`(${id}${MARKS[state]})`)]).toEqual([identity, id, state, 1]);
    for (const [id, own] of disputes)
      for (const mark of ['ouvert', ...own.map((turn) => TURNS[turn])])
        expect([identity, id, mark, times(`(${id}, ${mark})`)]).toEqual([identity, id, mark, 1]);
    expect(new Set(texts).size).toBe(texts.length);
  }
}

async function play(stories: readonly Story[]): Promise<(Error | null)[]> {
  await money.reset();
  const all: Told[] = [];
  for (const one of stories)
    all.push(one.isKnown ? await played(money, one, newName()) : believed(one, newName()));
  await deliver(
    stories.map((one, index) => ({
      events: told(all[index]?.events ?? [], one, again),
      atOnce: one.atOnce,
    })),
  );
  const booked = { payments: await money.payments(), comments: await money.commentsByReference() };
  const wrong = all.map((one) => wrongWith(() => expectBooked(one, booked)));
  const unfinished = await money.unfinished();
  const others = wrongWith(() => {
    expect(unfinished).toEqual([]);
    expect(booked.payments).toHaveLength(all.flatMap(({ expected }) => expected).length);
  });
  return wrong.map((one) => one ?? others);
}

it(
  'Books’ payments are Stripe’s movements, to the minor unit and on their day, whatever order, state and shape they are told in',
  () => holdForSequences({ list: 'payments', arbitrary: story, count: COUNT, together: TOGETHER, play }),
  3_600_000,
);

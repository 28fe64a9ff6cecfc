import fc from 'fast-check';
import { decimalOf } from '../../server/core/money.ts';
import { again } from './events.ts';
import { type Money, openMoney, type StripeEvent } from './rig.ts';
import { type Story, story, told } from './sequence.ts';
import { believed, type Expected, played, type Told } from './told-story.ts';

/** Stories that happen beside each other, as those of many payers do. */
const TOGETHER = 20;
const FULL = process.env.LIAISON_TEST_SIZE === 'full';
const SEQUENCES = FULL ? 2_000 : Number(process.env.SEQ ?? 60);

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

async function expectBooked(all: readonly Told[]): Promise<void> {
  const payments = await money.payments();
  const expected = all.flatMap((one) => one.expected);
  const bare = ({ reference, amount, currency, date }: (typeof payments)[number]) =>
    `${reference} ${amount} ${currency} ${date}`;
  expect(payments.map(bare).toSorted()).toEqual(
    expected.map((one) => `${one.identity} ${major(one)} ${one.currency} ${dayOf(one.movedAt)}`).toSorted(),
  );
  const marks: Readonly<Record<string, string>> = {
    pending: ', en attente',
    succeeded: '',
    failed: ', échoué',
  };
  const turns: Readonly<Record<string, string>> = {
    withdrawn: 'fonds retirés',
    reinstated: 'fonds rendus',
    won: 'gagné',
    lost: 'perdu',
  };
  const comments = await money.commentsByReference();
  for (const { identity, refunds, disputes } of expected) {
    const texts = comments.get(identity) ?? [];
    const times = (mark: string): number => texts.filter((text) => text.includes(mark)).length;
    for (const [id, state] of refunds)
      expect([identity, id, state, times(`(${id}${marks[state]})`)]).toEqual([identity, id, state, 1]);
    for (const [id, own] of disputes)
      for (const mark of ['ouvert', ...own.map((turn) => turns[turn])])
        expect([identity, id, mark, times(`(${id}, ${mark})`)]).toEqual([identity, id, mark, 1]);
    expect(new Set(texts).size).toBe(texts.length);
  }
}

it('Books’ payments are Stripe’s movements, to the minor unit and on their day, whatever order, state and shape they are told in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(story, { minLength: TOGETHER, maxLength: TOGETHER }),
      async (stories: Story[]) => {
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
        await expectBooked(all);
        expect(await money.unfinished()).toEqual([]);
      },
    ),
    { numRuns: SEQUENCES / TOGETHER, endOnFailure: true },
  );
}, 3_600_000);

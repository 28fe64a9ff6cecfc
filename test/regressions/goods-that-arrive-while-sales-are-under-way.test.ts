import fc from 'fast-check';
import type { SyncRules } from '../../server/core/sync/mapping.ts';
import { mergePair } from '../../server/core/sync/merge.ts';
import type { Base } from '../../server/core/sync/plan.ts';

// Once a sale had been seen by itself, goods that came in made the shop offer what was sold: the master’s number was
// written whole, in which the sale was not counted yet.
const RULES: SyncRules = {
  fields: [
    { left: 'shop', right: 'free', kind: 'stock', direction: 'to-left', master: 'right', blank: 'leave' },
  ],
  matchBy: [],
  create: { left: false, right: false },
  remove: { left: 'keep', right: 'keep' },
  country: 'FR',
};

/** A shop beside a store room, which hears of its sales in whatever order and as late as it likes. */
function counting(goods: number) {
  let base: Base | null = null;
  const state = { shop: goods, free: goods, waiting: [] as number[] };
  const self = {
    state,
    look(): void {
      const { toLeft, base: agreed } = mergePair(RULES, base, { shop: state.shop }, { free: state.free });
      if (typeof toLeft.shop === 'number') state.shop = toLeft.shop;
      base = agreed;
    },
    sell(quantity: number): void {
      state.shop -= quantity;
      state.waiting.push(quantity);
    },
    /** One of the orders that wait reaches the store room. */
    arrive(which: number): void {
      const [quantity = 0] = state.waiting.splice(which % Math.max(1, state.waiting.length), 1);
      state.free -= quantity;
    },
    /** The buyer does not pay: the shop takes it back, and the store room never hears of it. */
    cancel(which: number): void {
      const [quantity = 0] = state.waiting.splice(which % Math.max(1, state.waiting.length), 1);
      state.shop += quantity;
    },
    deliver(quantity: number): void {
      state.free += quantity;
    },
    /** What may be offered to anybody else. */
    left: (): number => state.free - state.waiting.reduce((all, one) => all + one, 0),
  };
  self.look();
  return self;
}
type Counting = ReturnType<typeof counting>;

it('what came in is added to what is left, however long the sale is known for', () => {
  const one = counting(10);
  one.sell(1);
  one.look();
  one.look();
  one.deliver(5);
  one.look();
  expect(one.state).toMatchObject({ shop: 14, free: 15 });
  one.arrive(0);
  one.look();
  expect(one.state).toMatchObject({ shop: 14, free: 14 });
});

const happening = fc.record({
  what: fc.constantFrom('sell', 'arrive', 'cancel', 'deliver'),
  by: fc.integer({ min: 1, max: 4 }),
  looks: fc.boolean(),
});
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;
const happen = (one: Counting, { what, by }: Happening): void =>
  one[what as 'sell' | 'arrive' | 'cancel' | 'deliver'](by);
const RUNS = process.env.LIAISON_TEST_SIZE === 'full' ? 20_000 : 2_000;

it('in whatever order: the shop never offers more than is free less what waits', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (all) => {
      const one = counting(10);
      for (const each of all) {
        happen(one, each);
        if (!each.looks) continue;
        one.look();
        expect(one.state.shop).toBeLessThanOrEqual(one.left());
      }
    }),
    { numRuns: RUNS },
  );
});

it('and where each is looked at by itself, it offers all of that', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (all) => {
      const one = counting(10);
      for (const each of all) {
        happen(one, each);
        one.look();
        expect(one.state.shop).toBe(one.left());
      }
    }),
    { numRuns: RUNS },
  );
});

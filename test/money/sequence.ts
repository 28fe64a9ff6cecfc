import fc from 'fast-check';

/** What happens to one refund, in the order in which it happens. */
export type RefundPath = readonly ('pending' | 'succeeded' | 'failed')[];
export type Turn = 'withdrawn' | 'reinstated' | 'won' | 'lost';

/** One payment, and what becomes of it. */
export interface PaymentPlan {
  readonly amount: number;
  /** When the payer began, in seconds before the money moved: a card takes none, a debit a week. */
  readonly begunBefore: number;
  /** Seconds after the first moment of the story. */
  readonly movedAfter: number;
  readonly refunds: readonly RefundPath[];
  readonly dispute: readonly Turn[] | null;
}

/** A story at Stripe: who pays what how, and how it is told. */
export interface Story {
  readonly currency: string;
  /** `alone`: each payment by itself; `invoice`: they pay one invoice; `receipt`: a checkout made an invoice of it. */
  readonly kind: 'alone' | 'invoice' | 'receipt' | 'elsewhere';
  /** Whether Stripe can be asked about it, or only its events are there. */
  readonly isKnown: boolean;
  readonly payments: readonly PaymentPlan[];
  readonly hasEmail: boolean;
  /** Draws the order in which the events come, and which of them come twice. */
  readonly draw: number;
  /** How many of the events come at once. */
  readonly atOnce: number;
}

const HOUR = 3_600;

const refundPath = fc.constantFrom<RefundPath>(
  ['succeeded'],
  ['pending'],
  ['pending', 'succeeded'],
  ['pending', 'failed'],
  ['succeeded', 'failed'],
);
const dispute = fc.constantFrom<readonly Turn[]>(
  [],
  ['withdrawn'],
  ['withdrawn', 'lost'],
  ['withdrawn', 'reinstated', 'won'],
);
const payment: fc.Arbitrary<PaymentPlan> = fc.record({
  // Whole in every currency that is counted in hundredths or not at all.
  amount: fc.integer({ min: 1, max: 90_000 }).map((hundreds) => hundreds * 100),
  begunBefore: fc.constantFrom(0, 0, 3 * HOUR, 7 * 24 * HOUR),
  movedAfter: fc.nat(20 * 24 * HOUR),
  refunds: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(refundPath, { minLength: 1, maxLength: 3 }) },
  ),
  dispute: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: dispute }),
});

export const story: fc.Arbitrary<Story> = fc.record({
  currency: fc.constantFrom('eur', 'usd', 'jpy', 'kwd', 'chf', 'isk', 'huf'),
  kind: fc.constantFrom('alone', 'invoice', 'invoice', 'receipt', 'elsewhere'),
  isKnown: fc.boolean(),
  payments: fc.oneof(
    { weight: 2, arbitrary: fc.array(payment, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(payment, { minLength: 2, maxLength: 3 }) },
  ),
  hasEmail: fc.oneof(
    { weight: 5, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  draw: fc.integer({ min: 1, max: 2_147_483_646 }),
  atOnce: fc.constantFrom(1, 3, 100),
});

/** Things in the order that a story draws, about a quarter of them twice. */
export function told<T>(things: readonly T[], { draw }: Story, twin: (thing: T) => T): T[] {
  let drawn = draw;
  // Park and Miller's generator: the same draw tells the same order.
  const next = (): number => {
    drawn = (drawn * 48_271) % 2_147_483_647;
    return drawn;
  };
  return things
    .flatMap((thing) => (next() % 4 === 0 ? [thing, twin(thing)] : [thing]))
    .map((thing) => ({ thing, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ thing }) => thing);
}

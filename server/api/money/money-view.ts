import type { Connector } from '../../core/connector.ts';
import { unexplainedOf } from '../../core/reconciliation/payout.ts';
import { needsSomebody, REASON_WORDS } from '../../core/reconciliation/reasons.ts';
import { type DaySum, type FeeSum, sumOf } from '../../core/reconciliation/sums.ts';
import {
  type FoundDifference,
  fingerprintOf,
  isOpen,
  type KeptFees,
  type MoneyResult,
  openOf,
} from '../../engine/money/result.ts';
import type { AcceptedByKey } from '../../store/money-accepted.ts';
import type { MoneyAccount } from '../../store/money-accounts.ts';
import { applicationView } from '../connections/application-view.ts';
import type { MoneyAccountView, MoneyDetail, MoneyDifference } from '../contract.ts';

export type Checked = MoneyAccount<MoneyResult>;

/** What of an account is known beside what a check found. */
export interface MoneyFacts {
  readonly accepted: AcceptedByKey;
  /** Whether any integration of the account that is on would take up what is told under this topic. */
  readonly hears: (topic: string) => boolean;
}

/** Address of a record of one of the two sides; null: it has none that is known. */
export type UrlOf = (side: 'vendor' | 'books', object: string, id: string) => string | null;

type State = MoneyDifference['state'];

function stateOf(difference: FoundDifference, accepted: AcceptedByKey): State {
  if (accepted.get(difference.key)?.fingerprint === fingerprintOf(difference)) return 'accepted';
  if (isOpen(difference, accepted)) return 'open';
  // A fee comes by itself.
  return needsSomebody(difference.reason) || difference.reason === 'fee-unknown' ? 'young' : 'decided';
}

/** Reasons that another turn of the flow mends. */
const TAKEN_UP: ReadonlySet<FoundDifference['reason']> = new Set<FoundDifference['reason']>([
  'not-booked',
  'refund-not-carried',
  'deleted',
  'off',
]);

/** What somebody may say of a difference as it is. */
export function acceptanceOf(
  difference: FoundDifference,
  accepted: AcceptedByKey,
): readonly ('accept' | 'unaccept')[] {
  const state = stateOf(difference, accepted);
  return state === 'accepted' ? ['unaccept'] : state === 'open' ? ['accept'] : [];
}

/** What mends a difference, the best first: nothing else is done with it. */
export function actionsOf(
  difference: FoundDifference,
  { accepted, hears }: MoneyFacts,
): MoneyDifference['actions'] {
  const { reason, run, document } = difference;
  const said = acceptanceOf(difference, accepted);
  const isShelved = run?.state === 'shelved';
  return [
    ...said.filter((one) => one === 'unaccept'),
    ...(isShelved ? (['replay', 'shelf'] as const) : []),
    ...(!isShelved && TAKEN_UP.has(reason) && hears(difference.movement.event.topic)
      ? (['take-up'] as const)
      : []),
    ...(document === null ? [] : (['open'] as const)),
    ...said.filter((one) => one === 'accept'),
  ];
}

function differenceView(difference: FoundDifference, facts: MoneyFacts, urlOf: UrlOf): MoneyDifference {
  const { key, reason, kind, currency, vendor, books, minor, who, reference, says, run } = difference;
  const { movement, document } = difference;
  const state = stateOf(difference, facts.accepted);
  const accepted = state === 'accepted' ? facts.accepted.get(key) : undefined;
  return {
    ...{ key, reason, kind, currency, vendor, books, minor, who, reference, says, state },
    words: REASON_WORDS[reason],
    accepted: accepted
      ? { note: accepted.note, by: accepted.acceptedBy, at: accepted.at.toISOString() }
      : null,
    actions: actionsOf(difference, facts),
    vendorUrl: urlOf('vendor', movement.object, movement.recordId),
    documentUrl: document === null ? null : urlOf('books', document.object, document.id),
    run: run?.id ?? null,
    integration: run?.integration ?? null,
  };
}

type Totals = MoneyAccountView['totals'];

const openAmong = (open: readonly FoundDifference[], of: Totals[number]['of'], currency: string): number => {
  const kinds = { fees: ['fee'], payouts: ['payout'], movements: ['payment', 'refund', 'dispute'] }[of];
  return open.filter((one) => one.currency === currency && kinds.includes(one.kind)).length;
};

/** By currency: what moved, then the fees, then the payouts that are to stand in the books. */
function totalsOf(result: MoneyResult | null, open: readonly FoundDifference[]): Totals {
  if (result === null) return [];
  return [...movementTotals(result.days, open), ...feeTotals(result, open), ...payoutTotals(result, open)];
}

/** Fees that are not to stand in the books are in no sum. */
function feeTotals({ fees }: MoneyResult, open: readonly FoundDifference[]): Totals {
  const compared = fees
    .map(feeView)
    .filter(
      ({ feeMinor, booksMinor, unbookedMinor, differences }) =>
        booksMinor !== 0 || feeMinor !== unbookedMinor || differences > 0,
    );
  return [...Map.groupBy(compared, ({ currency }) => currency)].map(([currency, own]) => {
    const sum = (of: (one: (typeof own)[number]) => number): number =>
      own.reduce((minor, one) => minor + of(one), 0);
    const vendorMinor = sum(({ feeMinor, unbookedMinor }) => unbookedMinor - feeMinor);
    const booksMinor = sum((one) => -one.booksMinor);
    return totalOf('fees', currency, vendorMinor, booksMinor, open);
  });
}

function payoutTotals({ payouts }: MoneyResult, open: readonly FoundDifference[]): Totals {
  const held = payouts.flatMap(({ currency, inBooks }) =>
    inBooks?.isBooked === true ? [{ currency, ...inBooks }] : [],
  );
  return [...Map.groupBy(held, ({ currency }) => currency)].map(([currency, own]) => {
    const vendorMinor = own.reduce((minor, one) => minor + one.vendorMinor, 0);
    const booksMinor = own.reduce((minor, one) => minor + one.booksMinor, 0);
    return totalOf('payouts', currency, vendorMinor, booksMinor, open);
  });
}

function totalOf(
  of: Totals[number]['of'],
  currency: string,
  vendorMinor: number,
  booksMinor: number,
  open: readonly FoundDifference[],
): Totals[number] {
  return {
    ...{ of, currency, vendorMinor, booksMinor },
    differenceMinor: vendorMinor - booksMinor,
    open: openAmong(open, of, currency),
  };
}

/** Those with the largest number of movements first. */
function movementTotals(days: readonly DaySum[], open: readonly FoundDifference[]): Totals {
  const totals = [...Map.groupBy(days, ({ currency }) => currency)].map(([currency, own]) => {
    const sum = (of: (day: DaySum) => number): number => own.reduce((minor, day) => minor + of(day), 0);
    return {
      movements: sum((day) => day.movements),
      total: {
        of: 'movements' as const,
        currency,
        vendorMinor: sum(({ vendor }) => sumOf(vendor)),
        booksMinor: sum(({ books }) => sumOf(books)),
        differenceMinor: sum(({ differenceMinor }) => differenceMinor),
        open: openAmong(open, 'movements', currency),
      },
    };
  });
  return totals.sort((one, other) => other.movements - one.movements).map(({ total }) => total);
}

export function accountView(
  account: Checked,
  connectors: ReadonlyMap<string, Connector>,
  accepted: AcceptedByKey,
): MoneyAccountView {
  const { result, error, failedAt, progress, begunAt, askedAt } = account;
  const differences = result?.differences ?? [];
  const open = openOf(differences, accepted);
  const books = applicationView(connectors, account.booksConnector);
  return {
    id: account.id,
    connector: applicationView(connectors, account.connector),
    account: account.accountName,
    books: { id: books.id, titles: books.titles, account: account.booksName },
    checkedAt: account.checkedAt?.toISOString() ?? null,
    from: result?.from ?? null,
    to: result?.to ?? null,
    totals: totalsOf(result, open),
    open: open.length,
    differences: differences.length + (result?.omitted ?? 0),
    isPart: result?.isPart ?? false,
    check:
      begunAt !== null
        ? { state: 'running', phase: progress?.phase ?? null, read: progress?.read ?? 0 }
        : askedAt !== null
          ? { state: 'asked', phase: null, read: 0 }
          : null,
    failed:
      failedAt === null || error === null
        ? null
        : {
            at: failedAt.toISOString(),
            kind: error.kind,
            sentence: error.sentence,
            vendorMessage: error.vendorMessage ?? null,
          },
  };
}

/** What an earlier version found says nothing of fees in the books. */
const feeView = ({
  booksMinor = 0,
  unbookedMinor,
  differenceMinor = 0,
  differences = 0,
  ...fee
}: KeptFees): FeeSum => ({
  ...fee,
  ...{ booksMinor, differenceMinor, differences },
  unbookedMinor: unbookedMinor ?? fee.feeMinor,
});

export function detailView(
  account: Checked,
  connectors: ReadonlyMap<string, Connector>,
  facts: MoneyFacts,
  urlOf: UrlOf,
): MoneyDetail {
  const { result } = account;
  return {
    ...accountView(account, connectors, facts.accepted),
    days: [...(result?.days ?? [])],
    fees: (result?.fees ?? []).map(feeView),
    feesUnread: result?.feesUnread ?? 0,
    payouts: (result?.payouts ?? []).map(({ inBooks, ...payout }) => ({
      ...payout,
      movements: payout.movements.length,
      unexplainedMinor: unexplainedOf(payout),
      state: payout.state ?? null,
      transfer:
        inBooks?.isBooked === true
          ? {
              vendorMinor: inBooks.vendorMinor,
              booksMinor: inBooks.booksMinor,
              differences: inBooks.differences,
            }
          : null,
    })),
    found: (result?.differences ?? []).map((one) => differenceView(one, facts, urlOf)),
    omitted: result?.omitted ?? 0,
  };
}

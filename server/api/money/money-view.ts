import type { Connector } from '../../core/connector.ts';
import { unexplainedOf } from '../../core/reconciliation/payout.ts';
import { needsSomebody, REASON_WORDS } from '../../core/reconciliation/reasons.ts';
import { type DaySum, sumOf } from '../../core/reconciliation/sums.ts';
import {
  type FoundDifference,
  fingerprintOf,
  isOpen,
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
  /** Whether any integration of the account is on, so that something can be taken up. */
  readonly isOn: boolean;
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
  { accepted, isOn }: MoneyFacts,
): MoneyDifference['actions'] {
  const { reason, run, document } = difference;
  const said = acceptanceOf(difference, accepted);
  const isShelved = run?.state === 'shelved';
  return [
    ...said.filter((one) => one === 'unaccept'),
    ...(isShelved ? (['replay', 'shelf'] as const) : []),
    ...(isOn && !isShelved && TAKEN_UP.has(reason) ? (['take-up'] as const) : []),
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

/** By currency, those with the largest number of movements first. */
function totalsOf(days: readonly DaySum[], open: readonly FoundDifference[]): MoneyAccountView['totals'] {
  const openIn = Map.groupBy(open, ({ currency }) => currency);
  const totals = [...Map.groupBy(days, ({ currency }) => currency)].map(([currency, own]) => {
    const sum = (of: (day: DaySum) => number): number => own.reduce((minor, day) => minor + of(day), 0);
    return {
      movements: sum((day) => day.movements),
      total: {
        currency,
        vendorMinor: sum(({ vendor }) => sumOf(vendor)),
        booksMinor: sum(({ books }) => sumOf(books)),
        differenceMinor: sum(({ differenceMinor }) => differenceMinor),
        open: openIn.get(currency)?.length ?? 0,
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
    totals: totalsOf(result?.days ?? [], open),
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
    fees: [...(result?.fees ?? [])],
    payouts: (result?.payouts ?? []).map((payout) => ({
      ...payout,
      movements: payout.movements.length,
      unexplainedMinor: unexplainedOf(payout),
    })),
    found: (result?.differences ?? []).map((one) => differenceView(one, facts, urlOf)),
    omitted: result?.omitted ?? 0,
  };
}

import type { Connector } from '../../core/connector.ts';
import { unexplainedOf } from '../../core/reconciliation/payout.ts';
import { needsSomebody, REASON_WORDS } from '../../core/reconciliation/reasons.ts';
import type { DaySum, Parts } from '../../core/reconciliation/sums.ts';
import { type FoundDifference, fingerprintOf, isOpen, type MoneyResult } from '../../engine/money/result.ts';
import type { Accepted } from '../../store/money-accepted.ts';
import type { MoneyAccount } from '../../store/money-accounts.ts';
import { applicationView } from '../connections/application-view.ts';
import type { MoneyAccountView, MoneyDetail, MoneyDifference } from '../contract.ts';

export type Checked = MoneyAccount<MoneyResult>;

/** What is needed beside the stored account to show it. */
export interface MoneyFacts {
  readonly connectors: ReadonlyMap<string, Connector>;
  /** By key, of the account. */
  readonly accepted: ReadonlyMap<string, Accepted>;
  /** Address of a record of one of the two sides; null: it has none that is known. */
  readonly urlOf: (side: 'vendor' | 'books', object: string, id: string) => string | null;
  /** Whether any integration of the account is on, so that something can be taken up. */
  readonly isOn: boolean;
}

type State = MoneyDifference['state'];

function stateOf(difference: FoundDifference, accepted: MoneyFacts['accepted']): State {
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

function actionsOf(difference: FoundDifference, state: State, isOn: boolean): MoneyDifference['actions'] {
  const { reason, run, document, movement } = difference;
  const isShelved = run?.state === 'shelved';
  return [
    ...(state === 'accepted' ? (['unaccept'] as const) : []),
    ...(isShelved ? (['replay', 'shelf'] as const) : []),
    ...(isOn && !isShelved && movement !== null && TAKEN_UP.has(reason) ? (['take-up'] as const) : []),
    ...(document === null ? [] : (['open'] as const)),
    ...(state === 'open' ? (['accept'] as const) : []),
  ];
}

export function differenceView(difference: FoundDifference, facts: MoneyFacts): MoneyDifference {
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
    actions: actionsOf(difference, state, facts.isOn),
    vendorUrl: movement === null ? null : facts.urlOf('vendor', movement.object, movement.recordId),
    documentUrl: document === null ? null : facts.urlOf('books', document.object, document.id),
    run: run?.id ?? null,
    integration: run?.integration ?? null,
  };
}

const all = ({ payments, refunds, disputes }: Parts): number => payments + refunds + disputes;

/** By currency, those with the largest number of movements first. */
function totalsOf(days: readonly DaySum[], found: readonly MoneyDifference[]): MoneyAccountView['totals'] {
  const totals = new Map<string, MoneyAccountView['totals'][number] & { movements: number }>();
  for (const { currency, vendor, books, differenceMinor, movements } of days) {
    const open = found.filter((one) => one.currency === currency && one.state === 'open');
    const sum = totals.get(currency) ?? {
      currency,
      vendorMinor: 0,
      booksMinor: 0,
      differenceMinor: 0,
      openMinor: open.reduce((minor, one) => minor + one.minor, 0),
      open: open.length,
      movements: 0,
    };
    totals.set(currency, {
      ...sum,
      vendorMinor: sum.vendorMinor + all(vendor),
      booksMinor: sum.booksMinor + all(books),
      differenceMinor: sum.differenceMinor + differenceMinor,
      movements: sum.movements + movements,
    });
  }
  return [...totals.values()]
    .sort((one, other) => other.movements - one.movements)
    .map(({ movements: _movements, ...total }) => total);
}

export function accountView(account: Checked, facts: MoneyFacts): MoneyAccountView {
  const { result, error, failedAt, progress, begunAt, askedAt } = account;
  const found = (result?.differences ?? []).map((one) => differenceView(one, facts));
  const books = applicationView(facts.connectors, account.booksConnector);
  return {
    id: account.id,
    connector: applicationView(facts.connectors, account.connector),
    account: account.accountName,
    books: { id: books.id, titles: books.titles, account: account.booksName },
    checkedAt: account.checkedAt?.toISOString() ?? null,
    from: result?.from ?? null,
    to: result?.to ?? null,
    totals: totalsOf(result?.days ?? [], found),
    open: found.filter(({ state }) => state === 'open').length,
    differences: found.length + (result?.omitted ?? 0),
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

export function detailView(account: Checked, facts: MoneyFacts): MoneyDetail {
  const { result } = account;
  return {
    ...accountView(account, facts),
    days: [...(result?.days ?? [])],
    fees: [...(result?.fees ?? [])],
    payouts: (result?.payouts ?? []).map((payout) => ({
      ...payout,
      movements: payout.movements.length,
      unexplainedMinor: unexplainedOf(payout),
    })),
    found: (result?.differences ?? []).map((one) => differenceView(one, facts)),
    omitted: result?.omitted ?? 0,
  };
}

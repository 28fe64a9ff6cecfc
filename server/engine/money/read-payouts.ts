import type { BookedEntry, BooksExtract, BooksOffer, DaySpan } from '../../core/reconciliation/books.ts';
import type { Payout } from '../../core/reconciliation/payout.ts';
import type { BookedTransfers, KnownPayout } from '../../core/reconciliation/payouts.ts';
import type { OnRead } from '../../core/reconciliation/statement.ts';
import type { Database } from '../../store/database.ts';
import type { World } from '../ports.ts';
import { accountsSet, transfersByLiaison } from './knowledge.ts';
import type { Pairing } from './pairs.ts';

/** Transfers that Liaison made are read by their ids, because lists do not say where they lead. */
const MOST_TRANSFERS = 100;

export interface PayoutSources {
  readonly database: Database;
  readonly world: Pick<World, 'flows' | 'integrations'>;
  readonly organisationId: string;
  readonly pairing: Pairing;
  readonly offer: BooksOffer<unknown>;
  readonly client: unknown;
  readonly days: DaySpan;
  readonly onRead: OnRead;
}

export interface ReadPayouts {
  /** Those that are held against the books: more than can be read are left out. */
  readonly payouts: readonly Payout[];
  readonly transfers: BookedTransfers;
}

/** What the books have of payouts: where none are wished and none were made, nobody is asked. */
export async function readPayouts(
  sources: PayoutSources,
  payouts: readonly Payout[],
  knownOf: (id: string) => KnownPayout,
  { currencies }: Pick<BooksExtract, 'currencies'>,
): Promise<ReadPayouts> {
  const { offer, client, pairing, days, onRead, database, world, organisationId } = sources;
  const nothing = { made: new Map(), listed: null, ownIds: new Set<string>(), currencies };
  const { transfer: ask } = offer;
  const concerned = payouts.some(({ id, standing }) => {
    const { there, back, isWished } = knownOf(id);
    return standing !== undefined && (there !== null || back !== null || isWished);
  });
  if (!concerned || ask === undefined) return { payouts: [], transfers: nothing };
  const account = accountsSet(pairing.bookings)?.money ?? null;
  const entries = account === null ? undefined : await offer.transfersOf?.(client, account, days, onRead);
  const made = new Map<string, BookedEntry>();
  const held: Payout[] = [];
  let asked = 0;
  for (const payout of payouts) {
    const { there, back } = knownOf(payout.id);
    const ids = [there, back].filter((id) => id !== null);
    if (asked + ids.length > MOST_TRANSFERS) break;
    for (const id of ids) {
      const found = await ask.call(offer, client, id);
      asked += 1;
      if (found !== null) made.set(id, found);
      await onRead(1);
    }
    held.push(payout);
  }
  const listed = account === null || entries === undefined ? null : { account, entries };
  const ownIds = await transfersByLiaison(
    { database, world },
    organisationId,
    (entries ?? []).flatMap(({ reference }) => reference || []),
  );
  return {
    payouts: held,
    transfers: { made, listed, ownIds: new Set([...ownIds, ...made.keys()]), currencies },
  };
}

import { dayIn } from '../day-in.ts';
import type { BookedEntry } from './books.ts';
import type { Difference } from './compare.ts';
import type { ComparedFee, ComparedFees } from './fees.ts';
import type { OwnFee, Statement } from './statement.ts';

/** Named in a difference of a whole day. */
const MOST_NAMED = 3;

/**
 * What a vendor kept of no payment: for a service of its own, or for a refund. No flow hears of it, so that whoever keeps the
 * books enters it, under the vendor's id for it. One difference for each day and currency, however many there are.
 */
export function ownFees(
  { movements, ownFees: own = [] }: Pick<Statement, 'movements' | 'ownFees'>,
  expenses: ReadonlyMap<string, readonly BookedEntry[]>,
  wishedAt: (moment: string) => boolean,
  timeZone: string,
): ComparedFees {
  const ofRefunds = movements.flatMap(({ id, kind, settled, movedAt }): OwnFee[] =>
    kind !== 'refund' || settled === undefined || settled === null || settled.feeMinor === 0
      ? []
      : [{ id, at: movedAt, minor: settled.feeMinor, currency: settled.currency, description: '' }],
  );
  const fees: ComparedFee[] = [];
  const missing: (OwnFee & { readonly day: string })[] = [];
  for (const fee of [...own, ...ofRefunds]) {
    const { id, at, minor, currency } = fee;
    const found = expenses.get(id)?.find((entry) => entry.currency === currency && entry.minor === minor);
    const isBooked = wishedAt(at);
    const day = (found !== undefined && isBooked ? found.day : null) ?? dayIn(timeZone, at);
    const books = found === undefined || !isBooked ? null : { day, currency, minor };
    fees.push({ vendor: { day, currency, minor, grossMinor: 0 }, books, isBooked });
    if (isBooked && books === null) missing.push({ ...fee, day });
  }
  const byDay = Map.groupBy(missing, ({ day, currency }) => `${day} ${currency}`);
  return { fees, differences: [...byDay].map(([key, ofDay]) => ofOneDay(key, ofDay)) };
}

function ofOneDay(key: string, fees: readonly (OwnFee & { readonly day: string })[]): Difference {
  const [first] = fees;
  if (first === undefined) throw new Error('a day without a fee is no difference');
  const minor = -fees.reduce((sum, one) => sum + one.minor, 0);
  const named = fees
    .slice(0, MOST_NAMED)
    .map(({ id, description }) => [description, id].filter(Boolean).join(' '));
  const more = fees.length > MOST_NAMED ? ', …' : '';
  const names = `${named.join(', ')}${more}`;
  return {
    key: `own fees ${key}`,
    reason: 'own-fee',
    kind: 'fee',
    currency: first.currency,
    vendor: { day: first.day, minor },
    books: null,
    minor,
    who: null,
    reference: first.id,
    movement: {
      id: `own fees ${key}`,
      object: '',
      recordId: first.id,
      event: { topic: '', recordId: null, body: {} },
    },
    document: null,
    run: null,
    says: {
      en: `${names}. No event tells of it: enter it as an expense with this id as its reference, or accept it with a note.`,
      fr: `${names}. Aucun événement ne l’annonce\u00a0: saisissez une dépense avec cet identifiant pour référence, ou acceptez l’écart avec une note.`,
    },
  };
}

import type { RecordCard } from '../../../server/api/contract.ts';
import { exampleRecord, FAILURE, KEPT_AT, stripeCard } from './example-record.ts';
import type { MemoryRecord } from './memory-records.ts';

/** A record beside which forty applications could say something, and that forty syncs could hold. */

export const CARDS = 40;
/** Of each kind, one after the other. */
const KINDS = ['loud', 'empty', 'old', 'absent'] as const;

const nameOf = (number: number): string => `Application ${number}`;
const words = (text: string) => ({ en: text, fr: text });

function cardOf(number: number): RecordCard {
  const connector = { id: `application-${number}`, titles: words(nameOf(number)) };
  const base = { connector, group: connector.id, groupTitles: connector.titles, error: null };
  const kind = KINDS[number % KINDS.length];
  if (kind === 'absent') return { ...base, state: 'absent', at: null, data: null };
  const data =
    kind === 'empty'
      ? { sections: [], actions: [], empty: words(`${nameOf(number)} knows nobody.`) }
      : stripeCard('cached', [rowOf(number, kind === 'loud')]).data;
  return { ...base, state: 'cached', at: KEPT_AT, data };
}

/** Something that was paid lately, or long ago. */
const rowOf = (number: number, isRecent: boolean) => ({
  id: `row ${number}`,
  label: { kind: 'text' as const, text: `Paid at ${number}` },
  values: [
    { kind: 'money' as const, minor: 1_000 * number, currency: 'EUR' },
    {
      kind: 'date' as const,
      at: new Date(Date.now() - (isRecent ? 1 : 400) * 86_400_000).toISOString(),
    },
  ],
});

export function crowdedRecord(id: string): MemoryRecord {
  const cards = Array.from({ length: CARDS }, (_, index) => cardOf(index));
  const { page, activity } = exampleRecord(id);
  const [entry] = activity.entries;
  const [standing] = activity.syncs;
  return {
    page: { ...page, cards },
    fresh: new Map(cards.map((card) => [card.connector.id, () => ({ ...card, state: 'fresh' as const })])),
    activity: {
      entries: Array.from({ length: 30 }, (_, index) => ({ ...entry!, id: `run ${index}` })),
      syncs: cards.flatMap(({ connector, state }) =>
        state === 'absent'
          ? []
          : [{ ...standing!, connector, sync: { id: `sync of ${connector.id}`, titles: connector.titles } }],
      ),
    },
  };
}

/** The same, and its vendor is down. */
export const failing = (card: RecordCard): RecordCard => ({ ...card, state: 'failing', error: FAILURE });

import type { RecordActivity, RecordCard } from '../../server/api/contract.ts';
import type { Row, Value } from './value.tsx';

/** What of a card calls for eyes, and what may lie folded. Pure. */

type Standing = RecordActivity['syncs'][number];

/** What is known of one part of a card: its vendor's answer, and whether Liaison itself could be asked. */
export interface PartKnown {
  readonly card: Pick<RecordCard, 'state' | 'data'>;
  readonly error: unknown;
}

/** Cards and syncs beyond which quiet cards lie folded: fewer stand on one screen, folded or not. */
const MOST_OPEN = 8;
const RECENT_MS = 30 * 86_400_000;

export const isCrowded = (cards: number, standings: number): boolean => cards + standings > MOST_OPEN;

/** A record of a sync with nothing to do and nothing to decide. */
export const isAtRest = ({ state, phase }: Pick<Standing, 'state' | 'phase'>): boolean =>
  state === 'off' || (phase !== 'paused' && (state === 'in-sync' || state === 'excluded'));

/** Nothing recent, nothing wrong, nothing under way and nothing to do. */
export function isQuiet(
  parts: readonly PartKnown[],
  standings: readonly Pick<Standing, 'state' | 'phase'>[],
  now: number,
): boolean {
  return standings.every(isAtRest) && parts.every((part) => isQuietPart(part, now));
}

function isQuietPart({ card, error }: PartKnown, now: number): boolean {
  if (error !== null || card.state === 'failing' || card.state === 'reconnect') return false;
  if (card.data === null) return true;
  const { actions, sections } = card.data;
  return actions.length === 0 && sections.every(({ rows }) => rows.every((row) => isQuietRow(row, now)));
}

const isQuietRow = ({ label, values }: Row, now: number): boolean =>
  [label, ...values].every((value) => isQuietValue(value, now));

function isQuietValue(value: Value, now: number): boolean {
  if (value.kind === 'state') return value.tone === 'quiet' || value.tone === 'good';
  // What is due or renews is yet to come, and stands out as what was lately does.
  return value.kind !== 'date' || !(Date.parse(value.at) > now - RECENT_MS);
}

/** How many rows a card holds, its labelled facts aside. */
export const rowsIn = (cards: readonly Pick<RecordCard, 'data'>[]): number =>
  cards
    .flatMap(({ data }) => data?.sections ?? [])
    .filter(({ layout }) => layout !== 'facts')
    .reduce((sum, { rows }) => sum + rows.length, 0);

import type { Sentence } from '../sentence.ts';
import type { FieldKind } from '../sync-object.ts';
import type { StandIn } from './stand-in.ts';

export type Side = 'left' | 'right';
export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** Which way a field travels. */
export type FieldDirection = 'both' | 'to-left' | 'to-right';
/** What an empty value on the side that wins does to the other side. */
export type BlankPolicy = 'clear' | 'leave' | 'ask';

/** One row of a mapping: a field of the left object and a field of the right one that mean the same. */
export interface FieldMapping {
  readonly left: string;
  readonly right: string;
  readonly kind: FieldKind;
  readonly direction: FieldDirection;
  /** The side that wins when both changed. For a one-way field: the side that it comes from. */
  readonly master: Side;
  readonly blank: BlankPolicy;
}

/** Fields by which an unlinked record finds its counterpart, in order of trust: `[['Email']]`, by left field id. */
export type MatchKeys = readonly (readonly string[])[];

export interface SyncRules {
  readonly fields: readonly FieldMapping[];
  readonly matchBy: MatchKeys;
  /**
   * What the first match key names is one thing (an article by its SKU): several records of one side that share it are
   * told of, and none of them is made on the other side. Absent: they may be several (people of one address).
   */
  readonly oneOfAKind?: true;
  /** Whether a record without a counterpart is made on that side. */
  readonly create: { readonly left: boolean; readonly right: boolean };
  /** What a deletion on the other side does to this side's record. */
  readonly remove: { readonly left: DeletePolicy; readonly right: DeletePolicy };
  /** ISO 3166 country of phone numbers that name none. */
  readonly country: string;
  /**
   * Field ids without which a side makes no record. What lacks one of them, when people are known by it
   * (it is a match key), or when nothing stands in for it, is left alone, with the reason; what lacks another
   * is tried, and refused there.
   */
  readonly needs?: { readonly left: readonly string[]; readonly right: readonly string[] };
  /** What stands in for required fields that a new record would lack. */
  readonly standIns?: { readonly left: readonly StandIn[]; readonly right: readonly StandIn[] };
  /** What people call the left fields, by id: for sentences. */
  readonly titles?: Readonly<Record<string, Sentence>>;
}

/** `keep`: the record stays, its link ends, and it is not made again on the other side. */
export type DeletePolicy = 'delete' | 'keep';

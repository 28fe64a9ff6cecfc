import type { Sentence } from '../sentence.ts';
import type { FieldValue, FieldValues } from '../sync-object.ts';
import type { FieldMapping, Side } from './mapping.ts';
import type { Leaving } from './side-filter.ts';

/**
 * The mapped values at a link's last agreement, by left field id, each as it then stood on either side
 * after `canonical`: a vendor that stores what it is given in another spelling is no change.
 */
export type Base = Readonly<Record<string, { readonly left: FieldValue; readonly right: FieldValue }>>;

/** What a base says of some fields. */
export const baseFor = (base: Base, fields: readonly Pick<FieldMapping, 'left'>[]): Base =>
  Object.fromEntries(fields.flatMap(({ left }) => (base[left] === undefined ? [] : [[left, base[left]]])));

/** A record of one side as Liaison last saw it. */
export interface KnownRecord {
  readonly side: Side;
  readonly id: string;
  readonly version: string | null;
  readonly values: FieldValues;
  readonly label: string;
  readonly deleted: boolean;
  readonly linkId: string | null;
  /** Why it cannot take part by itself (the vendor's or the admin's doing); null when it can. */
  readonly excluded:
    | (Sentence & { readonly code?: string; readonly withdraws?: boolean; readonly leaving?: Leaving })
    | null;
  /** The record that it was linked with until one of the two stopped fitting. */
  readonly formerId?: string | null;
  /** Fields of this side that its vendor does not tell whole; null or absent: none. */
  readonly withheld?: Readonly<Record<string, Sentence>> | null;
}

export interface KnownLink {
  readonly id: string;
  readonly leftId: string;
  readonly rightId: string;
  readonly base: Base;
}

export interface PlanInput {
  /** Links with a changed record. A side that was never seen or is gone is null or `deleted`. */
  readonly links: readonly {
    readonly link: KnownLink;
    readonly left: KnownRecord | null;
    readonly right: KnownRecord | null;
  }[];
  /**
   * Unlinked changed records, each group with every record of both sides that shares a match key with
   * one of it, linked ones included.
   */
  readonly groups: readonly (readonly KnownRecord[])[];
}

export interface FieldConflict {
  /** Left field id. */
  readonly field: string;
  readonly left: FieldValue;
  readonly right: FieldValue;
  /** The side that won; null when a person must choose, and nothing is written for this field. */
  readonly winner: Side | null;
}

/** One thing that a sync would do. Values by the field ids of the side that they are written to. */
export type Operation =
  | {
      readonly kind: 'pair';
      /** Null: a new link, of records matched by these left field ids. */
      readonly linkId: string | null;
      readonly matchedBy: readonly string[] | null;
      readonly leftId: string;
      readonly rightId: string;
      /** Only what changes; empty when nothing has to be written on that side. */
      readonly toLeft: FieldValues;
      readonly toRight: FieldValues;
      /** The base once both are written. */
      readonly base: Base;
      readonly conflicts: readonly FieldConflict[];
    }
  | {
      readonly kind: 'create';
      /** Where the record is made. */
      readonly side: Side;
      /** The record of the other side that it is made from. */
      readonly from: string;
      readonly values: FieldValues;
      readonly base: Base;
    }
  | { readonly kind: 'remove'; readonly side: Side; readonly id: string; readonly linkId: string }
  /** The link ends without a write; the record that stays may be told why it is left alone from now on. */
  | {
      readonly kind: 'unlink';
      readonly linkId: string;
      readonly stays: { readonly side: Side; readonly id: string; readonly excluded: Sentence | null } | null;
      /** A record stopped fitting: the two find each other again. */
      readonly parts?: { readonly leftId: string; readonly rightId: string };
    }
  | {
      readonly kind: 'exclude';
      /**
       * It could be several others; it lacks what the other side needs; what it would make there does not fit; its
       * former counterpart stopped fitting.
       */
      readonly code: 'ambiguous' | 'incomplete' | 'unfit' | 'parted';
      readonly side: Side;
      readonly id: string;
      readonly reason: Sentence;
    };

export { planSync } from './plan-sync.ts';

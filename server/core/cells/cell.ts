/** How a program shows a number. */
export type NumberFormat =
  | 'text'
  | 'number'
  | 'percent'
  | 'currency'
  | 'date'
  | 'time'
  | 'date-time'
  | 'scientific';

/** One cell of a table, as the program that holds it tells it. */
export interface Cell {
  /** What is stored; null: nothing. A date is a number: days since 30 December 1899. */
  readonly value: string | number | boolean | null;
  /** What people see. */
  readonly shown: string;
  readonly format?: NumberFormat | undefined;
  /** The program says itself that there is no value: a formula failed, or is not computed yet. */
  readonly failed?: boolean | undefined;
}

/** What a field takes. */
export type CellKind =
  | 'text'
  | 'long-text'
  | 'email'
  | 'phone'
  | 'choice'
  | 'choices'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'date'
  | 'date-time';

/** A field that a cell is to fill, as the field's own program declares it. */
export interface CellField {
  readonly kind: CellKind;
  /** Longest text in characters; of whole numbers, the most digits. */
  readonly maxLength?: number;
  /** Digits after the point that a number may have. */
  readonly decimals?: number;
  /** A percentage is written as 12 for 12 %. */
  readonly percent?: boolean;
  /** What may be chosen; absent or empty: anything. */
  readonly choices?: readonly Choice[];
}

export interface Choice {
  /** What is written. */
  readonly value: string;
  /** What people see. */
  readonly shown: string;
}

/** How the people of a table write. */
export interface Manner {
  /** `fr_FR` or `fr-FR`. */
  readonly locale: string;
  /** IANA name: whose clocks the times without a zone are of. */
  readonly timeZone: string;
}

export type FieldValue = string | number | boolean | readonly string[];

/** What a cell means to a field. */
export type Reading =
  | { readonly kind: 'value'; readonly value: FieldValue }
  | { readonly kind: 'blank' }
  /** A formula that failed or is not computed yet: nothing is known, not even that it is blank. */
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'unreadable' }
  /** @param limit the field's own, in characters or digits. */
  | { readonly kind: 'too-long'; readonly limit: number };

export const value = (of: FieldValue): Reading => ({ kind: 'value', value: of });
export const UNREADABLE: Reading = { kind: 'unreadable' };
export const BLANK: Reading = { kind: 'blank' };

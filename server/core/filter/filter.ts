import type { Sentence } from '../sentence.ts';

/** What a condition asks of one field. */
export const OPERATORS = [
  'equals',
  'not',
  'contains',
  'at-least',
  'at-most',
  'before',
  'after',
  'empty',
  'filled',
  'in',
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  /** The vendor's name of the field. */
  readonly field: string;
  readonly is: Operator;
  /** Of the field's kind; a list for `in`, absent for `empty` and `filled`. */
  readonly value?: unknown;
}

/** Conditions of which all, or any one, must hold. */
export type Group = { readonly all: readonly Filter[] } | { readonly any: readonly Filter[] };
export type Filter = Condition | Group;

/**
 * What a field holds, as far as conditions care. `moment`: a time of day with its zone; `choices` and `label`: several
 * values at once; `person`: an owner, or another record that is pointed at.
 */
export const FIELD_KINDS = [
  'text',
  'number',
  'money',
  'date',
  'moment',
  'choice',
  'choices',
  'boolean',
  'person',
  'consent',
  'label',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** A field that conditions can be built from. */
export interface FilterField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly titles: Sentence;
  /** Of a `person`: a user of the organisation, whom `me` can stand for. */
  readonly user?: true;
  /** What there is to choose from, where that is known: a value outside of it is refused. */
  readonly choices?: readonly { readonly value: string; readonly title: string }[];
}

/** Which turn of a record is taken, where the same record may come again and again. */
export type Takes = 'once' | 'each';

/** A filter as an integration keeps it: with the fields that it names, as they were when it was saved. */
export interface KeptFilter {
  readonly filter: Group;
  readonly fields: readonly FilterField[];
  readonly takes: Takes;
}

/** By whose calendar and in whose currency conditions are read. */
export interface FilterPlace {
  /** IANA. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly now: Date;
}

export const isGroup = (filter: Filter): filter is Group => 'all' in filter || 'any' in filter;

/** The parts of a group, and how they are joined. */
export const partsOfGroup = (group: Group): { readonly every: boolean; readonly parts: readonly Filter[] } =>
  'all' in group ? { every: true, parts: group.all } : { every: false, parts: group.any };

/** Every condition of a filter, in its order. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  return isGroup(filter) ? partsOfGroup(filter).parts.flatMap(conditionsOf) : [filter];
}

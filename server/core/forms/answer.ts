import type { FieldValue } from '../cells/cell.ts';
import type { Sentence } from '../sentence.ts';

/**
 * What somebody is asked, or what comes along unasked: `hidden` fields that the page fills, and what the tool itself
 * says of the answer (`told`: the form, the page, a score).
 */
export type FormFieldOrigin = 'question' | 'hidden' | 'told';

/** What a tool says that a field takes; `other`: it does not say, or nobody here knows it. */
export type FormFieldKind =
  | 'text'
  | 'email'
  | 'phone'
  | 'number'
  | 'boolean'
  | 'date'
  | 'choice'
  | 'choices'
  | 'url'
  | 'file'
  | 'payment'
  | 'other';

/** A field of a form, as a mapping names it and as people know it. */
export interface FormField {
  /** The same for as long as the field stands in its form. */
  readonly key: string;
  /** The question, or the name that the form's owner gave it. */
  readonly title: string;
  /** What the tool itself says, in words of ours. */
  readonly titles?: Sentence;
  readonly kind: FormFieldKind;
  readonly origin: FormFieldOrigin;
}

/** A field that was filled in. What was left blank is not among an answer's values. */
export interface FormValue extends FormField {
  /** Dates are ISO 8601; files are their addresses or names. */
  readonly value: FieldValue;
}

/** What somebody filled in, whichever the tool. */
export interface FormAnswer {
  /** The tool's own, or a digest of what came: the same for the same answer. */
  readonly id: string;
  /** What people know the form by; null where the tool does not say. */
  readonly form: string | null;
  /** When it was sent, ISO 8601; null where the tool does not say. */
  readonly at: string | null;
  readonly values: readonly FormValue[];
  /** Every field of the form as it was then; null where the tool tells only of those that came. */
  readonly fields: readonly FormField[] | null;
}

/** A value as people read it. */
export function shownValue(value: FieldValue, language: 'en' | 'fr'): string {
  if (typeof value === 'boolean') {
    if (language === 'fr') return value ? 'oui' : 'non';
    return value ? 'yes' : 'no';
  }
  return typeof value === 'object' ? value.join(', ') : String(value);
}

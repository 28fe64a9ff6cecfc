import type { Sentence } from './sentence.ts';

/** What people know a record by: a name, which is the same for every reader, or words, in both languages. */
export type Label = string | Sentence;

/** The label with its text, or both of them, made into others. */
export const mapLabel = (label: Label, make: (text: string) => string): Label =>
  typeof label === 'string' ? make(label) : { en: make(label.en), fr: make(label.fr) };

/** How the label reads in each language. */
export const labelWords = (label: Label): Sentence =>
  typeof label === 'string' ? { en: label, fr: label } : label;

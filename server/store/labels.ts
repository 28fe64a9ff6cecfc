import type { Label } from '../core/label.ts';
import { storable } from './storable.ts';

/** A label is stored as its English text and, where it is made of words, its French one beside it. */

/** The text that stands for a name, or for the English words. */
export const storedLabel = (label: Label | null): string | null =>
  storable(label === null || typeof label === 'string' ? label : label.en);

/** Null: it is a name, or there is none. */
export const storedFrenchLabel = (label: Label | null): string | null =>
  storable(label === null || typeof label === 'string' ? null : label.fr);

/** SQL of a stored label as it is read again; null where there is none. */
export const readLabel = (label: string, french: string): string =>
  `case when ${french} is null then to_jsonb(${label}) else jsonb_build_object('en', ${label}, 'fr', ${french}) end`;

import { hash } from 'node:crypto';
import { foldText } from '../../core/cells/fold-text.ts';
import { figuresOf } from './find-person.ts';
import type { AnsweredBy } from './person-of-answer.ts';

/** Somebody is known again by the address; without one, by the number with the name that was said, or with none. Null: by nothing. */
export function rememberedBy({ email, phone, first, last }: AnsweredBy): string | null {
  if (email !== null) return foldText(email);
  const figures = figuresOf(phone);
  return figures === null ? null : `phone ${hash('sha256', foldText(`${figures} ${first} ${last}`.trim()))}`;
}

import type { z } from 'zod';
import type { Language } from '../core/sentence.ts';
import { invalid, type Place } from './problem.ts';
import { refusedValue } from './refused-value.ts';
import { findUnkeepable } from './unkeepable.ts';

/** Parses, or throws a `Problem` that names the fields in the caller's language. */
export function parse<Schema extends z.ZodType>(
  place: Place,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const unkeepable = findUnkeepable(value);
  if (unkeepable !== null) {
    const { path, sentence } = unkeepable;
    throw invalid(place, (language) => [{ path, message: sentence[language] }]);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(place, (language: Language) => {
    const again = schema.safeParse(value, { error: refusedValue(language) });
    return again.error?.issues ?? [];
  });
}

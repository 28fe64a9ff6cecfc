import type { Refusal } from '../kit/refusal.ts';
import { invalid } from './refusal.ts';

/** What Notion takes and this stand-in does not act on: refused, so that nothing rests on what is only ignored. */
export const unsimulated = (place: string): Refusal =>
  invalid(`Notion takes ${place}, but this sandbox does not act on it.`);

/** Refuses members beyond those that are acted on. */
export function onlyActedOn(place: string, given: object, acted: readonly string[]): void {
  const left = Object.keys(given).find((name) => !acted.includes(name));
  if (left !== undefined) throw unsimulated(`${place}.${left}`);
}

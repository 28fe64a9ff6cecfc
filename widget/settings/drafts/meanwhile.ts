/** The settings of a form in parts that are decided one by one: by name, what each is. */
export type Parts = ReadonlyMap<string, unknown>;

export interface Meanwhile {
  /** What was edited, with what was saved elsewhere where it was not edited. */
  readonly merged: Parts;
  /** Parts that were saved elsewhere and not edited here. */
  readonly told: readonly string[];
  /** Parts that were edited here and saved as something else elsewhere: a person chooses. */
  readonly contested: readonly string[];
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  const [left, right] = [one, other] as Record<string, unknown>[];
  return [...names].every((name) => isSame(left?.[name], right?.[name]));
}

/**
 * Settings that are edited while they are saved elsewhere, part by part.
 *
 * @param base what stood there when the editing began.
 * @param mine as they are edited.
 * @param current as they are saved now.
 */
export function meanwhile(base: Parts, mine: Parts, current: Parts): Meanwhile {
  const merged = new Map<string, unknown>();
  const told: string[] = [];
  const contested: string[] = [];
  for (const name of new Set([...current.keys(), ...mine.keys(), ...base.keys()])) {
    const [before, edited, saved] = [base.get(name), mine.get(name), current.get(name)];
    const isEdited = !isSame(edited, before);
    const isSaved = !isSame(saved, before);
    if (isSaved && !isEdited) told.push(name);
    if (isSaved && isEdited && !isSame(edited, saved)) contested.push(name);
    const value = isEdited ? edited : saved;
    if (value !== undefined) merged.set(name, value);
  }
  return { merged, told, contested };
}

/** The same parts with one of them as another value; undefined: without it. */
export function withPart(parts: Parts, name: string, value: unknown): Parts {
  const next = new Map(parts);
  if (value === undefined) next.delete(name);
  else next.set(name, value);
  return next;
}

/** Names of the parts that are not the same in both. */
export const differing = (one: Parts, other: Parts): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((name) => !isSame(one.get(name), other.get(name)));

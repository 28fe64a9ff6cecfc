/** A JSON object whose members may be absent, null, or of another shape in another version. */
export type Loose = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): Loose | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;
}

const NUL = String.fromCharCode(0);

/** What nobody sees: blanks, control and format characters (a zero-width space), marks that stand alone. */
const UNSEEN = /^[\s\p{C}\p{M}\u3164\uffa0]*$/u;

/** Text that says something: one of which nothing is seen is none. Without what no store takes: NUL, half a surrogate pair. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.toWellFormed().replaceAll(NUL, '');
  return UNSEEN.test(text) ? null : text;
}

/** Id of a member that is a bare id or, expanded, the object itself. */
export function idOf(value: unknown): string | null {
  return textOf(value) ?? textOf(objectOf(value)?.id);
}

/** A member that is a list object (`{object: 'list', data: []}`), or absent: then null. */
export function listOf(value: unknown): readonly Loose[] | null {
  const data = objectOf(value)?.data;
  return Array.isArray(data) ? data.map(objectOf).filter((item) => item !== null) : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** The last second that a date can hold. */
const LAST_SECOND = 8.64e12;

/** Seconds since 1970, in which Stripe dates everything, as ISO 8601. */
export function timeOf(value: unknown): string | null {
  const seconds = numberOf(value);
  // What is no moment at all (1e400) is none here.
  if (seconds === null || !(Math.abs(seconds) <= LAST_SECOND)) return null;
  return new Date(seconds * 1_000).toISOString();
}

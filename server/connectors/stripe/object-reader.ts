/** A JSON object whose members may be absent, null, or of another shape in another version. */
export type Loose = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): Loose | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;
}

/** Text that says something: an empty one is none. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
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

/** Seconds since 1970, in which Stripe dates everything, as ISO 8601. */
export function timeOf(value: unknown): string | null {
  const seconds = numberOf(value);
  return seconds === null ? null : new Date(seconds * 1_000).toISOString();
}

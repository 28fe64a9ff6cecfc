const NUL = String.fromCharCode(0);

/** PostgreSQL stores every character but NUL, and no half of a surrogate pair; vendors' texts have been seen to hold both. */
export function storable<T>(value: T): T {
  if (typeof value === 'string')
    return (value.includes(NUL) ? value.replaceAll(NUL, '') : value).toWellFormed() as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]),
  ) as T;
}

/** How NUL, and half of a surrogate pair, look in JSON. A text that holds the very same signs is looked at twice. */
const UNSTORABLE = /\\u(0000|d[89a-f])/i;

/** A value's JSON as PostgreSQL stores it; made once, and taken apart only where something in it cannot be stored. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  return UNSTORABLE.test(text) ? JSON.stringify(storable(value)) : text;
}

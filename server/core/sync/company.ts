import type { FieldValue } from '../sync-object.ts';

/**
 * The name of a company, wherever it stands: as it is typed, in a list of one, in an object with a `name`, or
 * in the JSON of either, as some programs leave it behind (`["ACME"]`). Null when it is blank, or says no one
 * name.
 *
 * @example companyName('["ACME"]') // 'ACME'
 */
export function companyName(value: FieldValue | undefined): string | null {
  if (typeof value === 'string') return nameIn(value);
  if (Array.isArray(value)) return value.length === 1 ? companyName(value[0]) : null;
  if (typeof value === 'object' && value !== null) {
    return companyName((value as Readonly<Record<string, FieldValue>>).name ?? null);
  }
  return null;
}

function nameIn(text: string): string | null {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (!/^[[{].*[\]}]$/s.test(name)) return name === '' ? null : name;
  try {
    return companyName(JSON.parse(name) as FieldValue);
  } catch {
    // A name that only looks like JSON: [Atelier].
    return name;
  }
}

/** Reads a delivery's text into a record, a list as its member `list`; null when it is not what its content type says. */
export function readBody(contentType: string, text: string): Record<string, unknown> | null {
  if (contentType === 'application/x-www-form-urlencoded')
    return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return { list: value };
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The body of an event that was accepted, and could be read then. */
export function parseBody(contentType: string, text: string): Record<string, unknown> {
  return readBody(contentType, text) ?? {};
}

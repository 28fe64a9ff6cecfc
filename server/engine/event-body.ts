/** Reads a delivery's text into a record; null when it is not what its content type says. */
export function readBody(contentType: string, text: string): Record<string, unknown> | null {
  if (contentType === 'application/x-www-form-urlencoded')
    return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** The body of an event that was accepted, and could be read then. */
export function parseBody(contentType: string, text: string): Record<string, unknown> {
  return readBody(contentType, text) ?? {};
}

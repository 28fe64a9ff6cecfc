/**
 * Reads paths of one form: `/lists/{list}/members/{member}`. A placeholder holds anything but a slash.
 */
export function pathPattern(form: string): RegExp {
  const literal = form.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  const body = literal.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  return new RegExp(`^${body}$`);
}

/** A part of a path without its percent signs; null where they mean nothing. */
export function decodedPart(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

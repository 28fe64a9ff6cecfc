const PLACE = /\{([^{}]*)\}/g;

/** The names that a template's places carry, in order, each once. */
export function placesOf(template: string): string[] {
  return [...new Set([...template.matchAll(PLACE)].map((match) => (match[1] ?? '').trim()))];
}

/**
 * Fills `{Name}` places. A place whose value is missing becomes nothing, so that one empty field of a
 * record does not stop the message; values are taken as they are, never as further places.
 */
export function fillTemplate(template: string, value: (place: string) => string | null): string {
  return template.replace(PLACE, (_whole, name: string) => value(name.trim()) ?? '');
}

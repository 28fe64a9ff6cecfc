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

/** One stretch of a template: text as it was written, or a place by its name. */
export type TemplatePart = { readonly text: string } | { readonly place: string };

/** The template in its stretches, in order; none is empty. */
export function partsOf(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of template.matchAll(PLACE)) {
    if (match.index > from) parts.push({ text: template.slice(from, match.index) });
    parts.push({ place: (match[1] ?? '').trim() });
    from = match.index + match[0].length;
  }
  if (from < template.length) parts.push({ text: template.slice(from) });
  return parts;
}

/**
 * What Teams keeps of the markup that it is given: tags that it knows, of their attributes those that it needs. What is
 * no text and leads nowhere is dropped, so that nothing can be hidden there.
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  at: ['id'],
  attachment: ['id'],
  emoji: ['id', 'alt', 'title'],
  img: ['src', 'alt', 'width', 'height'],
  span: [],
  ...Object.fromEntries(
    'p div br b strong i em u s strike code pre blockquote ul ol li h1 h2 h3 hr table tbody tr td th'
      .split(' ')
      .map((tag) => [tag, []]),
  ),
};

const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const UNSEEN = /<(script|style|template|iframe|object)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const ATTRIBUTE = /([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const EMPTY_LINK = /<a href="[^"]*">\s*<\/a>/g;
const ADDRESS = /^(?:https?|mailto):/i;

export function sanitised(html: string): string {
  return html
    .replace(COMMENT, '')
    .replace(UNSEEN, '')
    .replace(TAG, (_whole, end: string, name: string, rest: string) => {
      const tag = name.toLowerCase();
      const kept = Object.hasOwn(KEPT, tag) ? KEPT[tag] : undefined;
      if (kept === undefined) return '';
      if (end !== '') return `</${tag}>`;
      const attributes = [...rest.matchAll(ATTRIBUTE)].flatMap(([, attribute = '', one, other]) => {
        const value = one ?? other ?? '';
        if (!kept.includes(attribute.toLowerCase())) return [];
        if (attribute.toLowerCase() === 'href' && !ADDRESS.test(value)) return [];
        return [` ${attribute.toLowerCase()}="${value}"`];
      });
      return `<${tag}${attributes.join('')}>`;
    })
    .replace(EMPTY_LINK, '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  '#39': "'",
};

/** As people read it. */
export const readableText = (html: string): string =>
  html
    .replace(/<br\s*\/?>|<\/(?:p|div|li)>(?=.)/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_whole, name: string) => ENTITIES[name] ?? '')
    .trim();

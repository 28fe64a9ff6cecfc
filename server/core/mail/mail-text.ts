import { Parser } from 'htmlparser2';

/** What lays a text out. Pictures, frames, forms, styles and everything that acts are none of it. */
const KEPT = new Set([
  ...['p', 'br', 'div', 'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'pre', 'code', 'hr', 'blockquote'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'a'],
  ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption'],
]);
const EMPTY = new Set(['br', 'hr']);
/** What stands in these is not read by people. */
const UNREAD = new Set([
  ...['script', 'style', 'textarea', 'select', 'noscript', 'title', 'template', 'xml', 'svg', 'math'],
  ...['iframe', 'object', 'noembed', 'noframes', 'canvas', 'audio', 'video', 'head'],
]);
/** A line of its own begins and ends with these. */
const BLOCKS = new Set([
  ...['p', 'div', 'br', 'hr', 'li', 'tr', 'dt', 'dd', 'pre', 'blockquote', 'table', 'ul', 'ol'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
]);
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);
/** What is nested deeper is laid out no further. */
const DEEPEST = 100;

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

interface Reader {
  opens(tag: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  closes(tag: string): void;
}

/** The parser looks through all that is open at each tag: it begins anew where more is open than any mail has. */
const MOST_OPEN = 500;
const PART = 16_384;

/** A long text in parts, each but the first beginning with a tag where there is one. */
function* partsOf(html: string): Generator<string> {
  for (let from = 0; from < html.length; ) {
    const next = from + PART >= html.length ? -1 : html.indexOf('<', from + PART);
    const to = next === -1 ? html.length : next;
    yield html.slice(from, to);
    from = to;
  }
}

/** Walks through what people would see. Costs no more than the length of the HTML, whatever is in it. */
function walk(html: string, reader: Reader): void {
  /** The tag whose content is not read, and how many of its name are open in it. */
  let unread: { readonly tag: string; depth: number } | null = null;
  let open = 0;
  const begin = (): Parser =>
    new Parser(
      {
        onopentag(tag, attributes) {
          open += 1;
          if (unread !== null) {
            if (unread.tag === tag) unread.depth += 1;
          } else if (UNREAD.has(tag)) unread = { tag, depth: 1 };
          else reader.opens(tag, attributes);
        },
        ontext(text) {
          if (unread === null) reader.text(text);
        },
        onclosetag(tag) {
          open -= 1;
          if (unread === null) reader.closes(tag);
          else if (unread.tag === tag) {
            unread.depth -= 1;
            if (unread.depth === 0) unread = null;
          }
        },
      },
      { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
    );
  let parser = begin();
  for (const part of partsOf(html)) {
    if (open > MOST_OPEN) {
      parser.end();
      parser = begin();
    }
    parser.write(part);
  }
  parser.end();
}

/** A link that only leads somewhere; null: it would do something else. */
function safeLink(href: string | undefined): string | null {
  if (href === undefined || href.length > 2_000) return null;
  try {
    return SCHEMES.has(new URL(href.trim()).protocol) ? href.trim() : null;
  } catch {
    return null;
  }
}

/**
 * The HTML of a mail with nothing in it that could act, or call out: text, its layout, and links to the web, to
 * addresses and to numbers. It is written anew from a short list of tags, so that what is not on it cannot be in it.
 * Pictures leave their words behind.
 */
export function harmlessHtml(html: string): string {
  const parts: string[] = [];
  const open: string[] = [];
  walk(html, {
    opens(tag, { href, alt }) {
      if (tag === 'img' && alt !== undefined && alt.trim() !== '') parts.push(escaped(alt));
      if (!KEPT.has(tag)) return;
      if (EMPTY.has(tag)) parts.push(`<${tag}>`);
      else {
        const isShown = open.length < DEEPEST;
        open.push(isShown ? tag : '');
        const link = tag === 'a' ? safeLink(href) : null;
        if (isShown) parts.push(link === null ? `<${tag}>` : `<${tag} href="${escaped(link)}">`);
      }
    },
    text: (text) => void parts.push(escaped(text)),
    closes(tag) {
      if (!KEPT.has(tag) || EMPTY.has(tag)) return;
      const name = open.pop();
      if (name !== undefined && name !== '') parts.push(`</${name}>`);
    },
  });
  return parts.join('').trim();
}

/** What people read of the HTML of a mail, a line for each of its lines. */
export function textOfMail(html: string): string {
  const parts: string[] = [];
  let preformatted = 0;
  const border = (tag: string): void => {
    if (BLOCKS.has(tag)) parts.push('\n');
    else if (tag === 'td' || tag === 'th') parts.push(' ');
  };
  walk(html, {
    opens(tag, { alt }) {
      if (tag === 'pre') preformatted += 1;
      if (tag === 'img' && alt !== undefined) parts.push(alt);
      border(tag);
    },
    text: (text) => void parts.push(preformatted > 0 ? text : text.replace(/\s+/g, ' ')),
    closes(tag) {
      if (tag === 'pre') preformatted -= 1;
      if (tag !== 'br') border(tag);
    },
  });
  return tidyLines(parts.join(''));
}

/** Lines without what nobody sees at their ends, and no more than one empty one between two. */
export const tidyLines = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

import { plainText } from './plain-text.ts';

const UNSEEN = /<(script|style|template)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;
/** Where a line ends in a laid out text. */
export const ENDS_A_LINE = /<br\b[^>]*>|<\/(?:p|div|h[1-6]|tr|ul|ol|table|blockquote|section)\s*>/gi;
/** Where an item of a list begins. */
export const ITEM = /<li\b[^>]*>/gi;
const TAG = /<\/?[a-z][^>]*>/gi;

/** What people read of a laid out text: lines where paragraphs, items and breaks were, and no tags. */
export const textOfHtml = (html: string): string =>
  plainText(
    html
      .replace(UNSEEN, '')
      .replace(/\s+/g, ' ')
      .replace(ITEM, '\n- ')
      .replace(ENDS_A_LINE, '\n')
      .replace(TAG, ''),
  )
    .split('\n')
    .map((line) => line.replace(/[ \u00a0]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A plain text as it stands in HTML, between tags or in an attribute's double quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

/** A plain text laid out: paragraphs where blank lines were, and its signs as they are read. */
export const htmlOfText = (text: string): string =>
  escaped(text)
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${part.trim().replaceAll('\n', '<br />')}</p>`)
    .join('\n');

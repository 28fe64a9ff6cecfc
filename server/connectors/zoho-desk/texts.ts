import { fitText } from '../../core/fit-text.ts';
import type { TicketText } from '../../core/ticket/offer.ts';
import { escaped } from '../../kit/html-text.ts';

/**
 * The stricter of the documentation and of Zoho's OpenAPI file: https://desk.zoho.com/DeskAPIDocument. A description holds
 * 65,535 characters of HTML, in which one sign may take six; a comment 32,000, its mark among them.
 */
export const LONGEST = { subject: 255, text: 10_000, comment: 30_000, name: 200 } as const;

/** What makes somebody's mention of a comment: of a value's none. */
const MENTION = /zsu\[(?=@)/g;

/** What the text is found by again: the end of the link that ends it, or by itself where there is none. */
const endOf = ({ page, marker }: Pick<TicketText, 'page' | 'marker'>): string => `${page ?? ''}#${marker}`;

/** A ticket's description is HTML. */
export function asHtml({ lines, page, marker }: TicketText): string {
  const end = endOf({ page, marker });
  const said = fitText(lines.join('\n'), LONGEST.text).split('\n');
  const paragraphs = said.map((line) => `<div>${escaped(line) || '<br>'}</div>`);
  const last = page === null ? escaped(end) : `<a href="${escaped(end)}">${escaped(page)}</a>`;
  return `${paragraphs.join('')}<div>${last}</div>`;
}

/** A comment is plain text. */
export function asPlain({ lines, page, marker }: TicketText): string {
  const end = endOf({ page, marker });
  const said = lines.join('\n').replace(MENTION, 'zsu\u200b[');
  return `${fitText(said, LONGEST.comment)}\n${end}`;
}

/** Whether a text ends in this marker, and not in another one that begins with it. */
export const bears = (text: string, marker: string): boolean =>
  text
    .split(`#${marker}`)
    .slice(1)
    .some((after) => !/^[\w:.-]/.test(after));

/** As Zoho's OpenAPI file takes addresses: none beyond ASCII. What it would refuse is named in the text alone. */
const EMAIL = /^\w[\w+\-.'&~]*@(?=.{4,256}$)([a-z\d]+([-_]*[a-z\d])*\.)+[a-z]{2,22}$/i;
export const emailFor = (email: string | null): string | null =>
  email !== null && email.length <= 150 && EMAIL.test(email) ? email : null;

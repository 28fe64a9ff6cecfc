import { fitText } from '../../core/fit-text.ts';
import type { MessagePart, WholeText } from '../../core/messages.ts';
import { composeChat } from '../../kit/compose-chat.ts';
import { markedAddress } from './mark.ts';
import { asHtml, literal } from './markup.ts';

/** Characters of one message of ours, and what of them is kept for the link at its end. */
export const LONGEST_TEXT = 8_000;
const LINK_ROOM = 600;
/** Teams takes about 28 KB, and does not say how it counts. https://learn.microsoft.com/microsoftteams/limits-specifications-teams */
const MOST_BYTES = 27_000;

const LAST_LINK = /\n?\[([^\][]*)\]\((https?:\/\/[^()\s"<>]+)\)$/;

export function compose(parts: readonly MessagePart[], whole?: WholeText): string {
  const text = composeChat({ longest: LONGEST_TEXT - LINK_ROOM, literal }, parts);
  if (whole === undefined) return text;
  return `${text}\n${whole.address === null ? literal(whole.title) : `[${whole.title}](${whole.address})`}`;
}

/**
 * The message as Teams is sent it, with its mark. One that is too big as HTML is cut visibly; its link stays.
 *
 * @param here where a link leads that has to be there for the mark, and that the text does not bring.
 */
export function htmlOf(text: string, marker: string, here: string): string {
  const link = LAST_LINK.exec(text);
  const said = link === null ? text : text.slice(0, link.index);
  const [, title = 'Liaison', address = here] = link ?? [];
  const end = `\n[${title}](${markedAddress(address, marker)})`;
  let limit = Math.min(said.length, LONGEST_TEXT);
  for (;;) {
    const html = asHtml(fitText(said, limit) + end);
    // In whichever of the two ways it is counted.
    const bytes = Math.max(Buffer.byteLength(html, 'utf8'), 2 * html.length);
    if (bytes <= MOST_BYTES || limit === 0) return html;
    limit = Math.max(0, Math.min(limit - 1, Math.floor((limit * MOST_BYTES) / bytes)));
  }
}

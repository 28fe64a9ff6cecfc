import { cleanText, JOINER, unformatted } from '../../kit/chat-text.ts';
import { escaped } from '../../kit/html-text.ts';

/** The start of a link's address: none of a value's. */
const LINK_SIGNS = /\](?=\()/g;

/** A value of a record as the markup that people write here: it is read with its signs, and marks nothing. */
export const literal = (value: string): string =>
  unformatted(cleanText(value).replace(LINK_SIGNS, `$&${JOINER}`));

const LINK = /\[([^\][]*)\]\((https?:\/\/[^()\s"<>]+)\)/g;
/** An address by itself, as chats make a link of it; what ends a sentence is none of it. */
const BARE = /\bhttps?:\/\/[^\s"<>()[\]\ufffc]*[^\s"<>()[\]\ufffc.,;:!?]/g;
/** Stands for a link while the words around it are read: Unicode has it for what is no text. */
const HELD = '\ufffc';
const MARKED = /(?<![\p{L}\p{N}\u2060])([*_~`])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}\u2060])/gu;
const TAGS: Readonly<Record<string, string>> = { '*': 'strong', _: 'em', '~': 's', '`': 'code' };

/** `*bold*`, `_slanted_`, `~struck~` and `` `code` ``, one inside another, too. */
const marked = (text: string): string =>
  text.replace(MARKED, (_whole, sign: string, inner: string) => {
    const tag = TAGS[sign] ?? 'span';
    return `<${tag}>${sign === '`' ? inner : marked(inner)}</${tag}>`;
  });

/** Where a message of ours begins and ends: what is read back by that is HTML, and not what somebody wrote. */
const [OPENS, CLOSES] = ['<div>', '</div>'];

/**
 * The markup as the HTML that Teams shows: every sign of it that is not a mark of ours is text.
 * https://learn.microsoft.com/graph/api/resources/chatmessage
 */
export function asHtml(markup: string): string {
  const links: string[] = [];
  // An address is no text: what stands in it marks nothing.
  const hold = (title: string, address: string): string => {
    links.push(`<a href="${escaped(address.replaceAll(JOINER, ''))}">${escaped(title)}</a>`);
    return `${HELD}${links.length - 1}${HELD}`;
  };
  const held = markup
    .replaceAll(HELD, '')
    .replace(LINK, (_whole, title: string, address: string) => hold(title, address))
    .replace(BARE, (address) => hold(address, address));
  const html = marked(escaped(held))
    .replace(/\ufffc(\d+)\ufffc/g, (_whole, index: string) => links[Number(index)] ?? '')
    .replaceAll(JOINER, '')
    .replace(/ {2}/g, '&nbsp; ')
    .replaceAll('\n', '<br>');
  return OPENS + html + CLOSES;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
};

/** The message as people read it, from the markup or from the HTML that it became. */
export function readable(text: string): string {
  if (text.startsWith(OPENS) && text.endsWith(CLOSES))
    return text
      .replaceAll('<br>', '\n')
      .replace(/<[^>]*>/g, '')
      .replace(/&(?:nbsp|lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? '');
  return plain(text).replaceAll(JOINER, '');
}

function plain(markup: string): string {
  const bare = markup.replace(LINK, '$1').replace(MARKED, '$2');
  return bare === markup ? bare : plain(bare);
}

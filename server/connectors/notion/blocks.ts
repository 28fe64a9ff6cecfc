import { MOST_PIECES, pieces, type TextPiece } from './rich-text.ts';

type TextKind =
  | 'paragraph'
  | 'heading_1'
  | 'heading_2'
  | 'heading_3'
  | 'bulleted_list_item'
  | 'numbered_list_item'
  | 'quote';

export type NotionBlock = { readonly object: 'block'; readonly type: string } & Readonly<
  Record<string, unknown>
>;

/** Notion takes no more blocks in one request. */
export const MOST_BLOCKS = 100;
/** Of a request's 500 kB, so much is left to blocks. */
const MOST_BYTES = 400_000;

/** A stretch of a page's body: what its author wrote, which may mark lines, or a value of a record, which may not. */
export type BodyPart = { readonly markup: string } | { readonly value: string };

const MARKS: readonly (readonly [RegExp, TextKind])[] = [
  [/^### /, 'heading_3'],
  [/^## /, 'heading_2'],
  [/^# /, 'heading_1'],
  [/^[-*] /, 'bulleted_list_item'],
  [/^\d+[.)] /, 'numbered_list_item'],
  [/^> /, 'quote'],
];

/**
 * A page's body: a block for each line, kept in their order; a line that its author began with `#`, `-`, `1.` or `>` is a
 * heading, an item of a list or a quotation, and `---` is a rule. A line that is longer than a block takes goes on in
 * the next one.
 *
 * @returns nothing where there is nothing but blanks.
 */
export function bodyBlocks(parts: readonly BodyPart[]): NotionBlock[] {
  const lines: { markup: string; text: string }[] = [{ markup: '', text: '' }];
  for (const part of parts) {
    const isValue = 'value' in part;
    const [first = '', ...others] = (isValue ? part.value : part.markup).split(/\r\n|\r|\n/);
    const line = lines.at(-1);
    if (line === undefined) continue;
    // Only what stands at the line's very beginning, written by its author, marks it.
    if (!isValue && line.text === '') line.markup += first;
    line.text += first;
    lines.push(...others.map((text) => ({ markup: isValue ? '' : text, text })));
  }
  if (lines.every(({ text }) => text.trim() === '')) return [];
  return lines.flatMap(({ markup, text }) => {
    if (/^-{3,}\s*$/.test(text) && markup === text)
      return [{ object: 'block', type: 'divider', divider: {} }];
    const mark = MARKS.find(([pattern]) => pattern.test(markup));
    return textBlocks(mark?.[1] ?? 'paragraph', mark === undefined ? text : text.replace(mark[0], ''));
  });
}

function textBlocks(type: TextKind, text: string): NotionBlock[] {
  const all = pieces(text);
  const blocks: NotionBlock[] = [];
  for (let from = 0; from === 0 || from < all.length; from += MOST_PIECES) {
    const some: readonly TextPiece[] = all.slice(from, from + MOST_PIECES);
    blocks.push({ object: 'block', type, [type]: { rich_text: some } });
  }
  return blocks;
}

/** Blocks in lots that one request takes each. */
export function inLots(blocks: readonly NotionBlock[]): NotionBlock[][] {
  const lots: NotionBlock[][] = [];
  let bytes = 0;
  for (const block of blocks) {
    const size = Buffer.byteLength(JSON.stringify(block));
    const lot = lots.at(-1);
    if (lot === undefined || lot.length === MOST_BLOCKS || bytes + size > MOST_BYTES) {
      lots.push([block]);
      bytes = size;
    } else {
      lot.push(block);
      bytes += size;
    }
  }
  return lots;
}

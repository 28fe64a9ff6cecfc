/** https://developers.notion.com/reference/request-limits : the longest text of one piece, and most pieces of a text. */
export const PIECE = 2_000;
export const MOST_PIECES = 100;

export interface TextPiece {
  readonly type: 'text';
  readonly text: { readonly content: string };
}

/** A text in pieces that Notion takes: joined they are the same text, and none begins or ends with half a letter pair. */
export function pieces(text: string): TextPiece[] {
  // Half a surrogate pair is no text, and is refused.
  const whole = text.toWellFormed();
  const parts: TextPiece[] = [];
  let from = 0;
  while (from < whole.length) {
    let to = Math.min(from + PIECE, whole.length);
    const last = whole.charCodeAt(to - 1);
    if (to < whole.length && last >= 0xd800 && last <= 0xdbff) to -= 1;
    parts.push({ type: 'text', text: { content: whole.slice(from, to) } });
    from = to;
  }
  return parts;
}

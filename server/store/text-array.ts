/** PostgreSQL's own numbers for its types (catalogue `pg_type`). */
const TEXT = 25;
const HEAD_BYTES = 20;

/**
 * A `text[]` parameter in PostgreSQL's binary form. The textual form escapes and reads again every character,
 * which for bodies of a kilobyte costs more than storing them.
 */
export function textArray<Item>(items: readonly Item[], textOf: (item: Item) => string | null): Buffer {
  const texts = items.map(textOf);
  let size = HEAD_BYTES;
  for (const text of texts) size += 4 + (text === null ? 0 : Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(size);
  bytes.writeInt32BE(1, 0); // dimensions
  bytes.writeInt32BE(1, 4); // may hold nulls
  bytes.writeInt32BE(TEXT, 8);
  bytes.writeInt32BE(texts.length, 12);
  bytes.writeInt32BE(1, 16); // the first index
  let at = HEAD_BYTES;
  for (const text of texts) {
    const length = text === null ? -1 : bytes.write(text, at + 4);
    bytes.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return bytes;
}

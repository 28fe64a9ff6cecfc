const QUOTE = '"';
const BACKSLASH = 92;
const COLON = 58;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;
const FORBIDDEN = '__proto__';

/** Where the string that begins at `start` ends: the index of its closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf(QUOTE, start + 1); end !== -1; end = text.indexOf(QUOTE, end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    // An odd number of backslashes before it: the quote belongs to the string.
    if ((end - first) % 2 === 0) return end;
  }
  return text.length;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/**
 * Whether an object in this JSON text names one key twice, or names `__proto__`: no vendor's serialiser
 * writes either, and each makes two readers of one text see different things.
 *
 * @param text JSON that was parsed without an error.
 */
export function hasTrickKeys(text: string): boolean {
  const objects: Set<string>[] = [];
  let keys: Set<string> | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === OPENING_BRACE) {
      keys = new Set();
      objects.push(keys);
    } else if (code === CLOSING_BRACE) {
      objects.pop();
      keys = objects.at(-1);
    } else if (text[index] === QUOTE) {
      const end = endOfString(text, index);
      let next = end + 1;
      while (isSpace(text.charCodeAt(next))) next += 1;
      if (text.charCodeAt(next) === COLON) {
        const raw = text.slice(index + 1, end);
        const key = raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
        if (key === FORBIDDEN || keys?.has(key)) return true;
        keys?.add(key);
      }
      index = next - 1;
    }
  }
  return false;
}

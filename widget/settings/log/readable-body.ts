export interface ReadableBody {
  readonly kind: 'JSON' | 'form' | 'text';
  readonly text: string;
}

/** Lays a body out for reading, without changing a digit of it. */
export function readableBody(body: string): ReadableBody {
  const trimmed = body.trim();
  if (/^[[{]/.test(trimmed) && isJson(trimmed)) return { kind: 'JSON', text: indented(trimmed) };
  const form = readForm(trimmed);
  return form === null ? { kind: 'text', text: body } : { kind: 'form', text: form };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Indents JSON by moving through its characters: parsing and writing it again would round the long
 * numbers that some vendors use as ids.
 */
function indented(json: string): string {
  let out = '';
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    if (token.length > 1 && /^[[{]/.test(token)) out += token.replaceAll(/\s/g, '');
    else if (token === '{' || token === '[') {
      depth += 1;
      out += token + line();
    } else if (token === '}' || token === ']') {
      depth -= 1;
      out += line() + token;
    } else if (token === ',') out += token + line();
    else if (token === ':') out += ': ';
    else out += token;
  }
  return out;
}

/** `a=1&b=2` as one pair per line; null when the text is not of that form. */
function readForm(text: string): string | null {
  if (!/^[\w.[\]%+-]+=[^\s&]*(?:&[\w.[\]%+-]+=[^\s&]*)*$/.test(text)) return null;
  return [...new URLSearchParams(text)].map(([key, value]) => `${key} = ${value}`).join('\n');
}

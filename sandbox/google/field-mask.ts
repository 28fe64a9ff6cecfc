import { GoogleRefusal } from './refusal.ts';

type Mask = Map<string, Mask>;

/**
 * The answer reduced to a `fields` parameter: `sheets.properties.title`, `sheets(properties(title,sheetId))`, `*`.
 * https://developers.google.com/workspace/sheets/api/guides/field-masks
 */
export function masked(answer: object, fields: string | undefined): object {
  if (fields === undefined || fields === '*') return answer;
  const parser = { text: fields.replaceAll('/', '.'), at: 0 };
  const mask = list(parser);
  if (parser.at < parser.text.length) throw refused(fields);
  const kept = keep(answer, mask, fields);
  return typeof kept === 'object' && kept !== null ? kept : {};
}

interface Parser {
  readonly text: string;
  at: number;
}

function list(parser: Parser): Mask {
  const mask: Mask = new Map();
  do path(parser, mask);
  while (take(parser, ','));
  return mask;
}

function path(parser: Parser, mask: Mask): void {
  const name = /[A-Za-z0-9_*]*/y;
  name.lastIndex = parser.at;
  const word = name.exec(parser.text)?.[0] ?? '';
  if (word === '') throw refused(parser.text);
  parser.at += word.length;
  const under: Mask = mask.get(word) ?? new Map();
  mask.set(word, under);
  if (take(parser, '.')) path(parser, under);
  else if (take(parser, '(')) {
    for (const [inner, below] of list(parser)) under.set(inner, below);
    if (!take(parser, ')')) throw refused(parser.text);
  }
}

function take(parser: Parser, letter: string): boolean {
  if (parser.text[parser.at] !== letter) return false;
  parser.at += 1;
  return true;
}

function keep(value: unknown, mask: Mask, fields: string): unknown {
  if (mask.size === 0 || mask.has('*')) return value;
  if (Array.isArray(value)) return value.map((item) => keep(item, mask, fields));
  if (typeof value !== 'object' || value === null) throw refused(fields);
  const entries = Object.entries(value).flatMap(([name, member]) => {
    const under = mask.get(name);
    return under ? [[name, keep(member, under, fields)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function refused(fields: string): GoogleRefusal {
  return new GoogleRefusal(400, `Request contains an invalid argument: fields '${fields}' cannot be read.`);
}

import type { Comparator } from './comparison.ts';
import type { Criteria } from './criteria.ts';
import { CrmFailure, crmError } from './failure.ts';

export interface Query {
  readonly columns: readonly string[];
  readonly module: string;
  readonly where: Criteria;
  readonly orderBy: readonly { readonly column: string; readonly descending: boolean }[];
  readonly limit: number;
  readonly offset: number;
}

const TOKEN = /\s*('(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|<=|>=|!=|[=<>(),]|[^\s=<>!(),'"]+)/y;
const COMPARATORS: Readonly<Record<string, Comparator>> = {
  '=': 'equals',
  '!=': 'not_equal',
  '>': 'greater_than',
  '>=': 'greater_equal',
  '<': 'less_than',
  '<=': 'less_equal',
  in: 'in',
  'not in': 'not_in',
};

/**
 * Reads `select A, B.C from Deals where … order by … limit …`.
 * https://www.zoho.com/crm/developer/docs/api/v8/COQL-Overview.html
 *
 * Of COQL this is: columns and one step through a lookup, and/or with parentheses, comparisons, in, like,
 * between, is null. No aggregates, no aliases, no sub-queries: they are refused as syntax errors.
 */
export function parseCoql(text: string): Query {
  const tokens = tokensOf(text);
  let place = 0;
  const peek = (): string => (tokens[place] ?? '').toLowerCase();
  const next = (): string => tokens[place++] ?? '';
  const wrong = (near: string): CrmFailure =>
    new CrmFailure(
      400,
      crmError('SYNTAX_ERROR', 'error occurred while parsing the query', near === '' ? {} : { near }),
    );
  const taken = (word: string): boolean => {
    if (peek() !== word) return false;
    place += 1;
    return true;
  };
  const expect = (word: string): void => {
    if (!taken(word)) throw wrong(tokens[place] ?? '');
  };
  const clause = (word: string): void => {
    if (!taken(word)) throw new CrmFailure(400, crmError('SYNTAX_ERROR', 'missing clause', { clause: word }));
  };
  const name = (): string => {
    const found = next();
    if (!/^[A-Za-z_$][\w.$]*$/.test(found)) throw wrong(found);
    return found;
  };
  const value = (): string => {
    const found = next();
    // A quote within is doubled, or stands behind a backslash.
    if (/^['"]/.test(found)) return found.slice(1, -1).replaceAll(/\\(.)|(['"])\2/g, '$1$2');
    if (!/^(-?\d[\w.:+-]*|true|false)$/i.test(found)) throw wrong(found);
    return found;
  };
  const listOf = <Item>(item: () => Item): Item[] => {
    const items = [item()];
    while (taken(',')) items.push(item());
    return items;
  };

  const disjunction = (): Criteria => joined('or', conjunction);
  const conjunction = (): Criteria => joined('and', term);
  const joined = (kind: 'and' | 'or', part: () => Criteria): Criteria => {
    const first = part();
    const parts = [first];
    while (taken(kind)) parts.push(part());
    return parts.length === 1 ? first : { kind, parts };
  };
  const term = (): Criteria => {
    if (!taken('(')) return condition();
    const inner = disjunction();
    expect(')');
    return inner;
  };
  const condition = (): Criteria => {
    const field = name();
    const made = (comparator: Comparator, values: readonly string[]): Criteria => ({
      kind: 'condition',
      field,
      comparator,
      values,
    });
    if (taken('is')) {
      const not = taken('not');
      expect('null');
      return made(not ? 'is_not_null' : 'is_null', []);
    }
    const not = taken('not');
    if (taken('between')) {
      const low = value();
      expect('and');
      return made(not ? 'not_between' : 'between', [low, value()]);
    }
    if (taken('like')) return like(made, value(), not);
    if (taken('in')) {
      expect('(');
      const values = listOf(value);
      expect(')');
      return made(not ? 'not_in' : 'in', values);
    }
    const comparator = COMPARATORS[next().toLowerCase()];
    if (!comparator || not) throw wrong(tokens[place - 1] ?? '');
    return made(comparator, [value()]);
  };
  const whole = (): number => {
    const number = Number(next());
    if (!Number.isInteger(number) || number < 0) throw wrong(tokens[place - 1] ?? '');
    return number;
  };

  expect('select');
  const columns = listOf(name);
  clause('from');
  const module = name();
  clause('where');
  const where = disjunction();
  const orderBy: { column: string; descending: boolean }[] = [];
  if (taken('order')) {
    expect('by');
    orderBy.push(...listOf(() => ({ column: name(), descending: taken('desc') || (taken('asc') && false) })));
  }
  let limit = 200;
  let offset = 0;
  if (taken('limit')) {
    limit = whole();
    // `limit 10, 20` is MySQL's order: the offset first.
    if (taken(',')) [offset, limit] = [limit, whole()];
  }
  if (taken('offset')) offset = whole();
  if (place < tokens.length) throw wrong(tokens[place] ?? '');
  return { columns, module, where, orderBy, limit, offset };
}

function like(
  made: (comparator: Comparator, values: readonly string[]) => Criteria,
  pattern: string,
  not: boolean,
): Criteria {
  const bare = pattern.replace(/^%|%$/g, '');
  const [start, end] = [pattern.startsWith('%'), pattern.endsWith('%')];
  if (not) return made(start || end ? 'not_contains' : 'not_equal', [bare]);
  if (start && end) return made('contains', [bare]);
  return made(end ? 'starts_with' : start ? 'ends_with' : 'equals', [bare]);
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found)
      throw new CrmFailure(
        400,
        crmError('SYNTAX_ERROR', 'error occurred while parsing the query', {
          near: text.slice(from, from + 30),
        }),
      );
    tokens.push(found[1] ?? '');
  }
  return tokens;
}

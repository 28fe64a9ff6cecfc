import { type Comparator, compare } from './comparison.ts';
import { CrmFailure, crmError } from './failure.ts';
import type { CrmModule } from './modules.ts';

export type Criteria =
  | {
      readonly kind: 'condition';
      readonly field: string;
      readonly comparator: Comparator;
      readonly values: readonly string[];
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Criteria[] };

/** Operators of the search. https://www.zoho.com/crm/developer/docs/api/v8/search-records.html */
const OPERATORS = new Set([
  'equals',
  'not_equal',
  'greater_than',
  'greater_equal',
  'less_than',
  'less_equal',
  'starts_with',
  'in',
  'between',
]);
const MOST_CONDITIONS = 15;

export function matches(criteria: Criteria, record: Readonly<Record<string, unknown>>): boolean {
  if (criteria.kind === 'condition')
    return compare(record[criteria.field], criteria.comparator, criteria.values);
  if (criteria.kind === 'and') return criteria.parts.every((part) => matches(part, record));
  return criteria.parts.some((part) => matches(part, record));
}

/**
 * Reads `((Last_Name:equals:Burns\, B)and(First_Name:starts_with:M))`. A backslash stands before commas,
 * parentheses and backslashes inside values. Throws the CRM's own INVALID_QUERY for anything else.
 */
export function parseCriteria(text: string, module: CrmModule): Criteria {
  let place = 0;
  let conditions = 0;
  const wrong = (reason: string): CrmFailure =>
    new CrmFailure(400, crmError('INVALID_QUERY', 'Invalid query formed', { reason }));
  const skip = (): void => {
    while (text[place] === ' ') place += 1;
  };

  const group = (): Criteria => {
    const parts = [term()];
    let joint: 'and' | 'or' | null = null;
    for (skip(); place < text.length && text[place] !== ')'; skip()) {
      const word = /^(and|or)\b/i.exec(text.slice(place))?.[1]?.toLowerCase() as 'and' | 'or' | undefined;
      if (!word) throw wrong('expected and / or');
      if (joint !== null && joint !== word) throw wrong('and / or must be grouped by parentheses');
      joint = word;
      place += word.length;
      parts.push(term());
    }
    const [first] = parts;
    return joint === null && first ? first : { kind: joint ?? 'and', parts };
  };

  const term = (): Criteria => {
    skip();
    if (text[place] !== '(') return condition();
    place += 1;
    const inner = group();
    skip();
    if (text[place] !== ')') throw wrong('a parenthesis is not closed');
    place += 1;
    return inner;
  };

  const condition = (): Criteria => {
    conditions += 1;
    if (conditions > MOST_CONDITIONS) {
      throw new CrmFailure(
        400,
        crmError('CRITERIA_LIMIT_EXCEEDED', 'no of criterium that can be given exceed the limit 15'),
      );
    }
    const head = /^([A-Za-z][\w.]*):([a-z_]+):/.exec(text.slice(place));
    const [all = '', name = '', comparator = ''] = head ?? [];
    if (!head) throw wrong('a condition is field:operator:value');
    if (!module.fields.some(({ apiName }) => apiName === name))
      throw wrong('the field is not available for search');
    if (!OPERATORS.has(comparator))
      throw new CrmFailure(
        400,
        crmError('INVALID_QUERY', 'Invalid query formed', {
          operator: comparator,
          reason: 'invalid operator found',
        }),
      );
    place += all.length;
    return {
      kind: 'condition',
      field: name,
      comparator: comparator as Comparator,
      values: values(comparator),
    };
  };

  const values = (comparator: string): string[] => {
    const found = [''];
    let depth = 0;
    for (; place < text.length; place += 1) {
      const letter = text[place] ?? '';
      if (letter === '\\') {
        place += 1;
        found.push((found.pop() ?? '') + (text[place] ?? ''));
      } else if (letter === ')' && depth === 0) break;
      else if (letter === ',' && (comparator === 'in' || comparator === 'between')) found.push('');
      else {
        depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
        found.push((found.pop() ?? '') + letter);
      }
    }
    return found.map((one) => one.trim());
  };

  const read = group();
  skip();
  if (place < text.length) throw wrong('something stands after the last parenthesis');
  return read;
}

/** One condition of a search, by the field's API name. */
export interface Criterion {
  readonly field: string;
  readonly comparator: 'equals' | 'starts_with' | 'in' | 'greater_equal' | 'less_equal';
  readonly value: string;
}

/**
 * Criteria as Zoho's search reads them. Parentheses, commas and backslashes mean something there and are
 * escaped. https://www.zoho.com/crm/developer/docs/api/v8/search-records.html
 *
 * @example criteriaText([{ field: 'Email', comparator: 'equals', value: 'a@b.example' }]) // (Email:equals:a@b.example)
 */
export function criteriaText(criteria: readonly Criterion[]): string {
  const parts = criteria.map(({ field, comparator, value }) => {
    const text = value.replace(/[\\(),]/g, (sign) => `\\${sign}`);
    return `(${field}:${comparator}:${text})`;
  });
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join('and')})`;
}

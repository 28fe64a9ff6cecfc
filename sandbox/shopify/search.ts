import type { OrderRow } from './rows.ts';

/**
 * Shopify's search, as far as it is served: `updated_at:>='…'`, `email:"…"`, and texts that stand anywhere in an order.
 * A term that is not known is taken as a text, as Shopify does. https://shopify.dev/docs/api/usage/search-syntax
 */
const TERM = /(?:([a-z_]+):)?(>=|<=|>|<)?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+))/g;

const textsOf = (row: OrderRow): string =>
  [
    `#${row.number}`,
    row.email,
    row.customer?.email,
    ...[row.customer, row.billing, row.shipping].flatMap((one) => [
      `${one?.firstName ?? ''} ${one?.lastName ?? ''}`,
      one?.company,
    ]),
    ...row.lines.map(({ title, sku }) => `${title} ${sku ?? ''}`),
  ]
    .join('\n')
    .toLowerCase();

const COMPARED: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  '>=': (one, other) => one >= other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '<': (one, other) => one < other,
  '': (one, other) => one === other,
};

export function searching(query: string | null | undefined): (row: OrderRow) => boolean {
  const terms = [...(query ?? '').matchAll(TERM)].map(([whole, name, sign = '', double, single, bare]) => {
    const value = double?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? '';
    if (name === 'updated_at' || name === 'created_at' || name === 'processed_at') {
      const bound = Date.parse(value);
      const of = (row: OrderRow): string => (name === 'updated_at' ? row.updatedAt : row.createdAt);
      return (row: OrderRow) => COMPARED[sign]?.(Date.parse(of(row)), bound) === true;
    }
    if (name === 'email')
      return (row: OrderRow) =>
        [row.email, row.customer?.email].some((one) => one?.toLowerCase() === value.toLowerCase());
    const text = (name === undefined ? value : whole).toLowerCase();
    return (row: OrderRow) => textsOf(row).includes(text);
  });
  return (row) => terms.every((fits) => fits(row));
}

import type { Cell } from '../../core/cells/cell.ts';
import { isUnready } from '../../core/cells/unready.ts';
import type { Type } from './column-types.ts';

/** What one cell is by its format; null: it says nothing. A text is a text, whatever it looks like. */
function typeOf(cell: Cell | undefined): Type | null {
  if (cell === undefined || cell.value === null || cell.shown.trim() === '' || isUnready(cell)) return null;
  if (typeof cell.value === 'boolean') return 'yes-no';
  if (typeof cell.value === 'string') return 'text';
  switch (cell.format) {
    case 'date':
      return 'date';
    case 'date-time':
      return 'date-time';
    case 'currency':
      return 'money';
    case 'text':
    case 'time':
      return 'text';
    case 'percent':
    case 'scientific':
      return 'decimal';
    default:
      return Number.isSafeInteger(cell.value) && !/[.,]\d{1,2}$/.test(cell.shown) ? 'integer' : 'decimal';
  }
}

/** The narrowest type that takes both. */
function joined(one: Type, other: Type): Type {
  if (one === other) return one;
  const both = new Set([one, other]);
  const among = (...types: Type[]) => [...both].every((type) => types.includes(type));
  if (among('date', 'date-time')) return 'date-time';
  if (among('integer', 'decimal')) return 'decimal';
  return among('integer', 'decimal', 'money') ? 'money' : 'text';
}

/** The type of a column, from the formats of its cells; a column that holds nothing yet is text. */
export function proposedType(cells: readonly (Cell | undefined)[]): Type {
  const types = cells.flatMap((cell) => typeOf(cell) ?? []);
  const [first, ...rest] = types;
  return first === undefined ? 'text' : rest.reduce(joined, first);
}

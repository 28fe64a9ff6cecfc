import type { Books } from './books.ts';
import { type Item, items } from './settings-data.ts';

/** An item as documents name it. */
export interface KnownItem extends Item {
  readonly status: 'active' | 'inactive';
  readonly product_type: 'goods' | 'service';
}

/** What the company sells: its services, and the goods that Inventory keeps for the same organisation. */
export const itemsOf = ({ stock }: Pick<Books, 'stock'>): readonly KnownItem[] => [
  ...items.map((item): KnownItem => ({ ...item, status: 'active', product_type: 'service' })),
  ...(stock?.items.all() ?? []),
];

export const itemOf = ({ stock }: Pick<Books, 'stock'>, id: string): KnownItem | undefined =>
  stock?.items.get(id) ?? itemsOf({ stock: null }).find(({ item_id }) => item_id === id);

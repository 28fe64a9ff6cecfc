import type { VendorDesk } from '../../../../sandbox/core/simulator.ts';

// To fill in: records as the vendor holds them, with every field that its API shows.
export interface ItemRow {
  readonly id: string;
  readonly name: string;
}

export const newThingTables = (desk: VendorDesk) => ({
  items: desk.table<ItemRow>('items'),
});

// To fill in: what the invented company (`sandbox/company/`) keeps at this vendor.
const ITEMS = ['Lampe Aurore', 'Lampe Boréale', 'Lampe Céleste'];

export function seed(desk: VendorDesk): void {
  const { items } = newThingTables(desk);
  for (const [index, name] of ITEMS.entries()) {
    const id = `item-${index + 1}`;
    items.put(id, { id, name });
  }
}

/** The company's key. Made once, and the same after a reset. */
export function keyOf(desk: VendorDesk): string {
  const keys = desk.table<{ key: string }>('keys', { kept: true });
  return (keys.get('only') ?? keys.put('only', { key: desk.id('key_', 32) })).key;
}

import type { VendorDesk } from '../core/simulator.ts';
import { announceLevel } from './notify.ts';
import { type OrderRow, shopTables, type VariantRow } from './rows.ts';

/** Counts what can be sold of a variant, at the first place that has it. */
function move(desk: VendorDesk, variant: VariantRow, by: number): void {
  const [place] = Object.keys(variant.levels);
  if (!variant.tracked || place === undefined || by === 0) return;
  const { available } = variant.levels[place] ?? { available: 0 };
  const at = desk.clock().toISOString();
  const levels = { ...variant.levels, [place]: { available: available + by, at } };
  const row = { ...variant, levels };
  shopTables(desk).variants.put(String(variant.id), row);
  announceLevel(desk, row, place);
}

/** Somebody counts the shelves, at the first place that has it. @returns whether there is such a variant. */
export function countStock(desk: VendorDesk, sku: string, to: number): boolean {
  const variant = shopTables(desk)
    .variants.all()
    .find((one) => one.sku === sku);
  if (variant === undefined) return false;
  const [level] = Object.values(variant.levels);
  move(desk, variant, to - (level?.available ?? 0));
  return true;
}

/**
 * An order commits its pieces as soon as it is placed: https://shopify.dev/docs/apps/build/orders-fulfillment/inventory-management-apps
 * A cancelled one gives back what it had not given back before.
 */
export function takeStock(desk: VendorDesk, order: OrderRow, action: 'create' | 'update' | 'delete'): void {
  const isCancelled = action === 'update' && order.cancelledAt === order.updatedAt;
  const sign = action === 'create' ? -1 : isCancelled ? 1 : 0;
  if (sign === 0 || order.test) return;
  for (const { sku, quantity } of order.lines) {
    const variant = shopTables(desk)
      .variants.all()
      .find((one) => sku !== null && one.sku === sku);
    if (variant) move(desk, variant, sign * quantity);
  }
}

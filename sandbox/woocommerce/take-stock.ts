import type { VendorDesk } from '../core/simulator.ts';
import { announceProduct } from './notify.ts';
import { productTables } from './product-rows.ts';
import { productView, variationView } from './product-view.ts';
import { gmtText, type OrderRow } from './rows.ts';

/** https://woocommerce.com/document/managing-orders/order-statuses/: by which an order takes its pieces, and gives them back. */
const TAKES = new Set(['processing', 'completed', 'on-hold']);
const GIVES_BACK = new Set(['cancelled', 'pending']);

/** The shop counts off what an order takes, once, and counts it back when it is cancelled. */
export function takeStock(desk: VendorDesk, order: OrderRow): void {
  const { products, variations, taken } = productTables(desk);
  const key = String(order.id);
  const isTaken = taken.get(key) !== undefined;
  const sign = TAKES.has(order.status) && !isTaken ? -1 : GIVES_BACK.has(order.status) && isTaken ? 1 : 0;
  if (sign === 0) return;
  if (sign === -1) taken.put(key, { order: order.id });
  else taken.delete(key);
  const date_modified_gmt = gmtText(desk.clock());
  for (const line of order.line_items) {
    const by = sign * line.quantity;
    const { variation_id: of = 0 } = line as { variation_id?: number };
    const variation = variations.get(String(of));
    const product = products.get(String(line.product_id));
    if (variation?.manage_stock) {
      const stock_quantity = (variation.stock_quantity ?? 0) + by;
      const row = { ...variation, stock_quantity, date_modified_gmt };
      variations.put(String(of), row);
      announceProduct(desk, row.id, 'updated', variationView(desk, row));
    } else if (product?.manage_stock) {
      const row = {
        ...product,
        stock_quantity: (product.stock_quantity ?? 0) + by,
        date_modified_gmt,
      };
      products.put(String(product.id), row);
      announceProduct(desk, row.id, 'updated', productView(desk, row));
    }
  }
}

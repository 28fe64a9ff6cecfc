import { z } from 'zod';
import { ifGone } from '../../kit/if-gone.ts';
import { amountSchema, exactNumber } from '../families/zoho/amounts.ts';
import type { InventoryCall } from './api.ts';

/** Steps in which stock was moved, each signed. */
export interface Adjustment {
  readonly id: string;
  readonly reference: string;
  readonly lines: readonly { readonly itemId: string; readonly by: string }[];
}

export interface NewAdjustment {
  /** What it is found by again. */
  readonly reference: string;
  /** Day. */
  readonly date: string;
  readonly reason: string;
  /** Decimal text, signed, never zero; one for each item. `place`: absent: where the organisation keeps goods first. */
  readonly lines: readonly { readonly itemId: string; readonly by: string; readonly place?: string }[];
}

const adjustmentSchema = z
  .object({
    inventory_adjustment_id: z.string(),
    reference_number: z.string().nullish(),
    line_items: z.array(z.object({ item_id: z.string(), quantity_adjusted: amountSchema })).nullish(),
  })
  .transform(
    (one): Adjustment => ({
      id: one.inventory_adjustment_id,
      reference: one.reference_number ?? '',
      lines: (one.line_items ?? []).map(({ item_id: itemId, quantity_adjusted: by }) => ({ itemId, by })),
    }),
  );

export function adjustmentCalls(call: InventoryCall) {
  const path = '/inventoryadjustments';
  return {
    /** Adjustments of exactly this reference, without their lines. */
    async adjustmentsByReference(reference: string): Promise<Adjustment[]> {
      const query = { reference_number: reference };
      const found = await call({ path, query }, 'inventory_adjustments', z.array(adjustmentSchema));
      return found.filter((one) => one.reference === reference);
    },

    /** With its lines; null when somebody deleted it. */
    adjustmentIfThere(id: string): Promise<Adjustment | null> {
      const one = `${path}/${encodeURIComponent(id)}`;
      return ifGone(() => call({ path: one }, 'inventory_adjustment', adjustmentSchema), null);
    },

    /** Moves stock by steps. A repeat moves it again: look by reference before. */
    createAdjustment({ reference, date, reason, lines }: NewAdjustment): Promise<Adjustment> {
      const json = {
        date,
        reason,
        reference_number: reference,
        adjustment_type: 'quantity',
        line_items: lines.map(({ itemId, by, place }) => ({
          item_id: itemId,
          quantity_adjusted: exactNumber(by),
          ...(place === undefined ? {} : { location_id: place }),
        })),
      };
      return call({ method: 'POST', path, json }, 'inventory_adjustment', adjustmentSchema);
    },
  };
}

import type { Router } from 'express';
import { answer, bodyFields } from '../zoho-books/answer.ts';
import { day, type Fields, list, mandatory, text } from '../zoho-books/fields.ts';
import { type Listing, listed } from '../zoho-books/listing.ts';
import { invalid, missing, notFound, Refusal } from '../zoho-books/refusal.ts';
import type { Inventory } from './inventory.ts';
import { listedItem } from './item-view.ts';
import { numberIn } from './items.ts';
import { atKnownPlace, LOCATION } from './place.ts';
import type { AdjustmentRow } from './rows.ts';

/** https://www.zoho.com/inventory/api/v1/inventoryadjustments/ */
export function adjustmentRoutes(router: Router, inventory: Inventory): void {
  const { desk, stock } = inventory;

  router.get('/inventoryadjustments', (request, response) => {
    const all = inventory.listed(stock.adjustments, (row) => row.inventory_adjustment_id);
    const { rows, context } = listed(all, request, LISTING);
    const inventory_adjustments = rows.map((row) => ({
      inventory_adjustment_id: row.inventory_adjustment_id,
      date: row.date,
      reason: row.reason,
      reason_id: '',
      reference_number: row.reference_number,
      adjustment_type: 'quantity',
      total: 0,
      custom_fields: [],
    }));
    answer(response, { inventory_adjustments, page_context: context });
  });
  router.post('/inventoryadjustments', (request, response) => {
    const row = makeAdjustment(inventory, bodyFields(request));
    desk.wrote({
      operation: 'POST /inventoryadjustments',
      object: 'inventory adjustment',
      id: row.inventory_adjustment_id,
      action: 'create',
      marker: row.reference_number || null,
      record: adjustmentView(inventory, row),
    });
    const inventory_adjustment = adjustmentView(inventory, row);
    answer(response, { inventory_adjustment }, 'Inventory adjustment has been created.', 201);
  });
  router.get('/inventoryadjustments/:id', (request, response) => {
    const row = stock.adjustments.get(request.params.id);
    if (!row) throw notFound('Inventory adjustment');
    answer(response, { inventory_adjustment: adjustmentView(inventory, row) });
  });
}

const LISTING: Listing<AdjustmentRow> = {
  texts: { reference_number: (row) => [row.reference_number], reason: (row) => [row.reason] },
  exact: { date: (row) => row.date },
  search: (row) => [row.reference_number, row.reason],
  sort: { date: (row) => row.date, created_time: (row) => row.created },
  defaultSort: { column: 'date', order: 'D' },
};

/** An adjustment as its body asks for it, put in the books. */
export function makeAdjustment(inventory: Inventory, body: Fields): AdjustmentRow {
  const { books, stock, wrote, lateItems } = inventory;
  const reason = mandatory(body, 'reason');
  if (mandatory(body, 'adjustment_type') !== 'quantity') throw invalid('adjustment_type');
  if (body.date === undefined) throw missing('date');
  const asked = list(body, 'line_items');
  if (asked.length === 0) throw missing('line_items');
  atKnownPlace(body);
  const lines = asked.map((fields) => {
    atKnownPlace(fields);
    const item = stock.items.get(mandatory(fields, 'item_id'));
    if (!item) throw invalid('item_id');
    if (!item.track_inventory)
      throw new Refusal(400, 2007, `The stock of the item ${item.name} is not tracked.`);
    const quantity_adjusted = numberIn(fields, 'quantity_adjusted', 0);
    if (quantity_adjusted === 0) throw invalid('quantity_adjusted');
    return { line_item_id: books.newId(), item_id: item.item_id, quantity_adjusted };
  });
  const row: AdjustmentRow = {
    inventory_adjustment_id: books.newId(),
    date: day(body, 'date', ''),
    reason,
    reference_number: text(body, 'reference_number'),
    lines,
    created: books.now(),
  };
  for (const { item_id: id } of lines) {
    const item = stock.items.get(id);
    if (item !== undefined) lateItems.touch(id, listedItem(books, stock, item));
  }
  wrote(row.inventory_adjustment_id);
  return stock.adjustments.put(row.inventory_adjustment_id, row);
}

function adjustmentView({ stock }: Inventory, row: AdjustmentRow) {
  return {
    inventory_adjustment_id: row.inventory_adjustment_id,
    date: row.date,
    reason: row.reason,
    reason_id: '',
    reference_number: row.reference_number,
    adjustment_type: 'quantity',
    line_items: row.lines.map((line) => ({
      ...line,
      name: stock.items.get(line.item_id)?.name ?? '',
      item_total: 0,
      unit: stock.items.get(line.item_id)?.unit ?? '',
      is_combo_product: false,
      ...LOCATION,
    })),
    ...LOCATION,
    total: 0,
    custom_fields: [],
  };
}

import type { Router } from 'express';
import { answer, bodyFields } from '../zoho-books/answer.ts';
import type { Books } from '../zoho-books/books.ts';
import { type Fields, list, mandatory, text } from '../zoho-books/fields.ts';
import { type Listing, listed, query } from '../zoho-books/listing.ts';
import { decimalOf } from '../zoho-books/minor-units.ts';
import { invalid, missing, notFound, Refusal } from '../zoho-books/refusal.ts';
import { taxes } from '../zoho-books/settings-data.ts';
import type { Inventory } from './inventory.ts';
import { itemDetail, itemView, listedItem, writtenItem } from './item-view.ts';
import { atKnownPlace, LOCATION } from './place.ts';
import type { ItemRow } from './rows.ts';
import { onHand } from './stock.ts';

/** https://www.zoho.com/inventory/api/v1/items/ */
export function itemRoutes(router: Router, inventory: Inventory): void {
  const { books, stock, desk } = inventory;
  const held = (id: unknown): ItemRow => {
    const row = stock.items.get(String(id));
    if (!row) throw notFound('Item');
    return row;
  };
  const view = (row: ItemRow) => itemView(books, stock, row);
  const keep = (row: ItemRow, operation: string, action: 'create' | 'update'): void => {
    putItem(inventory, row);
    const record = view(row);
    desk.wrote({ operation, object: 'item', id: row.item_id, action, marker: row.sku || null, record });
  };

  router.get('/items', (request, response) => {
    const filter = STATUSES[query(request, 'filter_by') || 'Status.All'];
    if (!filter) throw invalid('filter_by');
    const status = query(request, 'status');
    const views = new Map<ItemRow, object>();
    const fitting = stock.items.all().filter((row) => {
      const shown = inventory.lateItems.shown(row.item_id, listedItem(books, stock, row));
      if (shown !== null) views.set(row, shown);
      return shown !== null && filter(row) && (status === '' || row.status === status);
    });
    const { rows, context } = listed(fitting, request, listing(inventory));
    const items = rows.map((row) => views.get(row));
    answer(response, { items, page_context: { ...context, report_name: 'Items' } });
  });
  router.post('/items', (request, response) => {
    const row = newItem(books, inventory, bodyFields(request));
    keep(row, 'POST /items', 'create');
    answer(response, { item: writtenItem(books, stock, row) }, 'The item has been added.', 201);
  });
  router.get('/itemdetails', (request, response) => {
    const ids = query(request, 'item_ids').split(',').filter(Boolean);
    if (ids.length === 0) throw missing('item_ids');
    // What is not there (any more) is left out.
    const rows = ids.flatMap((id) => stock.items.get(id) ?? []);
    answer(response, { items: rows.map((row) => itemDetail(books, stock, row)) });
  });
  // https://www.zoho.com/inventory/api/v1/locations/
  router.get('/locations', (_request, response) => {
    answer(response, { locations: [{ ...LOCATION, type: 'general', is_primary_location: true }] });
  });
  router.get('/items/:id', (request, response) => {
    answer(response, { item: view(held(request.params.id)) });
  });
  router.put('/items/:id', (request, response) => {
    const row = changedItem(inventory, held(request.params.id), bodyFields(request));
    keep(row, 'PUT /items/{id}', 'update');
    answer(response, { item: writtenItem(books, stock, row) }, 'Item details have been saved.');
  });
  for (const status of ['active', 'inactive'] as const)
    router.post(`/items/:id/${status}`, (request, response) => {
      keep(
        { ...held(request.params.id), status, modified: books.now() },
        `POST /items/{id}/${status}`,
        'update',
      );
      answer(response, {}, `The item has been marked as ${status}.`);
    });
}

/** Writes an item; lists show it as it was for as long as they come late. */
export function putItem({ books, stock, lateItems }: Inventory, row: ItemRow): ItemRow {
  const before = stock.items.get(row.item_id);
  lateItems.touch(row.item_id, before === undefined ? null : listedItem(books, stock, before));
  return stock.items.put(row.item_id, row);
}

const STATUSES: Readonly<Record<string, (row: ItemRow) => boolean>> = {
  'Status.All': () => true,
  'Status.Active': ({ status }) => status === 'active',
  'Status.Inactive': ({ status }) => status === 'inactive',
};

function listing({ books, stock }: Inventory): Listing<ItemRow> {
  return {
    texts: { name: (row) => [row.name], sku: (row) => [row.sku] },
    exact: { item_id: (row) => row.item_id, tax_id: (row) => row.tax_id },
    search: (row) => [row.name, row.sku, row.description],
    sort: {
      name: (row) => row.name,
      sku: (row) => row.sku,
      rate: (row) => row.rate,
      created_time: (row) => row.created,
      last_modified_time: (row) => row.modified,
      reorder_level: (row) => row.reorder_level,
      stock_on_hand: (row) => onHand(books, stock, row.item_id),
    },
    defaultSort: { column: 'name', order: 'A' },
  };
}

function newItem(books: Books, inventory: Inventory, body: Fields): ItemRow {
  const now = books.now();
  const asGoods = text(body, 'product_type', 'goods');
  if (asGoods !== 'goods' && asGoods !== 'service') throw invalid('product_type');
  const places = list(body, 'locations');
  for (const one of places) atKnownPlace(one);
  const [place] = places;
  return changedItem(
    inventory,
    {
      item_id: books.newId(),
      name: '',
      sku: '',
      description: '',
      unit: 'pcs',
      rate: 0,
      purchase_rate: 0,
      product_type: asGoods,
      track_inventory:
        body.track_inventory === undefined ? asGoods === 'goods' : body.track_inventory === true,
      initial_stock: numberIn(place ?? body, 'initial_stock', 0),
      reorder_level: 0,
      tax_id: '',
      status: 'active',
      created: now,
      modified: now,
    },
    body,
  );
}

function changedItem({ stock, books }: Inventory, before: ItemRow, body: Fields): ItemRow {
  const name = before.name === '' ? mandatory(body, 'name') : text(body, 'name', before.name);
  const sku = text(body, 'sku', before.sku);
  const others = stock.items.all().filter(({ item_id }) => item_id !== before.item_id);
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  if (others.some((one) => same(one.name, name)))
    throw new Refusal(400, 1001, `Item "${name}" already exists.`);
  if (sku !== '' && others.some((one) => same(one.sku, sku)))
    throw new Refusal(400, 1001, `Item with the SKU "${sku}" already exists.`);
  const tax_id = text(body, 'tax_id', before.tax_id);
  if (tax_id !== '' && !taxes.some((one) => one.tax_id === tax_id)) throw invalid('tax_id');
  return {
    ...before,
    name,
    sku,
    tax_id,
    description: text(body, 'description', before.description),
    unit: text(body, 'unit', before.unit),
    rate: numberIn(body, 'rate', before.rate),
    purchase_rate: numberIn(body, 'purchase_rate', before.purchase_rate),
    reorder_level: numberIn(body, 'reorder_level', before.reorder_level),
    modified: books.now(),
  };
}

/** A decimal number, also written as text. */
export function numberIn(fields: Fields, name: string, usual: number): number {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return usual;
  if (!decimalOf(value)) throw invalid(name);
  return Number(value);
}

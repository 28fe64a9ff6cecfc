import { dayIn } from '../../core/day-in.ts';
import { asLiaisonError } from '../../core/errors.ts';
import { millionthsOf, quantityText } from '../../core/order/quantity.ts';
import { withoutTax } from '../../core/product/price-tax.ts';
import type { Draft, FieldValues, ObjectOptions, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { amountIn, movedOn } from '../../kit/product-refusals.ts';
import type { ZohoInventoryClient } from './client.ts';
import { VENDOR } from './failures.ts';
import { type ItemOptions, readOptions } from './item-options.ts';
import { countOf, DESCRIPTION, NAME, PRICE, recordOf, SKU, STOCK, valuesOf } from './item-record.ts';
import type { InventoryItem, ItemChange } from './items.ts';

const failed = (thrown: unknown): WriteOutcome => ({ ok: false, error: asLiaisonError(thrown) });

/** The price that Inventory keeps of one that a tag says; undefined where the tax is not known. */
function rateOf(
  value: FieldValues[string] | undefined,
  percent: string | null,
  { tagsIncludeTax }: ItemOptions,
  currency: string,
): string | undefined {
  const amount = amountIn(value, currency, PRICE);
  if (amount === null) return undefined;
  if (!tagsIncludeTax) return quantityText(millionthsOf(amount));
  return percent === null ? undefined : withoutTax(amount, percent, currency);
}

const textOf = (value: FieldValues[string] | undefined): string => String(value ?? '').trim();

function changeOf(
  values: FieldValues,
  { name, rate }: { readonly name: string; readonly rate: string | undefined },
): ItemChange {
  return {
    name,
    ...(values[SKU] === undefined ? {} : { sku: textOf(values[SKU]) }),
    ...(values[DESCRIPTION] === undefined ? {} : { description: textOf(values[DESCRIPTION]) }),
    ...(rate === undefined ? {} : { rate }),
  };
}

function stored(
  item: InventoryItem,
  fields: readonly string[],
  options: ItemOptions,
  currency: string,
): WriteOutcome & { ok: true } {
  const values = valuesOf(item, options, currency);
  return {
    ok: true,
    id: item.id,
    version: recordOf(item, [], options, currency).version,
    values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
  };
}

/** Makes items one by one, each with its pieces at once: an item without them would look sold out. */
export async function createItems(
  client: ZohoInventoryClient,
  drafts: readonly Draft[],
  chosen: ObjectOptions,
): Promise<WriteOutcome[]> {
  const options = readOptions(chosen);
  const percent =
    options.taxId === null
      ? null
      : ((await client.taxes()).find(({ id }) => id === options.taxId)?.percent ?? null);
  const isCounted = drafts.some(({ values }) => typeof values[STOCK] === 'number');
  const place = isCounted ? (options.place ?? (await client.places())[0]?.id ?? null) : null;
  const outcomes: WriteOutcome[] = [];
  for (const { values } of drafts) {
    try {
      const rate = rateOf(values[PRICE], percent, options, client.currency);
      const count = values[STOCK];
      const item = await client.createItem({
        ...changeOf(values, { name: textOf(values[NAME]), rate }),
        taxId: percent === null ? null : options.taxId,
        stock:
          typeof count === 'number' && place !== null
            ? { place, count: quantityText(millionthsOf(count.toFixed(6))) }
            : null,
      });
      const left = values[PRICE] !== undefined && rate === undefined ? { leftAlone: [PRICE] } : {};
      outcomes.push({ ...stored(item, Object.keys(values), options, client.currency), ...left });
    } catch (thrown) {
      const error = asLiaisonError(thrown);
      // The rest of the batch is not known to be refused.
      if (error.kind !== 'rejected') throw error;
      outcomes.push({ ok: false, error });
    }
  }
  return outcomes;
}

/**
 * Changes items one by one: their texts and prices, and their stock by an adjustment of what is missing between what is
 * there now and what is to be. What is not any more as it was when that was decided is left for another look.
 */
export async function updateItems(
  client: ZohoInventoryClient,
  patches: readonly Patch[],
  chosen: ObjectOptions,
): Promise<WriteOutcome[]> {
  const options = readOptions(chosen);
  const held = new Map((await client.itemsById(patches.map(({ id }) => id))).map((item) => [item.id, item]));
  const outcomes: WriteOutcome[] = [];
  for (const patch of patches) {
    const item = held.get(patch.id);
    if (item === undefined) outcomes.push({ ok: false, error: failure('gone', VENDOR) });
    else if (patch.version !== null && patch.version !== recordOf(item, [], options, client.currency).version)
      outcomes.push({ ok: false, error: movedOn(VENDOR) });
    else outcomes.push(await updateItem(client, patch, item, options).catch(orThrow));
  }
  return outcomes;
}

/** What one was refused for stops no other; anything else is the whole call's. */
function orThrow(thrown: unknown): WriteOutcome {
  const outcome = failed(thrown);
  if (!outcome.ok && ['rejected', 'gone', 'conflict'].includes(outcome.error.kind)) return outcome;
  throw thrown;
}

async function updateItem(
  client: ZohoInventoryClient,
  { values }: Patch,
  item: InventoryItem,
  options: ItemOptions,
): Promise<WriteOutcome> {
  const rate = rateOf(values[PRICE], item.taxPercent, options, client.currency);
  const change = changeOf(values, { name: textOf(values[NAME]) || item.name, rate });
  const isChanged = Object.keys(change).length > 1 || change.name !== item.name;
  if (isChanged) await client.changeItem(item.id, change);
  const isMoved = await moveStock(client, item, values[STOCK], options);
  const [now] = isChanged || isMoved ? await client.itemsById([item.id]) : [item];
  if (now === undefined) return { ok: false, error: failure('gone', VENDOR) };
  return stored(now, Object.keys(values), options, client.currency);
}

/** A reference has a hundred characters: what it was and is stands behind the SKU. */
const SKU_IN_REFERENCE = 60;

/** @returns whether anything was moved. */
async function moveStock(
  client: ZohoInventoryClient,
  item: InventoryItem,
  wanted: FieldValues[string] | undefined,
  options: ItemOptions,
): Promise<boolean> {
  const there = countOf(item, options);
  if (typeof wanted !== 'number' || there === null) return false;
  const by = millionthsOf(wanted.toFixed(6)) - millionthsOf(there);
  if (by === 0n) return false;
  const [from, to] = [quantityText(millionthsOf(there)), quantityText(millionthsOf(wanted.toFixed(6)))];
  await client.createAdjustment({
    reference: `${(item.sku ?? item.id).slice(0, SKU_IN_REFERENCE)}: ${from} → ${to}`,
    date: dayIn(client.timeZone, await client.time()),
    reason: 'Liaison',
    lines: [
      { itemId: item.id, by: quantityText(by), ...(options.place === null ? {} : { place: options.place }) },
    ],
  });
  return true;
}

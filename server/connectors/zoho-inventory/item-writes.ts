import { dayIn } from '../../core/day-in.ts';
import { millionthsOf, quantityText } from '../../core/order/quantity.ts';
import { withoutTax } from '../../core/product/price-tax.ts';
import type { Draft, FieldValues, ObjectOptions, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { inSteps, type WriteStep } from '../../kit/own-outcome.ts';
import { amountIn, movedOn } from '../../kit/product-refusals.ts';
import { readBack } from '../../kit/read-back.ts';
import { storedAs } from '../../kit/stored-as.ts';
import type { NewAdjustment } from './adjustments.ts';
import type { ZohoInventoryClient } from './client.ts';
import { VENDOR } from './failures.ts';
import { type ItemOptions, readOptions } from './item-options.ts';
import { countOf, DESCRIPTION, NAME, PRICE, recordOf, SKU, STOCK } from './item-record.ts';
import type { InventoryItem, ItemChange } from './items.ts';

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
  return oneByOne(drafts, async ({ values }) => {
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
    return { ...storedAs(recordOf(item, Object.keys(values), options, client.currency)), ...left };
  });
}

/**
 * Changes items one by one: their texts and prices, and their stock by an adjustment of what is missing between what is
 * there now and what is to be. What is not any more as it was when that was decided is left for another look. They are
 * read once before and once after, and the day is asked for once, however many they are.
 */
export async function updateItems(
  client: ZohoInventoryClient,
  patches: readonly Patch[],
  chosen: ObjectOptions,
): Promise<WriteOutcome[]> {
  const options = readOptions(chosen);
  const read = async (ids: readonly string[]): Promise<Map<string, InventoryItem>> =>
    new Map((await client.itemsById(ids)).map((item) => [item.id, item]));
  const held = await read(patches.map(({ id }) => id));
  const shown = (item: InventoryItem | undefined, values: FieldValues): WriteOutcome =>
    item === undefined
      ? { ok: false, error: failure('gone', VENDOR) }
      : storedAs(recordOf(item, Object.keys(values), options, client.currency));
  let day: string | null = null;
  const today = async (): Promise<string> => {
    day ??= dayIn(client.timeZone, await client.time());
    return day;
  };
  const written = await oneByOne(patches, async ({ id, version, values }): Promise<WriteOutcome> => {
    const item = held.get(id);
    if (item === undefined) return { ok: false, error: failure('gone', VENDOR) };
    if (version !== null && version !== recordOf(item, [], options, client.currency).version)
      return { ok: false, error: movedOn(VENDOR) };
    const steps = stepsOf(client, values, item, { options, today });
    if (steps.length === 0) return shown(item, values);
    const unwritten = await inSteps(steps);
    return { ok: true, id, version: null, ...(unwritten === null ? {} : { unwritten }) };
  });
  return readBack(written, {
    isNew: false,
    read,
    shown: (item, at) => shown(item, patches[at]?.values ?? {}),
  });
}

/** The calls that make a change, in order: none where it is as wanted already. */
function stepsOf(
  client: ZohoInventoryClient,
  values: FieldValues,
  item: InventoryItem,
  { options, today }: { readonly options: ItemOptions; readonly today: () => Promise<string> },
): WriteStep[] {
  const rate = rateOf(values[PRICE], item.taxPercent, options, client.currency);
  const change = changeOf(values, { name: textOf(values[NAME]) || item.name, rate });
  const isChanged = Object.keys(change).length > 1 || change.name !== item.name;
  const texts = Object.keys(values).filter((field) => field !== STOCK);
  const move = stockMove(item, values[STOCK], options);
  return [
    ...(isChanged ? [{ fields: texts, write: () => client.changeItem(item.id, change) }] : []),
    ...(move === null
      ? []
      : [
          {
            fields: [STOCK],
            write: async () => client.createAdjustment({ ...move, date: await today(), reason: 'Liaison' }),
          },
        ]),
  ];
}

/** A reference has a hundred characters: what it was and is stands behind the SKU. */
const SKU_IN_REFERENCE = 60;

/** The step that brings the pieces of an item to what is wanted; null: there is none to be made. */
function stockMove(
  item: InventoryItem,
  wanted: FieldValues[string] | undefined,
  options: ItemOptions,
): Pick<NewAdjustment, 'reference' | 'lines'> | null {
  const there = countOf(item, options);
  if (typeof wanted !== 'number' || there === null) return null;
  const by = millionthsOf(wanted.toFixed(6)) - millionthsOf(there);
  if (by === 0n) return null;
  const [from, to] = [quantityText(millionthsOf(there)), quantityText(millionthsOf(wanted.toFixed(6)))];
  return {
    reference: `${(item.sku ?? item.id).slice(0, SKU_IN_REFERENCE)}: ${from} → ${to}`,
    lines: [
      { itemId: item.id, by: quantityText(by), ...(options.place === null ? {} : { place: options.place }) },
    ],
  };
}

import { asLiaisonError } from '../../core/errors.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { htmlOfText } from '../../kit/html-text.ts';
import { amountIn, movedOn } from '../../kit/product-refusals.ts';
import type { WooCommerceClient } from './client.ts';
import { VENDOR } from './failures.ts';
import { soldById } from './product-changes.ts';
import { DESCRIPTION, NAME, PRICE, recordOf, SKU, type Sold, STOCK, valuesOf } from './product-record.ts';
import { MARKER_KEY } from './product-shape.ts';
import type { ProductResult } from './products.ts';

/** What the interface takes for a change; only what changes. */
function bodyOf(values: FieldValues, currency: string): Record<string, unknown> {
  const given = (field: string): boolean => values[field] !== undefined;
  const text = (field: string): string => String(values[field] ?? '');
  return {
    ...(given(SKU) ? { sku: text(SKU) } : {}),
    ...(given(NAME) ? { name: text(NAME) } : {}),
    ...(given(DESCRIPTION) ? { description: htmlOfText(text(DESCRIPTION)) } : {}),
    ...(given(PRICE) ? { regular_price: amountIn(values[PRICE], currency, PRICE) ?? '' } : {}),
    ...(typeof values[STOCK] === 'number' ? { stock_quantity: values[STOCK] } : {}),
  };
}

const failed = (thrown: unknown): WriteOutcome => ({ ok: false, error: asLiaisonError(thrown) });

/** Makes products as drafts: somebody looks at them, adds pictures and publishes them. */
export async function createProducts(
  client: WooCommerceClient,
  drafts: readonly Draft[],
): Promise<WriteOutcome[]> {
  const currency = await client.currency();
  const bodies = drafts.map(({ marker, values }) => {
    try {
      return {
        type: 'simple',
        status: 'draft',
        ...bodyOf(values, currency),
        manage_stock: typeof values[STOCK] === 'number',
        meta_data: [{ key: MARKER_KEY, value: marker }],
      };
    } catch (thrown) {
      return failed(thrown);
    }
  });
  const sendable = bodies.filter((body) => !('ok' in body));
  const results = sendable.length === 0 ? [] : await client.makeProducts(sendable);
  const outcomes: WriteOutcome[] = [];
  for (const [at, body] of bodies.entries()) {
    const result = results[sendable.indexOf(body)];
    const draft = drafts[at] as Draft;
    outcomes.push('ok' in body ? body : await made(client, draft, result, currency));
  }
  return outcomes;
}

/** A SKU that is taken may be taken by what an earlier attempt made. */
async function made(
  client: WooCommerceClient,
  { marker, values }: Draft,
  result: ProductResult | undefined,
  currency: string,
): Promise<WriteOutcome> {
  if (result === undefined)
    return { ok: false, error: failure('unknown', VENDOR, { mayHaveHappened: true }) };
  if (result.ok) return stored({ product: result.product, variation: null }, Object.keys(values), currency);
  if (result.takenBy === null) return result;
  const [own] = await client.productsById([result.takenBy]);
  const isOurs = own?.meta_data.some(({ key, value }) => key === MARKER_KEY && value === marker) === true;
  return own !== undefined && isOurs
    ? stored({ product: own, variation: null }, Object.keys(values), currency)
    : result;
}

function stored(sold: Sold, fields: readonly string[], currency: string): WriteOutcome & { ok: true } {
  const { id, version } = recordOf(sold, [], currency);
  const values = valuesOf(sold, currency);
  return {
    ok: true,
    id,
    version,
    values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
  };
}

/**
 * Changes products in one call, variations one by one. What is not any more as it was when the change was decided on is
 * left for another look: what was sold meanwhile is not written over.
 */
export async function updateProducts(
  client: WooCommerceClient,
  patches: readonly Patch[],
): Promise<WriteOutcome[]> {
  const currency = await client.currency();
  const held = await soldById(
    client,
    patches.map(({ id }) => id),
  );
  const outcomes = new Map<string, WriteOutcome>();
  const together: { id: number; patch: Patch; body: object }[] = [];
  for (const patch of patches) {
    const { id, version, values } = patch;
    const now = held.get(id);
    if (now === undefined) {
      outcomes.set(id, { ok: false, error: failure('gone', VENDOR) });
      continue;
    }
    if (version !== null && recordOf(now, [], currency).version !== version) {
      outcomes.set(id, { ok: false, error: movedOn(VENDOR) });
      continue;
    }
    try {
      const body = bodyOf(values, currency);
      if (now.variation === null) together.push({ id: now.product.id, patch, body });
      else outcomes.set(id, await changeVariation(client, now, patch, body, currency));
    } catch (thrown) {
      outcomes.set(id, failed(thrown));
    }
  }
  const results =
    together.length === 0
      ? []
      : await client.changeProducts(together.map(({ id, body }) => ({ id, ...body })));
  for (const [at, { patch }] of together.entries()) {
    const result = results[at];
    outcomes.set(
      patch.id,
      result === undefined
        ? { ok: false, error: failure('unknown', VENDOR, { mayHaveHappened: true }) }
        : result.ok
          ? stored({ product: result.product, variation: null }, Object.keys(patch.values), currency)
          : result,
    );
  }
  return patches.flatMap(({ id }) => outcomes.get(id) ?? []);
}

/** A variation's name is made of its product's and of what is chosen: it is not given another one. */
async function changeVariation(
  client: WooCommerceClient,
  { product, variation }: Sold,
  { values }: Patch,
  body: object,
  currency: string,
): Promise<WriteOutcome> {
  const { name: _name, ...change } = body as { name?: unknown };
  const now =
    variation === null || Object.keys(change).length === 0
      ? variation
      : await client.changeVariation(String(product.id), String(variation.id), change);
  const outcome = stored({ product, variation: now }, Object.keys(values), currency);
  return values[NAME] === undefined ? outcome : { ...outcome, leftAlone: [NAME] };
}

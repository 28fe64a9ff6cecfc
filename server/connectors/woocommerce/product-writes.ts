import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { htmlOfText } from '../../kit/html-text.ts';
import { callOf, inTurn, type WriteCall } from '../../kit/own-outcome.ts';
import { amountIn, movedOn } from '../../kit/product-refusals.ts';
import { storedAs } from '../../kit/stored-as.ts';
import type { WooCommerceClient } from './client.ts';
import { VENDOR } from './failures.ts';
import { soldById } from './product-changes.ts';
import { DESCRIPTION, NAME, PRICE, recordOf, SKU, type Sold, STOCK } from './product-record.ts';
import { MARKER_KEY, type WooProduct } from './product-shape.ts';
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

/** The same, or why it cannot be said. */
function bodyOr(values: FieldValues, currency: string): Record<string, unknown> | LiaisonError {
  try {
    return bodyOf(values, currency);
  } catch (thrown) {
    return asLiaisonError(thrown);
  }
}

/** Makes products as drafts, in one call: somebody looks at them, adds pictures and publishes them. */
export async function createProducts(
  client: WooCommerceClient,
  drafts: readonly Draft[],
): Promise<WriteOutcome[]> {
  const currency = await client.currency();
  const wishes = drafts.map((draft) => ({ draft, body: bodyOr(draft.values, currency) }));
  const sendable = wishes.flatMap(({ draft, body }) =>
    body instanceof LiaisonError
      ? []
      : [
          {
            type: 'simple',
            status: 'draft',
            ...body,
            manage_stock: typeof draft.values[STOCK] === 'number',
            meta_data: [{ key: MARKER_KEY, value: draft.marker }],
          },
        ],
  );
  const results = sendable.length === 0 ? [] : await client.makeProducts(sendable);
  const taken = results.flatMap((result) => (result.ok ? [] : (result.takenBy ?? [])));
  // What was made stays made, also where it cannot be told whose the SKU of another is.
  const owners = await client.productsById(taken).catch(asLiaisonError);
  let next = 0;
  return wishes.map(({ draft, body }): WriteOutcome => {
    if (body instanceof LiaisonError) return { ok: false, error: body };
    return made(draft, results[next++], owners, currency);
  });
}

/** A SKU that is taken may be taken by what an earlier attempt made. */
function made(
  { marker, values }: Draft,
  result: ProductResult | undefined,
  owners: readonly WooProduct[] | LiaisonError,
  currency: string,
): WriteOutcome {
  if (result === undefined)
    return { ok: false, error: failure('unknown', VENDOR, { mayHaveHappened: true }), ofCall: true };
  if (result.ok) return stored({ product: result.product, variation: null }, values, currency);
  if (result.takenBy === null) return result;
  if (owners instanceof LiaisonError) return { ok: false, error: owners, ofCall: true };
  const own = owners.find(({ id }) => String(id) === result.takenBy);
  const isOurs = own?.meta_data.some(({ key, value }) => key === MARKER_KEY && value === marker) === true;
  return own !== undefined && isOurs ? stored({ product: own, variation: null }, values, currency) : result;
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
  const together: { id: number; patch: Patch; body: object }[] = [];
  const alone: WriteCall<Patch>[] = [];
  const byItself = (patch: Patch, write: () => Promise<WriteOutcome>): void =>
    void alone.push(callOf(patch, write));
  for (const patch of patches) {
    const { id, version, values } = patch;
    const now = held.get(id);
    const isStale = now !== undefined && version !== null && recordOf(now, [], currency).version !== version;
    if (now === undefined) byItself(patch, async () => ({ ok: false, error: failure('gone', VENDOR) }));
    else if (isStale) byItself(patch, async () => ({ ok: false, error: movedOn(VENDOR) }));
    else {
      const body = bodyOr(values, currency);
      if (body instanceof LiaisonError) byItself(patch, async () => ({ ok: false, error: body }));
      else if (now.variation === null) together.push({ id: now.product.id, patch, body });
      else byItself(patch, () => changeVariation(client, now, patch, body, currency));
    }
  }
  const change = async (): Promise<WriteOutcome[]> => {
    const results = await client.changeProducts(together.map(({ id, body }) => ({ id, ...body })));
    return results.map((result, at) =>
      result.ok
        ? stored({ product: result.product, variation: null }, together[at]?.patch.values ?? {}, currency)
        : result,
    );
  };
  const outcomes = await inTurn([{ of: together.map(({ patch }) => patch), write: change }, ...alone]);
  return patches.flatMap((patch) => outcomes.get(patch) ?? []);
}

const stored = (sold: Sold, written: FieldValues, currency: string): WriteOutcome & { ok: true } =>
  storedAs(recordOf(sold, Object.keys(written), currency));

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
  const outcome = stored({ product, variation: now }, values, currency);
  return values[NAME] === undefined ? outcome : { ...outcome, leftAlone: [NAME] };
}

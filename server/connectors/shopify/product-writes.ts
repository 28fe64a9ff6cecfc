import { createHash } from 'node:crypto';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { htmlOfText } from '../../kit/html-text.ts';
import { amountIn, movedOn } from '../../kit/product-refusals.ts';
import { numberIn } from './addresses.ts';
import type { ShopifyClient } from './client.ts';
import { VENDOR } from './failures.ts';
import {
  countOf,
  DESCRIPTION,
  idOf,
  NAME,
  PRICE,
  productIn,
  recordOf,
  SKU,
  STOCK,
  valuesOf,
  variantIn,
} from './product-record.ts';
import type { ShopifyVariant } from './product-shape.ts';

const digest = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** What one was refused for stops no other; anything else is the whole call's. */
function outcomeOf(thrown: unknown): WriteOutcome {
  const error = asLiaisonError(thrown);
  if (!['rejected', 'gone', 'conflict'].includes(error.kind)) throw error;
  return { ok: false, error };
}

function stored(
  variant: ShopifyVariant,
  fields: readonly string[],
  currency: string,
): WriteOutcome & { ok: true } {
  const values = valuesOf(variant, currency);
  return {
    ok: true,
    id: idOf(variant),
    version: recordOf(variant, [], currency).version,
    values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
  };
}

/**
 * Changes what is sold, each by as many calls as it has kinds of change. The stock goes by a step from what is there,
 * which is refused where somebody bought meanwhile. What is not any more as it was when a change was decided on is left
 * for another look.
 */
export async function updateVariants(
  client: ShopifyClient,
  patches: readonly Patch[],
  location: string,
): Promise<WriteOutcome[]> {
  const ids = patches.map(({ id }) => variantIn(id));
  const { variants, currency } = await client.soldById(location, ids);
  const held = new Map(variants.map((one) => [idOf(one), one]));
  const done = new Map<string, WriteOutcome>();
  for (const patch of patches) {
    const variant = held.get(patch.id);
    const isStale =
      variant !== undefined &&
      patch.version !== null &&
      patch.version !== recordOf(variant, [], currency).version;
    if (variant === undefined) done.set(patch.id, { ok: false, error: failure('gone', VENDOR) });
    else if (isStale) done.set(patch.id, { ok: false, error: movedOn(VENDOR) });
    else {
      const refused = await change(client, patch, variant, { location, currency }).then(
        () => null,
        outcomeOf,
      );
      if (refused !== null) done.set(patch.id, refused);
    }
  }
  const changed = patches.filter(({ id }) => !done.has(id));
  const now =
    changed.length === 0
      ? []
      : (
          await client.soldById(
            location,
            changed.map(({ id }) => variantIn(id)),
          )
        ).variants;
  const after = new Map(now.map((one) => [idOf(one), one]));
  return patches.map(({ id, values }) => {
    const variant = after.get(id);
    const refused = done.get(id);
    if (refused !== undefined) return refused;
    if (variant === undefined) return { ok: false, error: failure('gone', VENDOR) };
    const outcome = stored(variant, Object.keys(values), currency);
    const left = variant.product.hasOnlyDefaultVariant
      ? []
      : OF_THE_PRODUCT.filter((field) => field in values);
    return left.length === 0 ? outcome : { ...outcome, leftAlone: left };
  });
}

/** A variant among others has no name and no description of its own: its product's are not given to it. */
const OF_THE_PRODUCT = [NAME, DESCRIPTION];

async function change(
  client: ShopifyClient,
  { id, values }: Patch,
  variant: ShopifyVariant,
  { location, currency }: { readonly location: string; readonly currency: string },
): Promise<void> {
  const price = amountIn(values[PRICE], currency, PRICE);
  const own = {
    ...(price === null ? {} : { price }),
    ...(values[SKU] === undefined ? {} : { inventoryItem: { sku: String(values[SKU] ?? '') } }),
  };
  const product = variant.product.hasOnlyDefaultVariant ? productChange(values) : {};
  if (Object.keys(own).length > 0) await client.changeVariant(productIn(id), { id: variant.id, ...own });
  if (Object.keys(product).length > 0) await client.changeProduct(productIn(id), product);
  const there = countOf(variant);
  const wanted = values[STOCK];
  if (typeof wanted !== 'number' || there === null || wanted === there.count) return;
  await client.moveStock({
    item: variant.inventoryItem.id,
    location,
    by: wanted - there.count,
    from: there.count,
    // The moment of the count tells two equal ones apart: yesterday's step from ten to nine is not today's.
    key: digest(variant.id, location, there.count, there.at, wanted),
  });
}

const productChange = (values: FieldValues) => ({
  ...(values[NAME] === undefined ? {} : { title: String(values[NAME] ?? '') }),
  ...(values[DESCRIPTION] === undefined
    ? {}
    : { descriptionHtml: htmlOfText(String(values[DESCRIPTION] ?? '')) }),
});

/** Makes products as drafts, with one variant: somebody looks at them, adds pictures and publishes them. */
export async function createVariants(
  client: ShopifyClient,
  drafts: readonly Draft[],
  location: string,
): Promise<WriteOutcome[]> {
  const made: (string | WriteOutcome)[] = [];
  const currency = await client.currency();
  for (const { marker, values } of drafts) {
    try {
      const { variant } = await client.makeProduct(
        `${slugOf(String(values[NAME] ?? ''))}-${digest(marker).slice(0, 8)}`,
        inputOf(values, location, currency),
      );
      made.push(numberIn(variant));
    } catch (thrown) {
      made.push(outcomeOf(thrown));
    }
  }
  const ids = made.filter((one) => typeof one === 'string');
  const held = ids.length === 0 ? [] : (await client.soldById(location, ids)).variants;
  const byId = new Map(held.map((one) => [numberIn(one.id), one]));
  return made.map((one, at) => {
    if (typeof one !== 'string') return one;
    const variant = byId.get(one);
    return variant === undefined
      ? { ok: false, error: failure('unknown', VENDOR, { mayHaveHappened: true }) }
      : stored(variant, Object.keys(drafts[at]?.values ?? {}), currency);
  });
}

function inputOf(values: FieldValues, location: string, currency: string): object {
  const price = amountIn(values[PRICE], currency, PRICE);
  const count = values[STOCK];
  return {
    ...productChange(values),
    status: 'DRAFT',
    productOptions: [{ name: 'Title', values: [{ name: 'Default Title' }] }],
    variants: [
      {
        optionValues: [{ optionName: 'Title', name: 'Default Title' }],
        ...(price === null ? {} : { price }),
        ...(values[SKU] === undefined ? {} : { sku: String(values[SKU] ?? '') }),
        inventoryItem: { tracked: typeof count === 'number' },
        ...(typeof count === 'number'
          ? { inventoryQuantities: [{ locationId: location, name: 'available', quantity: count }] }
          : {}),
      },
    ],
  };
}

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'article';

/** Takes products off sale; their history stays. One of several variants is not taken away by itself. */
export async function archive(
  client: ShopifyClient,
  ids: readonly string[],
  location: string,
): Promise<WriteOutcome[]> {
  const { variants } = await client.soldById(location, ids.map(variantIn));
  const held = new Map(variants.map((one) => [idOf(one), one]));
  const outcomes: WriteOutcome[] = [];
  for (const id of ids) {
    const variant = held.get(id);
    if (variant !== undefined && !variant.product.hasOnlyDefaultVariant) {
      outcomes.push({ ok: false, error: oneOfSeveral() });
      continue;
    }
    if (variant !== undefined && variant.product.status !== 'ARCHIVED')
      await client.changeProduct(productIn(id), { status: 'ARCHIVED' });
    outcomes.push({ ok: true, id, version: null });
  }
  return outcomes;
}

const oneOfSeveral = (): LiaisonError =>
  new LiaisonError('rejected', {
    sentence: {
      en: 'It is one of several variants of a product, which Liaison does not take apart. Remove it in Shopify.',
      fr: 'C’est l’une des variantes d’un produit, que Liaison ne démembre pas. Supprimez-la dans Shopify.',
    },
  });

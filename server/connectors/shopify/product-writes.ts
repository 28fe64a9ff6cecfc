import { createHash } from 'node:crypto';
import { LiaisonError } from '../../core/errors.ts';
import type { Draft, FieldValues, Patch, WriteOutcome } from '../../core/sync-object.ts';
import { failure } from '../../kit/failures.ts';
import { htmlOfText } from '../../kit/html-text.ts';
import { oneByOne } from '../../kit/one-by-one.ts';
import { inSteps, type WriteStep } from '../../kit/own-outcome.ts';
import { amountIn, movedOn } from '../../kit/product-refusals.ts';
import { readBack } from '../../kit/read-back.ts';
import { storedAs } from '../../kit/stored-as.ts';
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
  variantIn,
} from './product-record.ts';
import type { ShopifyVariant } from './product-shape.ts';

const digest = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

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
  const shown = (variant: ShopifyVariant | undefined, values: FieldValues): WriteOutcome => {
    if (variant === undefined) return { ok: false, error: failure('gone', VENDOR) };
    const outcome = storedAs(recordOf(variant, Object.keys(values), currency));
    const left = variant.product.hasOnlyDefaultVariant
      ? []
      : OF_THE_PRODUCT.filter((field) => field in values);
    return left.length === 0 ? outcome : { ...outcome, leftAlone: left };
  };
  const written = await oneByOne(patches, async (patch): Promise<WriteOutcome> => {
    const { id, version, values } = patch;
    const variant = held.get(id);
    if (variant === undefined) return { ok: false, error: failure('gone', VENDOR) };
    if (version !== null && version !== recordOf(variant, [], currency).version)
      return { ok: false, error: movedOn(VENDOR) };
    const steps = stepsOf(client, patch, variant, { location, currency });
    if (steps.length === 0) return shown(variant, values);
    const unwritten = await inSteps(steps);
    return { ok: true, id, version: null, ...(unwritten === null ? {} : { unwritten }) };
  });
  return readBack(written, {
    isNew: false,
    read: (changed) => variantsById(client, location, changed),
    shown: (variant, at) => shown(variant, patches[at]?.values ?? {}),
  });
}

async function variantsById(
  client: ShopifyClient,
  location: string,
  ids: readonly string[],
): Promise<Map<string, ShopifyVariant>> {
  const { variants } = await client.soldById(location, ids.map(variantIn));
  return new Map(variants.map((one) => [idOf(one), one]));
}

/** A variant among others has no name and no description of its own: its product's are not given to it. */
const OF_THE_PRODUCT = [NAME, DESCRIPTION];

/** The calls that make a change, in order: none where it is as wanted already. */
function stepsOf(
  client: ShopifyClient,
  { id, values }: Patch,
  variant: ShopifyVariant,
  { location, currency }: { readonly location: string; readonly currency: string },
): WriteStep[] {
  const price = amountIn(values[PRICE], currency, PRICE);
  const own = {
    ...(price === null ? {} : { price }),
    ...(values[SKU] === undefined ? {} : { inventoryItem: { sku: String(values[SKU] ?? '') } }),
  };
  const product = variant.product.hasOnlyDefaultVariant ? productChange(values) : {};
  const there = countOf(variant);
  const wanted = values[STOCK];
  const steps: WriteStep[] = [];
  if (Object.keys(own).length > 0)
    steps.push({
      fields: [PRICE, SKU].filter((field) => field in values),
      write: () => client.changeVariant(productIn(id), { id: variant.id, ...own }),
    });
  if (Object.keys(product).length > 0)
    steps.push({
      fields: OF_THE_PRODUCT.filter((field) => field in values),
      write: () => client.changeProduct(productIn(id), product),
    });
  if (typeof wanted === 'number' && there !== null && wanted !== there.count)
    steps.push({
      fields: [STOCK],
      write: () =>
        client.moveStock({
          item: variant.inventoryItem.id,
          location,
          by: wanted - there.count,
          from: there.count,
          // The moment of the count tells two equal ones apart: yesterday's step from ten to nine is not today's.
          key: digest(variant.id, location, there.count, there.at, wanted),
        }),
    });
  return steps;
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
  const currency = await client.currency();
  const made = await oneByOne(drafts, async ({ marker, values }): Promise<WriteOutcome> => {
    const { product, variant } = await client.makeProduct(
      `${slugOf(String(values[NAME] ?? ''))}-${digest(marker).slice(0, 8)}`,
      inputOf(values, location, currency),
    );
    return { ok: true, id: idOf({ id: variant, product: { id: product } }), version: null };
  });
  return readBack(made, {
    isNew: true,
    read: (ids) => variantsById(client, location, ids),
    shown: (variant, at) =>
      variant === undefined
        ? { ok: false, error: failure('unknown', VENDOR, { mayHaveHappened: true }), ofCall: true }
        : storedAs(recordOf(variant, Object.keys(drafts[at]?.values ?? {}), currency)),
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
  const held = await variantsById(client, location, ids);
  return oneByOne(ids, async (id): Promise<WriteOutcome> => {
    const variant = held.get(id);
    if (variant !== undefined && !variant.product.hasOnlyDefaultVariant)
      return { ok: false, error: oneOfSeveral() };
    if (variant !== undefined && variant.product.status !== 'ARCHIVED')
      await client.changeProduct(productIn(id), { status: 'ARCHIVED' });
    return { ok: true, id, version: null };
  });
}

const oneOfSeveral = (): LiaisonError =>
  new LiaisonError('rejected', {
    sentence: {
      en: 'It is one of several variants of a product, which Liaison does not take apart. Remove it in Shopify.',
      fr: 'C’est l’une des variantes d’un produit, que Liaison ne démembre pas. Supprimez-la dans Shopify.',
    },
  });

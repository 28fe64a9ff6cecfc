import type { ProductsRig } from './rig.ts';

/** How many things happen in one sequence. */
const STEPS = process.env.LIAISON_TEST_SIZE === 'full' ? 1_000 : 30;
/** A whole sequence at its full size. */
export const TRADE_MS = 600_000;

interface Trade {
  readonly skus: readonly string[];
  sell(sku: string, quantity: number): Promise<unknown>;
  /** Somebody counts what the shop has, and enters it there. */
  enter(sku: string, count: number): Promise<unknown>;
}

/** Numbers that are the same at every run. */
function numbers(): (below: number) => number {
  let seed = 7;
  return (below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
}

/**
 * A mixture of sales, of orders that reach the store room in whatever order, of goods that arrive, and of looks; in its
 * second half lists of the store room show what was written a minute later. After each look nothing is for sale that
 * somebody else bought; and once nothing waits, and a person has entered what stayed apart, both sides count the same.
 */
export async function trade(rig: ProductsRig, { skus, sell, enter }: Trade): Promise<void> {
  const random = numbers();
  const room = (sku: string, by: number) => rig.sandbox.act('zoho-inventory', { act: 'count', sku, by });
  const settle = () => rig.world.settle();
  const waiting: [string, number][] = [];
  for (let step = 0; step < STEPS; step += 1) {
    if (step === STEPS / 2) await rig.sandbox.fault('zoho-inventory', { lagMs: 60_000 });
    const sku = skus[random(skus.length)] ?? '';
    const quantity = 1 + random(3);
    switch (random(4)) {
      case 0:
        await sell(sku, quantity);
        waiting.push([sku, quantity]);
        break;
      case 1: {
        const [sold] = waiting.splice(random(waiting.length), 1);
        if (sold) await room(sold[0], -sold[1]);
        break;
      }
      case 2:
        await room(sku, quantity);
        break;
      default: {
        await settle();
        for (const one of skus) {
          const sold = waiting.reduce((all, [of, many]) => (of === one ? all + many : all), 0);
          expect(await rig.count(one)).toBeLessThanOrEqual(((await rig.free(one)) ?? 0) - sold);
        }
      }
    }
  }
  await rig.sandbox.fault('zoho-inventory', null);
  for (const [sku, quantity] of waiting) await room(sku, -quantity);
  await settle();
  for (const sku of skus) {
    const [count, free] = [await rig.count(sku), await rig.free(sku)];
    expect(count).toBeLessThanOrEqual(free ?? 0);
    if (count !== free) await enter(sku, free ?? 0);
  }
  await settle();
  await room(skus[0] ?? '', 1);
  await settle();
  for (const sku of skus) expect([sku, await rig.count(sku)]).toEqual([sku, await rig.free(sku)]);
}

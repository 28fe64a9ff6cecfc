import { asLiaisonError } from '../../core/errors.ts';

const isTooDear = (thrown: unknown): boolean =>
  asLiaisonError(thrown).details.vendorMessage?.startsWith('MAX_COST_EXCEEDED') === true;

/**
 * Asks for a page, and for a smaller one where Shopify finds it too dear: by what a query's cost is reckoned is told by
 * the answers alone, and is not the same for every shop's plan.
 */
export async function fitting<Result>(
  most: number,
  ask: (first: number) => Promise<Result>,
): Promise<Result> {
  for (let first = most; ; first = Math.ceil(first / 3)) {
    try {
      return await ask(first);
    } catch (thrown) {
      if (first === 1 || !isTooDear(thrown)) throw thrown;
    }
  }
}

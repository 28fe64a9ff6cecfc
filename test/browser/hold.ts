import type { BrowserContext } from 'playwright-core';

/** Holds the answers to these requests back. @returns what lets them go. */
export async function hold(context: BrowserContext, address: RegExp): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await context.route(address, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

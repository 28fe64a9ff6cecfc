import type { Locator, Page } from 'playwright-core';
import { until } from '../system/liaison-process.ts';

/** Somebody without a mouse: the tab key leads everywhere, and keys do the rest. */
export function keyboard(page: Page) {
  /** Goes there by the tab key, as many times as it takes. */
  async function to(there: Locator): Promise<void> {
    // Found beforehand: a list that opens on the way hides the rest of the page from those who cannot see it.
    const wanted = await there.elementHandle();
    for (let pressed = 0; pressed < 90; pressed += 1) {
      if (await wanted?.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The tab key does not lead to ${String(there)}`);
  }
  return {
    to,
    async press(there: Locator, key = 'Enter') {
      await to(there);
      await page.keyboard.press(key);
    },
    /** In a list that is closed, letters choose. */
    async choose(list: Locator, title: string) {
      await to(list);
      await page.keyboard.type(title);
      await until(
        async () =>
          (await list.evaluate((one) => (one as HTMLSelectElement).selectedOptions[0]?.textContent)) ===
          title,
      );
    },
    async write(field: Locator, text: string) {
      await to(field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
  };
}

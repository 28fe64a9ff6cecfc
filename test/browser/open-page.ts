import type { Browser, BrowserContext, Page } from 'playwright-core';

/** How long a page may take to show what a test waits for; the machine does other things, too. */
export const PAGE_PATIENCE_MS = 60_000;

export interface PageWish {
  readonly width?: number;
  /** The language chosen on an earlier visit; by default none was. */
  readonly language?: string;
  readonly dark?: boolean;
}

export interface OpenedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page threw, and what it complained of in the console. */
  readonly complaints: string[];
}

/** Opens a page as somebody with a browser of their own. */
export async function openPage(browser: Browser, url: string, wish: PageWish = {}): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: wish.width ?? 1280, height: 900 },
    colorScheme: wish.dark ? 'dark' : 'light',
  });
  context.setDefaultTimeout(PAGE_PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  if (wish.language !== undefined) {
    await page.addInitScript((language) => {
      if (!localStorage.getItem('liaison.language')) localStorage.setItem('liaison.language', language);
    }, wish.language);
  }
  await page.goto(url);
  return { context, page, complaints };
}

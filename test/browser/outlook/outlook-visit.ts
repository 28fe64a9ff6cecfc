import type { FrameLocator, Page } from 'playwright-core';
import type { RunningServer } from '../running-server.ts';

/** The sandbox's Outlook with the pane in it. */
export interface OutlookVisit {
  readonly page: Page;
  /** The pane's own page. */
  readonly pane: FrameLocator;
  /** @param mail its key, `null`: none is open. */
  open(mail: string | null, language?: 'en' | 'fr'): Promise<void>;
  /** Opens another mail, the pane pinned or not. */
  choose(mail: string): Promise<void>;
  /** @param account a key of the accounts that the consent page offers. */
  signIn(account: string): Promise<void>;
}

export function visitOutlook(page: Page, server: RunningServer): OutlookVisit {
  const pane = page.frameLocator('#pane iframe');
  return {
    page,
    pane,
    async open(mail, language = 'en') {
      const query = mail === null ? 'none' : `mail=${mail}`;
      await page.goto(`${server.sandboxUrl}outlook?${query}&lang=${language}`);
      await pane.locator('.pane, .lonely .sign-in').first().waitFor();
    },
    async choose(mail) {
      await page.locator(`[data-mail="${mail}"]`).click();
    },
    async signIn(account) {
      const opened = page.waitForEvent('popup');
      await pane.getByRole('button', { name: /Sign in with Zoho|Se connecter avec Zoho/ }).click();
      const dialog = await opened;
      await dialog.locator('select[name=account]').selectOption(account);
      await dialog.getByRole('button', { name: 'Accept' }).click();
      await pane.locator('.pane').waitFor();
    },
  };
}

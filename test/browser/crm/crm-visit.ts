import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { RunningServer } from '../running-server.ts';

/** A page of the sandbox's CRM with Liaison in it. */
export interface CrmVisit {
  /** Liaison's own page within it. */
  readonly frame: FrameLocator;
  /** Opens a record and waits until Liaison says something beside it. */
  open(module: string, id: string): Promise<void>;
  /** Signs in through the popup. @param account a key of the accounts that the consent page offers. */
  signIn(account: string): Promise<void>;
  /** One card, by its title. */
  card(name: string): Locator;
}

export function visitCrm(page: Page, server: RunningServer): CrmVisit {
  const frame = page.frameLocator('#liaison iframe');
  return {
    frame,
    card: (name) => frame.getByRole('article', { name }),
    async open(module, id) {
      await page.goto(`${server.sandboxUrl}crm/${module}/${id}`);
      await frame.locator('.record-head, .lonely').first().waitFor();
    },
    async signIn(account) {
      const opened = page.waitForEvent('popup');
      await frame.getByRole('button', { name: 'Sign in with Zoho' }).click();
      const popup = await opened;
      await popup.locator('select[name=account]').selectOption(account);
      await popup.getByRole('button', { name: 'Accept' }).click();
      await frame.locator('.record-head').waitFor();
    },
  };
}

type CrmRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** Records of a module, as the sandbox's CRM holds them now. */
export async function crmRecords(server: RunningServer, module: string): Promise<CrmRow[]> {
  const { tables } = (await server.control('GET', 'state/zoho-crm')) as { tables: Record<string, CrmRow[]> };
  return Object.values(tables[module] ?? []);
}

export async function crmRecord(
  server: RunningServer,
  module: string,
  field: string,
  value: string,
): Promise<CrmRow> {
  const found = (await crmRecords(server, module)).find((row) => row[field] === value);
  if (found === undefined) throw new Error(`none of ${module} has ${field} ${value}`);
  return found;
}

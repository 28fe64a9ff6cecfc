import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { openChromium } from '../browser/chromium.ts';
import { openSecurityRig, type SecurityRig } from './rig.ts';
import { signIn } from './visitor.ts';

let browser: Browser;
let rig: SecurityRig;
let crm: Server;
let crmPort: number;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  rig = await openSecurityRig({ pages: true });
  browser = await openChromium();
  // A page of another origin that holds ours in a frame, as the CRM does.
  crm = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>CRM</title><iframe src="${rig.url}/" width="900" height="600"></iframe>`,
    );
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => crm.once('listening', resolve));
  crmPort = (crm.address() as AddressInfo).port;
  // The admin has installed it.
  await signIn(rig.url, 'hugo');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  crm?.closeAllConnections();
  crm?.close();
  await rig?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'en-GB' });
  page = await context.newPage();
});
afterEach(() => context.close());

const frame = (): FrameLocator => page.frameLocator('iframe');
const button = () => frame().getByRole('button', { name: 'Sign in with Zoho' });

async function openConsent(): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), button().click()]);
  await popup.getByRole('combobox').waitFor();
  return popup;
}

async function signInAs(account: string): Promise<void> {
  const popup = await openConsent();
  await popup.getByRole('combobox').selectOption(account);
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Accept' }).click()]);
}

describe.each([
  // localhost and 127.0.0.1 are two sites to a browser: the frame is given no cookies there.
  ['another site', 'localhost'],
  ['the same site', '127.0.0.1'],
])('in a frame of %s', (_, host) => {
  beforeEach(async () => {
    await page.goto(`http://${host}:${crmPort}/`);
  });

  it('a rep signs in through the popup, and out again', async () => {
    await signInAs('claire');
    await frame().getByText('Atelier Lumen').waitFor();
    // A French user of the CRM, and a rep: the pages speak French and change nothing.
    await frame().getByRole('link', { name: 'Connexions' }).click();
    await frame()
      .getByText('Seul un administrateur peut modifier les connexions de l’organisation.')
      .waitFor();

    await frame().getByRole('button', { name: 'Se déconnecter' }).click();
    await frame().getByText('You are signed out. Sign in to go on.').waitFor();
    await page.reload();
    await button().waitFor();
  });

  it('the next page needs no second visit to Zoho', async () => {
    await signInAs('hugo');
    await frame().getByText('Atelier Lumen').waitFor();
    await page.reload();
    if (host === 'localhost') {
      // No cookie came with the frame: a click opens the popup, which closes by itself.
      const [popup] = await Promise.all([page.waitForEvent('popup'), button().click()]);
      if (!popup.isClosed()) await popup.waitForEvent('close');
    }
    await frame().getByText('Atelier Lumen').waitFor();
  });

  it('no token is left in the page’s storage or addresses', async () => {
    await signInAs('claire');
    await frame().getByText('Atelier Lumen').waitFor();
    const inner = page.frames().find((one) => one.url().startsWith(rig.url));
    const kept = await inner?.evaluate(() => {
      // A browser that keeps frames of other sites apart refuses even to look.
      const read = (storage: () => Storage) => {
        try {
          return { ...storage() };
        } catch {
          return {};
        }
      };
      return {
        local: read(() => localStorage),
        session: read(() => sessionStorage),
        cookie: document.cookie,
        address: location.href,
      };
    });
    expect(kept).toEqual({ local: {}, session: {}, cookie: '', address: `${rig.url}/` });
  });
});

it('says so when the window is closed, when the user denies, and when it is blocked', async () => {
  await page.goto(`http://localhost:${crmPort}/`);
  const popup = await openConsent();
  await popup.close();
  await frame().getByText('The window was closed before you were signed in.').waitFor();

  const second = await openConsent();
  await second.getByRole('button', { name: 'Deny' }).click();
  await second.getByText('You did not let Zoho tell Liaison who you are').waitFor();
  await frame().getByText('You were not signed in. The window says why.').waitFor();
  const closed = second.waitForEvent('close');
  // The window may be gone before its driver hears that it was clicked.
  await second
    .getByRole('button', { name: 'Close this window' })
    .click()
    .catch(() => {});
  await closed;

  const inner = page.frames().find((one) => one.url().startsWith(rig.url));
  await inner?.evaluate(() => {
    window.open = () => null;
  });
  await button().click();
  await frame().getByText('Your browser blocked the window.').waitFor();
});

it('a message of any other window signs nobody in', async () => {
  await page.goto(`http://localhost:${crmPort}/`);
  const popup = await openConsent();
  await page.evaluate(() => {
    window.frames[0]?.postMessage({ type: 'liaison.sign-in', code: 'A'.repeat(43) }, '*');
  });
  const inner = page.frames().find((one) => one.url().startsWith(rig.url));
  await inner?.evaluate(() => window.postMessage({ type: 'liaison.sign-in', code: 'A'.repeat(43) }, '*'));
  await frame().getByText('Go on in the window that opened.').waitFor();
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Accept' }).click()]);
  await frame().getByText('Atelier Lumen').waitFor();
});

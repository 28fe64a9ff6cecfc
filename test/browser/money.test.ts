import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { json, until } from '../system/liaison-process.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { hold } from './hold.ts';
import { keyboard } from './keyboard.ts';
import { openPage } from './open-page.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** An accountant's page in a real Chromium, over the running product: what Stripe and Books say, and what mends it. */

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  browser = await openChromium();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const state = async (vendor: string): Promise<Record<string, Record<string, unknown>[]>> =>
  ((await server.control('GET', `state/${vendor}`)) as { tables: Record<string, Record<string, unknown>[]> })
    .tables;

async function booked(reference: string): Promise<Record<string, unknown> | undefined> {
  return (await state('zoho-books')).payments?.find((row) => row.reference_number === reference);
}

/** Somebody pays, and it is booked. @returns the payment in Books. */
async function pay(email: string, amountMinor: number, currency = 'eur'): Promise<string> {
  const { intent } = (await server.control('POST', 'acts/stripe', {
    act: 'pay',
    email,
    name: 'Claire Fontaine',
    amountMinor,
    currency,
  })) as { intent: { id: string } };
  const payment = await until(async () => (await booked(intent.id)) ?? null);
  return String(payment.payment_id);
}

const inBooks = (wish: object): Promise<unknown> => server.control('POST', 'acts/zoho-books', wish);
const alerts = async () =>
  (
    await json<{ alerts: { kind: string; sentence: { en: string } }[] }>(`${server.url}api/v1/alerts`)
  ).alerts.filter(({ kind }) => kind === 'money');

/** Asks for a check on the page, and waits until what it found is shown. */
async function checkOn(page: Page, button: RegExp): Promise<void> {
  const card = page.getByRole('article', { name: /^Stripe/ });
  const shown = async (): Promise<string | null> => {
    const times = card.locator('.verdict ~ p time');
    return (await times.count()) === 0 ? null : times.first().getAttribute('datetime');
  };
  await card.getByRole('button', { name: button }).waitFor();
  const before = await shown();
  await card.getByRole('button', { name: button }).click();
  await until(async () => {
    const now = await shown();
    return now !== null && now !== before;
  });
}

it('says 0.00, then what somebody edited in Books, until it is accepted with a note; an alert comes and goes with it', async () => {
  const payment = await pay('claire@exemple.example', 4_900);
  await pay('haruka@exemple.example', 4_990, 'jpy');
  const { page, context, complaints } = await openPage(browser, `${server.url}#/money`, { language: 'en' });
  await page.getByRole('heading', { name: 'Money', level: 1 }).waitFor();
  await page.getByText('Not checked yet.').first().waitFor();
  await checkOn(page, /Check now: Stripe/);
  const card = page.getByRole('article', { name: /^Stripe/ });
  await card.locator('[data-verdict=equal]').waitFor();
  expect(await card.locator('[data-difference=EUR]').first().textContent()).toBe('€0.00');
  expect(await card.locator('[data-difference=JPY]').first().textContent()).toBe('¥0');

  await inBooks({ act: 'edit-payment', payment, amountMinor: 4_000 });
  await checkOn(page, /Check now: Stripe/);
  await card.getByText('1 difference needs somebody.').waitFor();
  expect(await card.locator('[data-difference=EUR]').first().textContent()).toBe('€9.00');
  if ((await card.locator('.found').count()) === 0)
    await card.getByRole('link', { name: /Day by day/ }).click();
  const row = card.locator('.found > li[data-reason=edited]');
  await row.getByText('Edited in the books').waitFor();
  expect(await row.getByRole('link', { name: /Open in the books/ }).getAttribute('href')).toContain('books');
  await until(async () => (await alerts()).length === 1);
  expect((await alerts())[0]?.sentence.en).toContain('differ in one place');

  // Without a mouse: the dialog asks for a word, takes it, and the focus comes back.
  const keys = keyboard(page);
  await keys.press(row.getByRole('button', { name: /Accept with a note/ }));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  await dialog.getByText('Write a word on why it is right.').waitFor();
  await dialog.getByLabel('Why it is right as it is').fill('Escompte accordé par téléphone');
  expect(await barriersOn(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await card.locator('[data-verdict=explained]').waitFor();
  await until(async () => (await alerts()).length === 0);
  await card.getByLabel('Show').selectOption({ label: 'Every one' });
  await card.getByText('Escompte accordé par téléphone').waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: /Save as CSV/ }).click(),
  ]);
  const saved = await readFile(await download.path(), 'utf8');
  expect(saved).toContain('Edited in the books,Accepted,Payment,Claire Fontaine');
  expect(saved).toContain(',49.00,');

  // What is read, and what was chosen for it, stays while what a new check found is on its way.
  const letGo = await hold(context, /\/money\/[0-9a-f-]{36}$/);
  await checkOn(page, /Check now: Stripe/);
  expect(await card.getByLabel('Show').locator('option:checked').textContent()).toBe('Every one');
  await card.getByText('Escompte accordé par téléphone').waitFor();
  letGo();
  expect(complaints).toEqual([]);
  await context.close();
}, 180_000);

it('a payment that was deleted in Books is taken up again from the page, and stands there once', async () => {
  const payment = await pay('deleted@exemple.example', 12_300);
  await inBooks({ act: 'delete-payment', payment });
  const { page, context } = await openPage(browser, `${server.url}#/money`, { language: 'en' });
  await checkOn(page, /Check now: Stripe/);
  const card = page.getByRole('article', { name: /^Stripe/ });
  if ((await card.locator('.found').count()) === 0)
    await card.getByRole('link', { name: /Day by day/ }).click();
  const row = card.locator('.found > li[data-reason=deleted]');
  const button = row.getByRole('button', { name: /Take it up now/ });
  await button.click();
  await page.getByText('It is taken up. Check again in a moment.').waitFor();
  await button.click();
  const of = async () =>
    ((await state('zoho-books')).payments ?? []).filter(({ amountMinor }) => amountMinor === 12_300);
  await until(async () => (await of()).length === 1);
  await checkOn(page, /Check now: Stripe/);
  await row.waitFor({ state: 'detached' });
  expect(await of()).toHaveLength(1);
  await context.close();
}, 180_000);

it('Books that do not answer are told, with the time of what is shown, and a check is cancelled', async () => {
  const { page, context } = await openPage(browser, `${server.url}#/money`, { language: 'fr' });
  const card = page.getByRole('article', { name: /^Stripe/ });
  await card.locator('.verdict').waitFor();
  await server.control('PUT', 'faults/zoho-books', { hang: true });
  await card.getByRole('button', { name: /Vérifier maintenant/ }).click();
  await card.getByText(/^Lecture de Zoho Books/).waitFor();
  await card.getByRole('button', { name: /Annuler la vérification/ }).click();
  await card.getByText('La dernière vérification a été annulée.').waitFor();
  await server.control('PUT', 'faults/zoho-books', { status: 500, rate: 1 });
  await card.getByRole('button', { name: /Vérifier maintenant/ }).click();
  await card.getByText(/Zoho Books n’a pas pu être lu\u00a0:/).waitFor();
  await card.getByText('Message du service').waitFor();
  expect(await card.locator('.notice q').textContent()).toBe('1000: Internal error');
  await card.getByText('Ce qui est affiché vient de la vérification précédente').waitFor();
  expect(await card.locator('.verdict').count()).toBe(1);
  await server.control('DELETE', 'faults/zoho-books');
  await context.close();
}, 180_000);

it.each([
  ['en', 1280, false],
  ['fr', 320, true],
] as const)(
  'in %s at %i px nothing stands over the edge, and axe finds nothing',
  async (language, width, dark) => {
    const { page, context, complaints } = await openPage(browser, `${server.url}#/money`, {
      language,
      width,
      dark,
    });
    const card = page.getByRole('article', { name: /^Stripe/ });
    await card.locator('.verdict').waitFor();
    const more = card.getByRole('link', { name: /Day by day|Jour par jour/ });
    if ((await card.locator('.money-detail').count()) === 0 && (await more.count()) > 0) await more.click();
    await card.locator('.money-detail').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBe(0);
    expect(complaints).toEqual([]);
    if (process.env.MONEY_PICTURES)
      await page.screenshot({ path: `${process.env.MONEY_PICTURES}/${language}.png`, fullPage: true });
    await context.close();
  },
  120_000,
);

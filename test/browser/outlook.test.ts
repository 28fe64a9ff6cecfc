import type { Browser, BrowserContext, Page } from 'playwright-core';
import { until } from '../system/liaison-process.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { crmRecord, crmRecords } from './crm/crm-visit.ts';
import { hold } from './hold.ts';
import { keyboard } from './keyboard.ts';
import { PAGE_PATIENCE_MS } from './open-page.ts';
import { type OutlookVisit, visitOutlook } from './outlook/outlook-visit.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** What a rep does beside their mail, in a real Chromium, with the whole product behind it. */

let browser: Browser;
let server: RunningServer;
let context: BrowserContext;
let visit: OutlookVisit;
let errors: string[];

beforeAll(async () => {
  browser = await openChromium();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(() => expect(errors).toEqual([]));

interface HeldEmail {
  readonly record: string;
  readonly module: string;
  readonly subject: string;
  readonly sent: boolean;
  readonly content: string;
  readonly attachments?: readonly unknown[];
}

/** Mails that the sandbox's CRM has on its records. */
async function emails(subject: string): Promise<HeldEmail[]> {
  const { tables } = (await server.control('GET', 'state/zoho-crm')) as {
    tables: { emails?: Record<string, HeldEmail> };
  };
  return Object.values(tables.emails ?? {}).filter((one) => one.subject.includes(subject));
}

/** A pane of its own in the same browser: whoever signed in once is in. */
async function anotherPane(mail: string): Promise<OutlookVisit> {
  const other = visitOutlook(await context.newPage(), server);
  await other.open(mail);
  await other.pane.locator('.pane').waitFor();
  return other;
}

/** The mark of a mail that is logged, once it is. */
const logged = ({ pane }: OutlookVisit, name: string) =>
  pane.locator('.marks [data-state="done"]', { hasText: name }).waitFor();

const barriers = (page: Page) =>
  barriersOn(page.frames().find((one) => one.url().includes('/outlook/pane.html'))!);

describe('a rep', () => {
  beforeAll(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(PAGE_PATIENCE_MS);
    errors = [];
    context.on('weberror', (error) => errors.push(error.error().message));
    visit = visitOutlook(await context.newPage(), server);
  });
  afterAll(() => context?.close());

  it('signs in with Zoho through the dialog, and no identity of Microsoft’s is asked for', async () => {
    await visit.open('contact');
    await visit.signIn('claire');
    await visit.pane.getByText('Signed in as Claire Fontaine').waitFor();
    expect(await visit.page.locator('#outlook').getAttribute('data-identity-asked')).toBeNull();
  });

  it('sees who a contact is: account, open deals, notes, and the cards of the record panel', async () => {
    const card = visit.pane.getByRole('article', { name: 'Juliette Pélissier' });
    await card.getByText('Gérante').waitFor();
    for (const shown of ['Boulangerie Pélissier', 'Refonte site vitrine', '€12,500.00', 'Negotiation/Review'])
      await card.getByText(shown).waitFor();
    const { id } = await crmRecord(server, 'Contacts', 'Last_Name', 'Pélissier');
    expect(await card.getByRole('link', { name: /Open Juliette/ }).getAttribute('href')).toContain(id);
    await visit.pane.getByText('Juliette Pélissier in the other applications').click();
    await visit.pane.getByRole('article', { name: 'Stripe' }).waitFor();
    expect(await barriers(visit.page)).toEqual([]);
  });

  it('sees another sender in the pinned pane, and nothing of the last one', async () => {
    await visit.choose('attachments');
    await visit.pane.getByRole('article', { name: 'Karim Benali' }).waitFor();
    expect(await visit.pane.getByText('Juliette').count()).toBe(0);
    await visit.page.locator('#no-mail').click();
    await visit.pane.getByText('No message is open').waitFor();
    expect(await visit.pane.getByText('Karim').count()).toBe(0);
    await visit.choose('meeting');
    await visit.pane.getByText('This is a meeting.').waitFor();
    expect(await barriers(visit.page)).toEqual([]);
  });

  it('is told what is not to be believed of a sender, and whose mailbox it is', async () => {
    await visit.choose('spoofed');
    await visit.pane
      .getByText(/says hugo\.marchetti@atelier-lumen\.example\. The message comes from direction@/)
      .waitFor();
    await visit.pane
      .getByText(/could not confirm that this message comes from lumen-atelier\.example/)
      .waitFor();
    await visit.pane.getByText('Nobody in the CRM has this address.').waitFor();
    await visit.choose('behalf');
    await visit.pane.getByText('Sofia Marchand sent this on behalf of Karim Benali').waitFor();
    await visit.pane.getByRole('article', { name: 'Karim Benali' }).waitFor();
    await visit.pane.getByRole('region', { name: 'assistante@garage-benali.example' }).waitFor();
    await visit.choose('shared');
    await visit.pane.getByText(/In the mailbox of bonjour@atelier-lumen\.example/).waitFor();
    await visit.pane.getByRole('article', { name: 'François Lecœur' }).waitFor();
    await visit.choose('nobody');
    await visit.pane.getByText('This message names no address').waitFor();
    await visit.choose('internal');
    await visit.pane.getByText('Inès Delorme is one of you.').waitFor();
    await visit.choose('hostile');
    await visit.pane.getByRole('heading', { name: '<img src=x onerror=alert(1)> Promo' }).waitFor();
    expect(await visit.page.title()).not.toBe('pwned');
  });

  it('makes a lead of a stranger, read from the mail and corrected, once', async () => {
    await visit.choose('stranger');
    await visit.pane.getByRole('button', { name: 'Create a lead' }).click();
    const field = (name: string) => visit.pane.getByLabel(name, { exact: true });
    await field('Last name').waitFor();
    expect(await field('First name').inputValue()).toBe('Marc');
    expect(await field('Last name').inputValue()).toBe('Oberlin');
    expect(await field('E-mail address').inputValue()).toBe('marc.oberlin@menuiserie-oberlin.example');
    expect(await field('Company').inputValue()).toContain('Menuiserie Oberlin');
    expect((await field('Phone').inputValue()).replace(/\D/g, '')).toContain('465718820');
    expect(await barriers(visit.page)).toEqual([]);
    await field('Company').fill('');
    await visit.pane.getByRole('button', { name: 'Create', exact: true }).click();
    await visit.pane.getByText('A lead wants a company.').waitFor();
    await field('Company').fill('Menuiserie Oberlin');
    await visit.pane.getByRole('button', { name: 'Create', exact: true }).dblclick();
    await visit.pane.getByText('Marc Oberlin was created in the CRM.').waitFor();
    const card = visit.pane.getByRole('article', { name: 'Marc Oberlin' });
    await card.getByText('Lead', { exact: true }).waitFor();
    const leads = (await crmRecords(server, 'Leads')).filter((one) => one.Last_Name === 'Oberlin');
    expect(leads.map(({ Company, Email }) => [Company, Email])).toEqual([
      ['Menuiserie Oberlin', 'marc.oberlin@menuiserie-oberlin.example'],
    ]);
  });

  it('logs a mail with its attachments on the contact and on a deal, once from two panes', async () => {
    const subject = 'Photos de l’atelier';
    const panes = [visit, await anotherPane('attachments')];
    await visit.choose('attachments');
    for (const { pane } of panes) {
      await pane.getByLabel('With 2 attachments').waitFor();
      await pane.getByRole('button', { name: 'Log', exact: true }).waitFor();
    }
    for (const { pane } of panes)
      await pane.getByLabel('And on the deal').selectOption({ label: 'Prise de rendez-vous en ligne' });
    await Promise.all(
      panes.map(({ pane }) => pane.getByRole('button', { name: 'Log', exact: true }).click()),
    );
    for (const one of panes) await logged(one, 'Logged on Karim Benali');
    for (const one of panes) await logged(one, 'Logged on Prise de rendez-vous en ligne');
    const found = await emails(subject);
    expect(found.map(({ module }) => module).sort()).toEqual(['Contacts', 'Deals']);
    for (const { attachments } of found) expect(attachments).toHaveLength(2);
    expect(await visit.pane.getByRole('button', { name: 'Log', exact: true }).isDisabled()).toBe(true);

    // The mark is there for whoever opens it next.
    await panes[1]!.page.close();
    await visit.open('attachments');
    await logged(visit, 'Logged on Karim Benali');
    expect(await emails(subject)).toHaveLength(2);
    expect(await barriers(visit.page)).toEqual([]);
  });

  it('logs a mail of ten megabytes, and one of a stranger whose markup would act on nobody', async () => {
    // Whoever goes on to the next mail while the last one is read is told of it.
    const files = /outlook\/-\/attachments/;
    const release = await hold(context, files);
    await visit.open('large');
    await visit.pane.getByRole('button', { name: 'Log', exact: true }).click();
    await visit.choose('contact');
    await visit.pane.getByRole('article', { name: 'Juliette Pélissier' }).waitFor();
    release();
    await visit.pane.getByText('“Le film de la boutique” was not logged').waitFor();
    expect(await emails('Le film')).toEqual([]);
    expect(await barriers(visit.page)).toEqual([]);
    await visit.pane.getByRole('button', { name: 'Understood' }).click();
    await context.unroute(files);

    await visit.open('large');
    await visit.pane.getByLabel('With 1 attachment').waitFor();
    await visit.pane.getByRole('button', { name: 'Log', exact: true }).click();
    await logged(visit, 'Logged on Gaëlle Perrin-Rey');
    expect((await emails('Le film'))[0]?.attachments).toHaveLength(1);
    await visit.choose('hostile');
    await visit.pane.getByRole('button', { name: 'Create a contact' }).click();
    await visit.pane.getByLabel('Last name', { exact: true }).fill('Promo');
    await visit.pane.getByRole('button', { name: 'Create', exact: true }).click();
    await visit.pane.getByRole('button', { name: 'Log', exact: true }).click();
    await visit.pane.locator('.marks [data-state="done"]').waitFor();
    const [mail] = await emails('Offre de la semaine');
    expect(mail?.content).toContain('Offre de la semaine');
    expect(mail?.content).not.toMatch(/<script|onerror|onclick|javascript:|<form|<iframe/i);
    expect(await visit.page.title()).not.toBe('pwned');
  });

  it('answers, inserts a contact and a deal, and has it logged as it is sent', async () => {
    await visit.open('contact');
    await visit.page.locator('#answer').click();
    const text = visit.page.locator('#draft-text');
    await visit.pane.getByRole('button', { name: 'Insert contact details Juliette Pélissier' }).click();
    await until(async () => /Gérante, Boulangerie Pélissier/.test((await text.textContent()) ?? ''));
    await visit.pane.getByRole('button', { name: 'Insert link Refonte site vitrine' }).click();
    await until(async () => /Refonte site vitrine \(http/.test((await text.textContent()) ?? ''));
    await visit.pane.getByLabel('And on the deal').selectOption({ label: 'Refonte site vitrine' });
    await visit.pane.getByRole('switch', { name: 'Log when it is sent' }).click();
    await visit.pane.getByText('It is logged when you send it.').waitFor();
    expect(await barriers(visit.page)).toEqual([]);
    await visit.page.locator('#draft-file').setInputFiles({
      name: 'devis.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7'),
    });
    await visit.page.locator('#send').click();
    await visit.page.getByText('Sent.').waitFor();
    const held = await until(async () => {
      const found = await emails('RE: Votre proposition');
      return found.length === 2 && found;
    });
    expect(held.map(({ module, sent }) => [module, sent]).sort()).toEqual([
      ['Contacts', true],
      ['Deals', true],
    ]);
    for (const { attachments } of held) expect(attachments).toHaveLength(1);
  });

  it('sends a mail that is to be logged nowhere without a word', async () => {
    await visit.open('contact');
    await visit.page.locator('#answer').click();
    await visit.page.locator('#draft-subject').fill('Sans suite');
    await visit.page.locator('#send').click();
    await visit.page.getByText('Sent.').waitFor();
    expect(await emails('Sans suite')).toEqual([]);
  });

  it('is asked before a mail goes that could not be logged, and decides', async () => {
    await visit.open('contact');
    await visit.page.locator('#answer').click();
    await visit.page.locator('#draft-subject').fill('Sans connexion');
    await visit.pane.getByRole('switch', { name: 'Log when it is sent' }).click();
    await visit.pane.getByText('It is logged when you send it.').waitFor();
    await visit.pane.getByRole('button', { name: 'Sign out' }).click();
    await visit.pane.getByText('You are signed out.').waitFor();
    await visit.page.locator('#send').click();
    await visit.page.getByText('you are signed out of Liaison').waitFor();
    await visit.page.locator('#do-not-send').click();
    await visit.signIn('claire');
    await visit.page.locator('#send').click();
    await visit.page.getByText('Sent.').waitFor();
    await until(async () => (await emails('Sans connexion')).length === 1);
  });

  it('has a conversation logged by itself, once their own mailbox is connected', async () => {
    await visit.open('contact');
    const part = visit.pane.getByRole('region', { name: 'Log this conversation by itself from now on' });
    const turn = part.getByRole('switch');
    await part.getByText('Connect your own mailbox first').waitFor();
    expect(await turn.isDisabled()).toBe(true);
    const opened = context.waitForEvent('page');
    await part.getByRole('link', { name: /Connect my mailbox/ }).click();
    const consent = await opened;
    await consent.locator('select[name=account]').selectOption('claire');
    await consent.getByRole('button', { name: 'Accept' }).click();
    await until(() => turn.isEnabled());
    await consent.close();
    await turn.click();
    await part.getByText('Its next messages are logged on: Juliette Pélissier').waitFor();
    expect(await barriers(visit.page)).toEqual([]);
    await visit.open('contact');
    await part.getByText('Its next messages are logged on: Juliette Pélissier').waitFor();
    await turn.click();
    await until(async () => !(await turn.isChecked()));
  });

  it('does it all with the keyboard alone', async () => {
    await visit.open('spoofed');
    const keys = keyboard(visit.page);
    const make = visit.pane.getByRole('button', { name: 'Create a lead' });
    await keys.press(make);
    await keys.write(visit.pane.getByLabel('Company', { exact: true }), 'Lumen Atelier');
    await keys.press(visit.pane.getByRole('button', { name: 'Cancel' }));
    await until(() => make.evaluate((one) => one === document.activeElement));

    await visit.open('two');
    const choices = visit.pane.getByRole('group', { name: 'On' }).getByRole('checkbox');
    await choices.nth(1).waitFor();
    expect(await choices.nth(0).isChecked()).toBe(true);
    await keys.press(choices.nth(1), 'Space');
    await keys.press(visit.pane.getByRole('button', { name: 'Log', exact: true }));
    await until(async () => (await visit.pane.locator('.marks [data-state="done"]').count()) === 2);
    expect(await emails('Nos horaires')).toHaveLength(2);
    await keys.press(visit.pane.getByRole('button', { name: 'FR Français' }));
    await visit.pane.getByRole('heading', { name: 'Classer ce message' }).waitFor();
  });

  it('reads it in French, as dark as Outlook is, and at 320 pixels', async () => {
    await visit.open('two', 'fr');
    await visit.pane.getByRole('heading', { name: 'Classer ce message' }).waitFor();
    await visit.pane.getByText('Affaires en cours').first().waitFor();
    expect(await barriers(visit.page)).toEqual([]);
    await visit.page.locator('#dark').check();
    const ground = () => visit.pane.locator('html').evaluate((one) => getComputedStyle(one).backgroundColor);
    await until(async () => (await ground()) === 'rgb(20, 22, 27)');
    expect(await barriers(visit.page)).toEqual([]);
    await visit.page.locator('#pane').evaluate((one) => {
      one.style.width = '320px';
    });
    const overflow = () => visit.pane.locator('html').evaluate((one) => one.scrollWidth - one.clientWidth);
    await until(async () => (await overflow()) === 0);
    await visit.page.locator('#dark').uncheck();
    await until(async () => (await ground()) === 'rgb(246, 247, 249)');
  });
});

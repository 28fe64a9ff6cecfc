import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { calendarTables } from '../google-calendar/rows.ts';
import { peopleTables } from '../google-people/rows.ts';
import { sheetsTables } from '../google-sheets/rows.ts';
import { simulators } from '../index.ts';
import { mailchimpTables } from '../mailchimp/rows.ts';
import { slackTables } from '../slack/rows.ts';
import { stripeTables } from '../stripe/rows.ts';
import { booksAt } from '../zoho-books/books.ts';
import { findRecord } from '../zoho-crm/acts.ts';
import { sandboxPages } from './router.ts';

let folder: string;
let sandbox: RunningSandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-open-'));
  const pages = sandboxPages({ liaisonUrl: 'http://127.0.0.1:3999' });
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, pages });
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function opened(address: string, language = 'en') {
  const answer = await fetch(`${sandbox.url}/open?${new URLSearchParams({ address })}`, {
    headers: { 'accept-language': language },
    redirect: 'manual',
  });
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
}
const page = async (path: string) => (await fetch(`${sandbox.url}${path}`)).text();

it('an address of a vendor’s interface leads to the page of the same record', async () => {
  const deal = findRecord(sandbox.desk('zoho-crm'), 'Deals', 'Deal_Name', 'Refonte site vitrine')!;
  expect(await opened(`https://crm.zoho.eu/crm/org1/tab/Potentials/${deal.id}`)).toMatchObject({
    status: 303,
    to: `/crm/Deals/${deal.id}`,
  });
  const invoice = [...booksAt(sandbox.desk('zoho-books')).invoices.all()][0]!;
  expect((await opened(`https://books.zoho.com/app/1#/invoices/${invoice.invoice_id}`)).to).toBe(
    `/view/books/invoices/${invoice.invoice_id}`,
  );
  const contact = peopleTables(sandbox.desk('google-people')).contacts.all()[0]!;
  expect((await opened(`https://contacts.google.com/person/${contact.id}`)).to).toBe(
    `/view/contacts/contact?contact=${contact.id}`,
  );
  const meeting = calendarTables(sandbox.desk('google-calendar'))
    .events.all()
    .find(({ status }) => status === 'confirmed')!;
  const eid = Buffer.from(`${meeting.id} primary`).toString('base64url');
  expect((await opened(`https://www.google.com/calendar/event?eid=${eid}`)).to).toBe(
    `/view/agenda/meeting?event=${meeting.id}`,
  );
});

it('where records stand in a list, the address leads to the record in it', async () => {
  const customer = [...booksAt(sandbox.desk('zoho-books')).contacts.all()][0]!;
  const sheet = sheetsTables(sandbox.desk('google-sheets')).spreadsheets.all()[0]!;
  const member = mailchimpTables(sandbox.desk('mailchimp')).members.all()[0]!;
  const message = slackTables(sandbox.desk('slack')).messages.all()[0]!;
  for (const address of [
    `https://books.zoho.eu/app/1#/contacts/${customer.contact_id}`,
    `https://docs.google.com/spreadsheets/d/${sheet.id}`,
    `https://us21.admin.mailchimp.com/lists/members/view?id=${member.webId}`,
    `https://atelier.slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`,
  ]) {
    const { to } = await opened(address);
    const [path, anchor] = to!.split('#');
    expect([address, await page(path!)]).toEqual([address, expect.stringContaining(`id="${anchor}"`)]);
  }
});

it('every object of Stripe’s has a page that leads on to the others', async () => {
  await fetch(`${sandbox.url}/_sandbox/scenarios/stripe-invoice-paid`, { method: 'POST' });
  const { charges, invoices, customers } = stripeTables(sandbox.desk('stripe'));
  const ids = [charges.all().at(-1)!.id, invoices.all().at(-1)!.id, customers.all().at(-1)!.id];
  for (const id of ids) {
    const { to } = await opened(`https://dashboard.stripe.com/payments/${id}`);
    expect(to).toBe(`/view/stripe/${id}`);
    expect(await page(to!)).toContain(id);
  }
  expect(await page(`/view/stripe/${ids[0]}`)).toContain(
    `href="/view/stripe/${charges.get(ids[0]!)!.customer}"`,
  );
});

it('the language that was chosen stays; what no vendor has leads to the list, and what is none is said', async () => {
  const chosen = await fetch(`${sandbox.url}/open?lang=fr&address=https%3A%2F%2Fslack.com%2F`, {
    redirect: 'manual',
  });
  expect(chosen.headers.get('location')).toBe('/view/slack?lang=fr');
  expect((await opened('https://crm.zoho.com/crm/org1/tab/Contacts/404')).to).toBe('/crm');
  for (const address of ['https://example.com/x', 'nonsense', '//evil.example', 'javascript:alert(1)']) {
    expect(await opened(address, 'fr')).toMatchObject({
      status: 404,
      to: null,
      text: expect.stringContaining('Le bac à sable n’a pas de page pour cette adresse.'),
    });
  }
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { simulators } from '../index.ts';
import { account, accounts, inEachAccount } from '../stripe/account.ts';
import { restrictedKey, secretKey } from '../stripe/key.ts';
import { pay } from '../stripe/pay.ts';
import { booksAt } from '../zoho-books/books.ts';
import { newContact } from '../zoho-books/contact-draft.ts';
import { newInvoice } from '../zoho-books/invoice-draft.ts';
import { createRecord, findRecord } from '../zoho-crm/acts.ts';
import { workflowRulesOf } from '../zoho-crm/automation-rows.ts';
import { recordsOf } from '../zoho-crm/record.ts';
import { sandboxPages } from './router.ts';
import { LABELS } from './scenario-fields.ts';

const HOSTILE = `<script>alert('x')</script>"><img src=x onerror=alert(1)>`;
const LIAISON = 'http://127.0.0.1:3999';

let folder: string;
let sandbox: RunningSandbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-page-'));
  const pages = sandboxPages({ liaisonUrl: LIAISON });
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, pages });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function get(path: string, language = 'en'): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${sandbox.url}${path}`, { headers: { 'accept-language': language } });
  return { status: answer.status, text: await answer.text() };
}
async function post(path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const answer = await fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    headers,
  });
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}
const deal = () => findRecord(sandbox.desk('zoho-crm'), 'Deals', 'Deal_Name', 'Refonte site vitrine')!;

/** Every address on the pages that stays within them. */
async function everyPage(): Promise<string[]> {
  const found = ['/'];
  for (const path of found) {
    const { text } = await get(path);
    for (const [, href = ''] of text.matchAll(/href="(\/[^"]*)"/g)) {
      const next = href.replaceAll('&amp;', '&').replace(/[?&]lang=\w+/, '');
      const known = found.some((one) => one === next);
      if (!known && !next.startsWith('/page/') && found.length < 400) found.push(next);
    }
  }
  return found;
}

it('every page that a link leads to is there, in both languages, under the banner', async () => {
  const pages = await everyPage();
  expect(pages).toEqual(
    expect.arrayContaining(['/crm', '/view/books', '/view/stripe', '/view/slack', '/view/ledger', '/faults']),
  );
  for (const path of pages) {
    const [english, french] = await Promise.all([get(path, 'en-US'), get(path, 'fr-CA,fr;q=0.9')]);
    expect([path, english.status, french.status]).toEqual([path, 200, 200]);
    expect(english.text).toContain('<html lang="en">');
    expect(english.text).toContain('no packet leaves this machine');
    expect(french.text).toContain('<html lang="fr">');
    expect(french.text).toContain('rien ne sort de cette machine');
    // A word by itself: an id, drawn by lot, may hold the letters.
    expect(french.text).not.toMatch(/\[object |\bundefined\b|\bNaN\b/);
  }
});

it('shows each Stripe account with payments and keys of its own, and opens the records of both', async () => {
  const payer = (name: string) => `${name.toLowerCase().replaceAll(/\W/g, '')}@payeurs.example`;
  const desk = sandbox.desk('stripe');
  inEachAccount(desk, (own) => {
    const { name } = account();
    pay(own, { email: payer(name), name, amountMinor: 4_900, currency: 'eur', description: name });
  });
  const pages = await Promise.all(accounts.map(({ id }) => get(`/view/stripe?account=${id}`)));
  for (const [index, { id, name }] of accounts.entries()) {
    const { text } = pages[index]!;
    const [own, secret] = inEachAccount(desk, (one) => [restrictedKey(one), secretKey(one)])[index]!;
    expect(text).toContain(own);
    expect(text).toContain(secret);
    for (const other of accounts) expect(text.includes(payer(other.name))).toBe(other.id === id);
    const [, record = ''] = /href="(\/view\/stripe\/pi_\w+)/.exec(text) ?? [];
    const opened = await get(record);
    expect(opened.status).toBe(200);
    expect(opened.text).toContain(name);
  }
});

it('shows hostile names as text wherever they appear', async () => {
  const crm = sandbox.desk('zoho-crm');
  const company = createRecord(crm, 'Accounts', { Account_Name: HOSTILE });
  const contact = createRecord(crm, 'Contacts', {
    Last_Name: HOSTILE,
    Account_Name: { id: company.id },
    Description: HOSTILE,
  });
  createRecord(crm, 'Leads', { Last_Name: HOSTILE, Company: HOSTILE });
  createRecord(crm, 'Deals', {
    Deal_Name: HOSTILE,
    Stage: 'Qualification',
    Account_Name: { id: company.id },
    Contact_Name: { id: contact.id },
  });
  createRecord(crm, 'Notes', { Note_Title: HOSTILE, Note_Content: HOSTILE, Parent_Id: { id: contact.id } });

  const books = booksAt(sandbox.desk('zoho-books'));
  const customer = newContact(books, {
    contact_name: HOSTILE,
    contact_persons: [{ first_name: HOSTILE, phone: '<b>1</b>' }],
  });
  books.contacts.put(customer.contact_id, customer);
  const invoice = newInvoice(
    books,
    {
      customer_id: customer.contact_id,
      reference_number: HOSTILE,
      line_items: [{ name: HOSTILE, description: HOSTILE, rate: 1 }],
    },
    { send: true, ownNumber: false },
  );
  books.invoices.put(invoice.invoice_id, invoice);
  pay(sandbox.desk('stripe'), {
    email: `${HOSTILE}@x.example`,
    name: HOSTILE,
    amountMinor: 1,
    currency: 'eur',
    description: HOSTILE,
  });
  crm.wrote({
    operation: HOSTILE,
    object: HOSTILE,
    id: HOSTILE,
    action: 'create',
    marker: HOSTILE,
    record: { a: HOSTILE },
  });
  crm.deliver({
    url: `${sandbox.url}/?${HOSTILE}`,
    sign: { scheme: 'none', secret: '' },
    contentType: 'text/plain',
    body: HOSTILE,
    topic: HOSTILE,
  });
  const slack = sandbox.desk('slack').table<{ text: string; blocks: object[] | null }>('messages');
  const [first] = slack.all();
  const key = `${(first as unknown as { channel: string }).channel}:1700000000.000001`;
  slack.put(key, {
    ...first!,
    text: `${HOSTILE} <javascript:alert(1)|go> <https://x.example|${HOSTILE}>`,
    blocks: [{ text: HOSTILE }],
  });

  let shown = 0;
  for (const path of [...(await everyPage()), '/crm?raw=1', '/view/books?raw=1']) {
    const { text } = await get(path);
    expect([path, /<script>|<img|<b>1|href="javascript/i.test(text)]).toEqual([path, false]);
    if (text.includes('&lt;script&gt;')) shown += 1;
  }
  expect(shown).toBeGreaterThanOrEqual(9);
});

it('holds scripts other than its own off', async () => {
  const { headers } = await fetch(`${sandbox.url}/`);
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'/);
});

describe('the language', () => {
  it('is the browser’s, until one is chosen, and stays chosen over links', async () => {
    expect((await get('/', 'de')).text).toContain('<html lang="en">');
    const { text } = await get('/?lang=fr', 'en');
    expect(text).toContain('<html lang="fr">');
    expect(text).toContain('href="/view/books?lang=fr"');
    expect(text).toContain('action="/play/deal-won?lang=fr"');
  });
});

describe('scenarios', () => {
  it('are played by a form, and say what they did', async () => {
    const { status, text } = await post('/play/deal-won?lang=fr');
    expect(status).toBe(200);
    expect(text).toContain('Claire Fontaine a gagné l’affaire');
    expect(text).toContain(`href="${LIAISON}"`);
    expect(deal().Stage).toBe('Closed Won');
  });

  it('offer a labelled field for each parameter, and take what is typed there', async () => {
    const french = (await get('/', 'fr')).text;
    expect(french).not.toMatch(/amountMinor,|avec charge|avec email/);
    expect(french).toMatch(
      /<label>Montant en plus petite unité \(centimes\)<input name="amountMinor"[^>]*type="number"[^>]* min="1"/,
    );
    expect((await get('/')).text).toContain('<label>E-mail of the person<input name="email"');
    const { text } = await post('/play/stripe-payment?lang=en', {
      email: 'tina@payeur.example',
      amountMinor: '4321',
      currency: '',
    });
    expect(text).toContain('€43.21');
    const refused = await post('/play/stripe-payment?lang=en', { amountMinor: '-3' });
    expect(refused.text).toMatch(/class="failed">amountMinor is not usable/);
    expect(refused.text).toContain('name="amountMinor" value="-3"');
  });

  it('stand once, under the app in which they begin, and say in words what can be chosen of them', () => {
    const all = simulators.flatMap(({ scenarios = [] }) => scenarios);
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const named = all.flatMap(({ parameters }) => Object.keys(parameters?.shape ?? {}));
    expect(named.filter((name) => !(name in LABELS))).toEqual([]);
  });

  it('are chosen of what there is, with yes and no as such', async () => {
    const { text } = await get('/', 'fr');
    expect(text).toMatch(/<h2 id="of-stripe">Stripe<\/h2>/);
    expect(text).toMatch(
      /<label>Priorité<select name="priority"><option value="">—<\/option><option value="Urgent">/,
    );
    const failed = await post('/play/stripe-payout?lang=en', { fails: 'true' });
    expect(failed.text).toMatch(/out to the bank, which sent it back\./);
    expect(failed.text).toContain('<option value="true" selected>');
  });

  it.each(['mailchimp-campaign-sent', 'mailchimp-click', 'mailchimp-unsubscribe', 'mailchimp-cleaned'])(
    '%s says which sync shows it, and how that is turned on',
    async (id) => {
      const { text } = await post(`/play/${id}?lang=fr`);
      expect(text).toMatch(
        /<output[^>]*>[^<]*la synchro « Audience\s: Mailchimp ↔ CRM » active[^<]*Réglages, Synchros/,
      );
      const english = (await post(`/play/${id}?lang=en`)).text;
      expect(english).toMatch(
        /<output[^>]*>[^<]*the sync “Audience: Mailchimp ↔ CRM” is on[^<]*Settings, Syncs/,
      );
    },
  );

  it('are not played by another site’s page', async () => {
    const { status } = await post('/play/deal-won', {}, { 'sec-fetch-site': 'cross-site' });
    expect(status).toBe(403);
    expect(deal().Stage).toBe('Negotiation/Review');
  });
});

describe('a deal’s stage, changed by hand', () => {
  const rule = (): void => {
    const module = { api_name: 'Deals', id: '1' };
    const who = { name: 'Hugo', id: '1' };
    const execute_when = { type: 'edit' };
    const times = { created_time: '', modified_time: '', created_by: who, modified_by: who };
    const rest = { description: null, conditions: [], status: { active: true }, last_executed_time: null };
    const branch = { id: '2', sequence_number: 1, instant_actions: { actions: [] } };
    workflowRulesOf(sandbox.desk('zoho-crm')).put('1', {
      id: '1',
      name: 'any edit',
      module,
      execute_when,
      ...rest,
      conditions: [branch],
      ...times,
    });
  };
  const ran = () => workflowRulesOf(sandbox.desk('zoho-crm')).get('1')!.last_executed_time;

  it('runs the workflow rules', async () => {
    rule();
    const { status, location } = await post(`/crm/Deals/${deal().id}`, { Stage: 'Closed Won' });
    expect([status, location]).toEqual([303, `/crm/Deals/${deal().id}`]);
    expect(deal().Stage).toBe('Closed Won');
    expect(ran()).not.toBeNull();
  });

  it('is no edit when it stays what it was, and is refused when there is no such stage', async () => {
    rule();
    const before = recordsOf(sandbox.desk('zoho-crm'), 'Deals').get(String(deal().id));
    await post(`/crm/Deals/${deal().id}`, { Stage: 'Negotiation/Review' });
    expect((await post(`/crm/Deals/${deal().id}`, { Stage: 'Nowhere' })).status).toBe(404);
    expect(recordsOf(sandbox.desk('zoho-crm'), 'Deals').get(String(deal().id))).toEqual(before);
    expect(ran()).toBeNull();
  });
});

describe('faults', () => {
  const shown = async () => {
    const answer = await fetch(`${sandbox.url}/_sandbox/faults/slack`);
    return ((await answer.json()) as { fault: object | null }).fault;
  };

  it('are set and mended by forms', async () => {
    const wish = { vendor: 'slack', kind: '503', rate: '50', count: '', seconds: '20' };
    expect((await post('/faults', wish)).status).toBe(303);
    expect(await shown()).toEqual({ status: 503, rate: 0.5, forSeconds: 20 });
    const { text } = await get('/faults');
    expect(text).toContain('&quot;status&quot;:503');
    expect(text).toContain('is down (503), 50% of calls, for 20 s');
    expect((await post('/faults/slack/clear')).status).toBe(303);
    expect(await shown()).toBeNull();
  });

  it('that make no sense are refused with a sentence', async () => {
    const { status, text } = await post('/faults', { vendor: 'slack', kind: '503', rate: '900' });
    expect(status).toBe(400);
    expect(text).toContain('out of range');
    expect((await post('/faults', { vendor: 'nobody', kind: '503' })).status).toBe(400);
    expect(await shown()).toBeNull();
  });
});

it('a list of the CRM is searched by any word that it shows, without case or accents', async () => {
  const found = (await get('/crm/Deals?q=REFONTE+vitrine', 'fr')).text;
  expect(found).toContain('1 enregistrement<');
  expect(found).toContain('Refonte site vitrine');
  const crm = sandbox.desk('zoho-crm');
  createRecord(crm, 'Contacts', { First_Name: 'Aurélie', Last_Name: 'Échasse' });
  expect((await get('/crm/Contacts?q=aurelie+echasse')).text).toContain('1 record<');
  const none = (await get('/crm/Contacts?q=%22%3Cb%3E&lang=fr')).text;
  expect(none).toContain('Aucun enregistrement ne correspond');
  expect(none).toContain('value="&quot;&lt;b&gt;"');
});

it('a reset takes everything back', async () => {
  await post('/play/deal-won');
  expect((await post('/reset')).status).toBe(303);
  expect(deal().Stage).toBe('Negotiation/Review');
});

it('marks in the ledger what a vendor made twice under one marker', async () => {
  const desk = sandbox.desk('zoho-books');
  const entry = { operation: 'POST /invoices', object: 'invoice', action: 'create', record: {} } as const;
  desk.wrote({ ...entry, id: '1', marker: 'pi_1' });
  desk.wrote({ ...entry, id: '2', marker: 'pi_2' });
  expect((await get('/view/ledger')).text).not.toContain('twice');
  desk.wrote({ ...entry, id: '3', marker: 'pi_1' });
  expect((await get('/view/ledger')).text.match(/>twice</g)).toHaveLength(2);
});

it('shows the address book by name, and of a large one what changed last', async () => {
  const { text } = await get('/view/contacts', 'fr');
  expect(text).toContain('60 contacts');
  expect(text).toContain('Hélène de La Tour');
  expect(text).toContain('+33 6 39 98 30 01 (portable)');
  expect(text).toContain('Gérante, Boulangerie Pélissier');
  expect(text).toContain('14 févr. 1991');
  await fetch(`${sandbox.url}/_sandbox/seed/google-people`, { method: 'POST', body: '{"contacts":300}' });
  const large = (await get('/view/contacts')).text;
  expect(large).toContain('360 contacts; the 200 that changed last');
  expect(large).toContain('contact-00300@clients.example');
});

test('the agenda shows both calendars day by day, series, and whole days on each of their days', async () => {
  const { text } = await get('/view/agenda', 'fr');
  expect(text).toContain('Salon du e-commerce');
  expect(text.match(/Salon du e-commerce/g)).toHaveLength(2);
  expect(text).toContain('toute la journée');
  expect(text).toContain('Atelier besoins — Garage Benali');
  expect(text).toContain('10:00 – 10:45');
  expect(text.match(/Visite du domaine du Clos Vert/g)).toHaveLength(2);
});

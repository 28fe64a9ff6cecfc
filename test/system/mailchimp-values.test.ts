import { AUDIENCE_ID } from '../../sandbox/mailchimp/account.ts';
import { addMergeField } from '../conformance/mailchimp-owner.ts';
import { json, until, webhookOf } from './liaison-process.ts';
import { type MailchimpServer, openMailchimpServer } from './mailchimp-world.ts';
import { seed, writesSince } from './syncs.ts';
import { setFault } from './vendors.ts';

/** Values that an audience refuses, keeps to itself or holds otherwise, and what becomes of them in the sync. */

const CROWD = 120;
const PARTIAL = { addr1: '1 rue des Essais', city: '', state: '', zip: '', country: 'US' };
const addressOf = (index: number): string => `contact-${String(index).padStart(5, '0')}@clients.example`;

let server: MailchimpServer;
let liaison: MailchimpServer['liaison'];
let sync: MailchimpServer['sync'];
let crm: MailchimpServer['crm'];
let mailchimp: MailchimpServer['mailchimp'];

beforeAll(async () => {
  server = await openMailchimpServer();
  ({ liaison, sync, crm, mailchimp } = server);
  await seed(liaison.sandboxUrl, 'mailchimp', { contacts: CROWD });
  await seed(liaison.sandboxUrl, 'zoho-crm', { contacts: CROWD });
  await addMergeField(liaison.sandboxUrl, { tag: 'ADDRESS', type: 'address' });
  await addMergeField(liaison.sandboxUrl, { tag: 'BIRTHDAY', type: 'birthday' });
  await addMergeField(liaison.sandboxUrl, {
    tag: 'USPHONE',
    type: 'phone',
    options: { phone_format: 'US' },
  });
  await sync.preview();
  await sync.apply();
}, 120_000);
afterAll(() => server.close());

const contactOf = async (email: string) => {
  const contact = (await crm.contacts()).find((one) => one.Email === email);
  if (contact === undefined) throw new Error(`the CRM has nobody with the address ${email}`);
  return contact;
};
const nameOf = async (email: string) => (await mailchimp.member(email))?.mergeValues.FNAME;

interface Shelved {
  readonly label: string;
  readonly field: string | null;
  readonly en: string;
  readonly words: string | null;
  readonly dueAt: string;
}
/** Contacts of the CRM whose change could not be carried over. */
const shelf = () =>
  sync.database.query<Shelved>(
    `select label, error->>'field' as field, error->'sentence'->>'en' as en, error->>'vendorMessage' as words,
       due_at::text as "dueAt"
     from sync_records where organisation_id = $1 and integration = $2 and error is not null and side = 'right'`,
    [sync.key.organisationId, sync.key.integration],
  );
/** Writes of either side since a moment of the ledger. */
async function ourWrites(from: number) {
  const { entries } = await writesSince(liaison.sandboxUrl, from);
  // A sync that is live again asks for its webhook anew, at whatever moment.
  return entries.filter(
    ({ vendor, object }) => object !== 'webhook' && (vendor === 'mailchimp' || object === 'contact'),
  );
}
const now = async () => (await writesSince(liaison.sandboxUrl, 0)).now;

type Row = Record<'left' | 'right' | 'direction' | 'master' | 'blank', string>;
async function addRows(rows: readonly Row[]): Promise<Response> {
  const address = `${liaison.url}/api/v1/integrations/mailchimp-crm`;
  const { rules } = (await json<{ settings: { rules: { fields: (Row & { kind: string })[] } } }>(address))
    .settings;
  const before = rules.fields.map(({ kind: _kind, ...row }) => row);
  return fetch(address, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ settings: { rules: { ...rules, fields: [...before, ...rows] } } }),
  });
}

describe('a member whose stored address is incomplete', () => {
  it('is on the shelf with Mailchimp’s words, and everybody else is written', async () => {
    const bad = addressOf(1);
    await mailchimp.act('import', { email: bad, mergeFields: { ADDRESS: PARTIAL } });
    await sync.quiet();
    const contacts = await Promise.all([1, 2, 3, 4, 5].map((index) => contactOf(addressOf(index))));
    await crm.update(contacts.map(({ id }, index) => ({ id, First_Name: `Nouveau${index + 1}` })));
    await sync.quiet();
    expect(await nameOf(addressOf(5))).toBe('Nouveau5');
    const shelved = await shelf();
    expect(shelved).toMatchObject([
      {
        field: 'ADDRESS',
        en: expect.stringContaining('Complete or empty it there'),
        words: expect.stringContaining('Please enter a complete address'),
        dueAt: 'infinity',
      },
    ]);
    for (const index of [2, 3, 4]) expect(await nameOf(addressOf(index))).toBe(`Nouveau${index}`);
    expect(await nameOf(bad)).not.toBe('Nouveau1');
    const { id } = await contactOf(bad);
    await mailchimp.act('import', { email: bad, mergeFields: { ADDRESS: '' } });
    await crm.update([{ id, First_Name: 'Nouveau11' }]);
    await sync.quiet();
    await until(async () => (await nameOf(bad)) === 'Nouveau11');
    await until(async () => (await shelf()).length === 0);
  });
});

describe('a change that Mailchimp says it stored, and did not', () => {
  it('is told with the field, is not taken back into the CRM, and is not "in sync"', async () => {
    const email = addressOf(6);
    await mailchimp.act('keep', { email, fields: ['FNAME'] });
    const { id, First_Name: before } = await contactOf(email);
    await crm.update([{ id, First_Name: `${before}-Marie` }]);
    await sync.quiet();
    const shelved = await shelf();
    expect(shelved).toMatchObject([{ field: 'NAME', dueAt: 'infinity' }]);
    expect(shelved[0]?.en).toContain('Mailchimp answered that it stored the change');
    expect(await sync.counts()).toMatchObject({ failing: 1 });
    const from = await now();
    await sync.quiet();
    await sync.quiet();
    expect((await contactOf(email)).First_Name).toBe(`${before}-Marie`);
    expect(await ourWrites(from)).toEqual([]);
    await mailchimp.act('keep', { email, fields: [] });
    await crm.update([{ id, First_Name: 'Marie-Laure' }]);
    await sync.quiet();
    await until(async () => (await nameOf(email)) === 'Marie-Laure');
    await until(async () => (await shelf()).length === 0);
  });
});

describe('a new contact who was deleted for good in Mailchimp', () => {
  it('is on the shelf once, is not tried again nor opted out, and the others are made', async () => {
    const gone = 'efface@clients.example';
    await mailchimp.act('sign-up', { email: gone });
    await mailchimp.act('delete', { email: gone });
    const others = [1, 2, 3].map((index) => `venu-${index}@clients.example`);
    await crm.create([gone, ...others].map((Email) => ({ Last_Name: Email.split('@')[0], Email })));
    await sync.quiet();
    for (const email of others) expect(await mailchimp.member(email)).toBeDefined();
    expect(await shelf()).toMatchObject([
      { label: 'efface', words: expect.stringContaining('permanently deleted'), dueAt: 'infinity' },
    ]);
    const writes = () =>
      sync.database.query(
        `select 1 from sync_writes w join sync_records r
           on r.organisation_id = w.organisation_id and r.integration = w.integration and r.side = 'right' and r.record_id = w.from_id
         where w.organisation_id = $1 and w.integration = $2 and r.label = 'efface'`,
        [sync.key.organisationId, sync.key.integration],
      );
    const tried = await writes();
    expect(tried).toHaveLength(1);
    await sync.sweepNext();
    await sync.quiet();
    await sync.quiet();
    expect(await writes()).toHaveLength(1);
    expect(await mailchimp.member(gone)).toBeUndefined();
    const { id, Email_Opt_Out } = await contactOf(gone);
    expect(Email_Opt_Out ?? false).toBe(false);
    await crm.remove([id]);
    await sync.quiet();
  });
});

describe('a company that the CRM does not know', () => {
  it('leaves a contact the account it has, which is no lost change', async () => {
    const email = 'juliette@boulangerie-pelissier.example';
    const accountOf = async () => (await contactOf(email)).Account_Name;
    const held = await accountOf();
    expect(held).toBeTruthy();
    await mailchimp.act('change', { email, mergeFields: { COMPANY: 'Inconnue et Filles' } });
    await sync.quiet();
    await sync.quiet();
    expect(await accountOf()).toEqual(held);
    expect((await mailchimp.member(email))?.mergeValues.COMPANY).toBe('Inconnue et Filles');
    expect(await shelf()).toEqual([]);
  });
});

describe('an unsubscription whose body names no action', () => {
  it('is taken as an opt-out', async () => {
    const email = addressOf(7);
    const { url } = await until(() => webhookOf(liaison.sandboxUrl, 'mailchimp').catch(() => null));
    await setFault(liaison.sandboxUrl, 'mailchimp', { loseDeliveries: 1 });
    await sync.whenTold();
    await mailchimp.act('unsubscribe', { email });
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({
        type: 'unsubscribe',
        fired_at: '2026-11-24 09:10:40',
        'data[reason]': 'manual',
        'data[id]': '94826aa750',
        'data[email]': email,
        'data[email_type]': 'html',
        'data[merges][EMAIL]': email,
        'data[list_id]': AUDIENCE_ID,
      }),
    });
    expect(answer.status).toBe(200);
    await until(async () => (await contactOf(email)).Email_Opt_Out === true);
    await setFault(liaison.sandboxUrl, 'mailchimp', {});
  });
});

describe('fields that hold other things', () => {
  const row = { master: 'right', blank: 'leave' };

  it.each([
    ['ADDRESS', 'Mailing_City', 'both'],
    ['ADDRESS', 'Mailing_City', 'to-left'],
    ['BIRTHDAY', 'Date_of_Birth', 'both'],
    ['BIRTHDAY', 'Date_of_Birth', 'to-right'],
  ])(
    '%s and %s, %s, are refused by the editor before anything is written',
    async (left, right, direction) => {
      const answer = await addRows([{ left, right, direction, ...row }]);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('different kinds');
    },
  );

  it('a date of birth goes out as month and day, and its year is never lost or made up', async () => {
    const [born, other, abroad, american, coded] = await Promise.all(
      [8, 9, 10, 11, 12].map((one) => contactOf(addressOf(one))),
    );
    if (!born || !other || !abroad || !american || !coded) throw new Error('the seed is too small');
    await crm.update([
      { id: born.id, Date_of_Birth: '1985-03-12' },
      { id: abroad.id, Mobile: '+33 6 12 34 56 78', Date_of_Birth: '1990-07-14' },
      { id: american.id, Mobile: '404-555-1212' },
      { id: coded.id, Mobile: '+1 404 555 1213' },
    ]);
    await mailchimp.act('change', { email: addressOf(9), mergeFields: { BIRTHDAY: '02/29' } });
    await mailchimp.act('change', { email: addressOf(12), mergeFields: { USPHONE: '404-555-1213' } });
    const answer = await addRows([
      { left: 'BIRTHDAY', right: 'Date_of_Birth', direction: 'to-left', ...row },
      { left: 'USPHONE', right: 'Mobile', direction: 'both', ...row },
    ]);
    expect(answer.status).toBe(200);
    await sync.preview();
    await sync.apply();
    const valuesOf = async (index: number) => (await mailchimp.member(addressOf(index)))?.mergeValues;
    expect((await valuesOf(8))?.BIRTHDAY).toBe('03/12');
    expect((await contactOf(addressOf(8))).Date_of_Birth).toBe('1985-03-12');
    expect((await contactOf(addressOf(9))).Date_of_Birth ?? null).toBeNull();
    // The French number alone stays behind; the rest of that person is written.
    expect(await valuesOf(10)).toMatchObject({ BIRTHDAY: '07/14' });
    expect((await valuesOf(10))?.USPHONE).toBeUndefined();
    expect((await contactOf(addressOf(10))).Mobile).toBe('+33 6 12 34 56 78');
    // Nor do those of the company's other French contacts.
    const shelved = (await shelf()).filter(({ label }) => label.endsWith('00010'));
    expect(shelved).toMatchObject([{ field: 'USPHONE', dueAt: 'infinity' }]);
    expect(shelved[0]?.en).toContain('(404) 555-1212');
    expect((await valuesOf(11))?.USPHONE).toBe('(404) 555-1212');
    expect((await contactOf(addressOf(11))).Mobile).toBe('404-555-1212');

    // One number in two spellings is nobody's change, and nobody's failure.
    expect((await valuesOf(12))?.USPHONE).toBe('(404) 555-1213');
    expect((await contactOf(addressOf(12))).Mobile).toBe('+1 404 555 1213');
    expect((await shelf()).filter(({ label }) => label.endsWith('00012'))).toEqual([]);

    const from = await now();
    await sync.sweepNext();
    await sync.quiet();
    await sync.quiet();
    expect(await ourWrites(from)).toEqual([]);

    // Another year of the same day says nothing new; a birthday that is changed there changes no date.
    await crm.update([{ id: born.id, Date_of_Birth: '1986-03-12' }]);
    await mailchimp.act('change', { email: addressOf(10), mergeFields: { BIRTHDAY: '01/01' } });
    await sync.quiet();
    await sync.quiet();
    expect((await contactOf(addressOf(8))).Date_of_Birth).toBe('1986-03-12');
    expect((await contactOf(addressOf(10))).Date_of_Birth).toBe('1990-07-14');
    expect((await valuesOf(8))?.BIRTHDAY).toBe('03/12');
  }, 120_000);
});

describe('a hundred people who were made', () => {
  it('of whom 25 bounce and 10 disappear: 25 are opted out, nobody is deleted, and then nothing more is written', async () => {
    const made = Array.from({ length: 100 }, (_, index) => `neuf-${index + 1}@clients.example`);
    await crm.create(made.map((Email, index) => ({ Last_Name: `Neuf${index + 1}`, Email })));
    const present = async () => {
      const held = new Set((await mailchimp.members()).map(({ email }) => email));
      return made.filter((email) => held.has(email)).length;
    };
    await sync.quiet();
    await until(async () => (await present()) === 100);
    await sync.quiet();
    const before = (await crm.contacts()).length;
    await sync.pause();
    for (const email of made.slice(0, 25)) await mailchimp.act('clean', { email });
    for (const email of made.slice(25, 35)) await mailchimp.act('delete', { email });
    await sync.goOn();
    const out = async () => {
      const contacts = await crm.contacts();
      return made.filter((email) => contacts.find((one) => one.Email === email)?.Email_Opt_Out === true);
    };
    await sync.sweepNext();
    await sync.quiet();
    await sync.quiet();
    expect(await out()).toEqual(made.slice(0, 25));
    const contacts = await crm.contacts();
    expect(contacts).toHaveLength(before);
    for (const [index, email] of made.entries())
      expect(contacts.find((one) => one.Email === email)?.Last_Name).toBe(`Neuf${index + 1}`);
    expect((await sync.row()).phase).toBe('live');
    const from = await now();
    await sync.sweepNext();
    await sync.quiet();
    expect(await ourWrites(from)).toEqual([]);
    expect(await present()).toBe(90);
  }, 180_000);
});

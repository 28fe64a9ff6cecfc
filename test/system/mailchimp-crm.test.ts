import { readFileSync } from 'node:fs';
import { json, until, webhookOf } from './liaison-process.ts';
import { type MailchimpServer, openMailchimpServer } from './mailchimp-world.ts';
import { seed, writesSince } from './syncs.ts';

const CROWD = 1_000;
/** Contacts whom Mailchimp does not know. */
const MORE = 20;

let server: MailchimpServer;
let record: MailchimpServer['record'];
let liaison: MailchimpServer['liaison'];
let sync: MailchimpServer['sync'];
let crm: MailchimpServer['crm'];
let mailchimp: MailchimpServer['mailchimp'];

beforeAll(async () => {
  server = await openMailchimpServer();
  ({ record, liaison, sync, crm, mailchimp } = server);
  // No look by the clock: what follows within a test was announced.
  await sync.whenTold();
});
afterAll(() => server.close());

const contactOf = async (email: string) => (await crm.contacts()).find((one) => one.Email === email);
const idOf = async (email: string): Promise<string> => {
  const contact = await contactOf(email);
  if (contact === undefined) throw new Error(`the CRM has nobody with the address ${email}`);
  return contact.id;
};
/** Calls to either vendor, that the test's own included. */
const calls = () =>
  readFileSync(record, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"vendor":"mailchimp"') || line.startsWith('{"vendor":"zoho-crm"'));

describe('an audience and the CRM’s contacts', () => {
  it('are previewed without a write, and the apply does exactly what was counted', async () => {
    await seed(liaison.sandboxUrl, 'mailchimp', { contacts: CROWD });
    await seed(liaison.sandboxUrl, 'zoho-crm', { contacts: CROWD + MORE });
    const opposed = { First_Name: 'Opposée', Last_Name: 'Dès le début', Email: 'opposee@clients.example' };
    await crm.create([{ ...opposed, Email_Opt_Out: true }]);
    const before = await writesSince(liaison.sandboxUrl, 0);
    const { plan } = await sync.preview();
    const after = await writesSince(liaison.sandboxUrl, before.now);
    // Another flow of the sandbox makes leads of a sheet's rows meanwhile.
    expect(after.entries.filter(({ object }) => object !== 'lead')).toEqual([]);
    await sync.apply();
    const { entries } = await writesSince(liaison.sandboxUrl, after.now);
    const count = (vendor: string, object: string, action: string) =>
      entries.filter((one) => one.vendor === vendor && one.object === object && one.action === action).length;
    const done = (vendor: string, object: string) => ({
      create: count(vendor, object, 'create'),
      update: count(vendor, object, 'update'),
      remove: count(vendor, object, 'delete'),
    });
    expect(plan?.counts).toMatchObject({
      left: done('mailchimp', 'member'),
      right: done('zoho-crm', 'contact'),
    });
    expect(done('mailchimp', 'member').create).toBe(MORE + 1);
    expect(await sync.counts()).toMatchObject({ failing: 0, waiting: 0 });
  });

  it('join as people who get no campaign, and as unsubscribed when they opted out', async () => {
    expect((await mailchimp.member('contact-01020@clients.example'))?.status).toBe('transactional');
    expect((await mailchimp.member('opposee@clients.example'))?.status).toBe('unsubscribed');
  });

  it('a contact without an address is left alone, and told why', async () => {
    const rows = await sync.database.query<{ excluded: { en: string } }>(
      `select excluded from sync_records where organisation_id = $1 and integration = $2 and label = 'Yasmine Benali'`,
      [sync.key.organisationId, sync.key.integration],
    );
    expect(rows[0]?.excluded.en).toContain('is blank');
  });

  it('are announced by webhooks that Mailchimp holds once the sync is live', async () => {
    const webhook = await until(() => webhookOf(liaison.sandboxUrl, 'mailchimp').catch(() => null));
    expect([...webhook.topics].sort()).toEqual(['cleaned', 'profile', 'subscribe', 'unsubscribe', 'upemail']);
    expect(webhook.scheme).toBe('url-secret');
    // What follows relies on the CRM's as well.
    await until(async () => {
      const held = await sync.database.query<{ topics: string[] }>('select topics from subscriptions');
      return held.some(({ topics }) => topics.includes('Contacts.update'));
    });
  });
});

describe('who opts out', () => {
  it.each(['mailchimp-unsubscribe', 'mailchimp-cleaned'])(
    'by %s is opted out in the CRM by what is announced',
    async (scenario) => {
      const { email } = await mailchimp.play(scenario);
      await until(async () => (await contactOf(String(email)))?.Email_Opt_Out === true);
    },
  );

  it('in the CRM is unsubscribed in Mailchimp by what is announced', async () => {
    const email = 'contact-00007@clients.example';
    await crm.update([{ id: await idOf(email), Email_Opt_Out: true }]);
    await until(async () => (await mailchimp.member(email))?.status === 'unsubscribed');
  });

  it('stays so when somebody takes the mark away in the CRM: the mark comes back', async () => {
    const email = 'contact-00007@clients.example';
    const { now } = await writesSince(liaison.sandboxUrl, 0);
    await crm.update([{ id: await idOf(email), Email_Opt_Out: false }]);
    await until(async () => (await contactOf(email))?.Email_Opt_Out === true);
    const { entries } = await writesSince(liaison.sandboxUrl, now);
    expect(entries.filter((one) => one.vendor === 'mailchimp')).toEqual([]);
  });
});

describe('segments', () => {
  it('follow the CRM’s field: a tag that no longer holds goes, those of other people stay', async () => {
    const others = (await mailchimp.members()).find(
      (one) => one.tags.length > 0 && one.status === 'subscribed',
    );
    const email = others?.email ?? '';
    const id = await idOf(email);
    const tagged = (tags: readonly string[]) =>
      until(async () => (await mailchimp.tagsOf(email)).join() === tags.join());
    await tagged(['International']);
    await crm.update([{ id, Lead_Source: 'Trade Show' }]);
    await tagged(['CRM: Trade Show', 'International']);
    await crm.update([{ id, Lead_Source: 'Web Research' }]);
    await tagged(['CRM: Web Research', 'International']);
    await crm.update([{ id, Lead_Source: null }]);
    await tagged(['International']);
  });
});

describe('what is refused', () => {
  it('goes to the shelf with Mailchimp’s own sentence, and the others of its batch are written', async () => {
    const emails = Array.from(
      { length: 30 },
      (_, n) => `contact-${String(n + 14).padStart(5, '0')}@clients.example`,
    );
    const [left = ''] = emails;
    const ids = await Promise.all(emails.map(idOf));
    // Mailchimp announces no such end, and lists it nowhere: the next change is the first to meet it.
    await mailchimp.act('delete', { email: left });
    await crm.update(ids.map((id, n) => ({ id, Phone: `+33 4 65 71 30 ${String(n + 10)}` })));
    await until(async () => {
      const members = await mailchimp.members();
      return emails.slice(1).every((email, n) => {
        const phone = members.find((one) => one.email === email)?.mergeValues.PHONE;
        return phone === `+33 4 65 71 30 ${String(n + 11)}`;
      });
    });
    const failing = await until(async () => {
      const rows = await sync.database.query<{ error: { vendorMessage: string }; dueAt: string }>(
        `select error, due_at::text as "dueAt" from sync_records
         where organisation_id = $1 and integration = $2 and error is not null and side = 'right'`,
        [sync.key.organisationId, sync.key.integration],
      );
      return rows.length > 0 && rows;
    });
    expect(failing).toMatchObject([
      {
        error: { kind: 'rejected', vendorMessage: expect.stringContaining('permanently deleted') },
        dueAt: 'infinity',
      },
    ]);
    expect(await mailchimp.member(left)).toBeUndefined();
  });
});

describe('one edit among many', () => {
  it('costs calls that do not grow with the many', async () => {
    const email = `contact-${String(CROWD).padStart(5, '0')}@clients.example`;
    const id = await idOf(email);
    const before = calls().length;
    await crm.update([{ id, Phone: '+33 4 65 71 99 99' }]);
    await until(async () => (await mailchimp.member(email))?.mergeValues.PHONE === '+33 4 65 71 99 99');
    await mailchimp.act('change', { email, mergeFields: { COMPANY: '', PHONE: '+33 4 65 71 88 88' } });
    await until(async () => (await contactOf(email))?.Phone === '+33 4 65 71 88 88');
    // Two edits, each looked for, read and written; a look at the other side may follow either.
    expect(calls().length - before).toBeLessThanOrEqual(16);
  }, 120_000);
});

describe('what people read', () => {
  const READER = 'juliette@boulangerie-pelissier.example';
  const HELD = ['opens', 'clicks', 'last_campaign'] as const;
  type Row = Record<'left' | 'right' | 'direction' | 'master' | 'blank', string>;
  interface Settings {
    readonly settings: { readonly rules: { readonly fields: (Row & { kind: string })[] } };
  }

  it('stands in fields of the contact that an admin had made for it, follows each click, and goes nowhere else', async () => {
    const address = `${liaison.url}/api/v1/integrations/mailchimp-crm`;
    const sent = <T>(method: string, path: string, body: object) =>
      json<T>(`${address}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const { fields } = await sent<{ fields: { holding: string; id: string }[] }>('POST', '/fields', {
      side: 'right',
      holding: HELD,
    });
    const idFor = new Map(fields.map(({ holding, id }) => [holding, id]));
    const { rules } = (await json<Settings>(address)).settings;
    const rows = HELD.map((left) => ({
      left,
      right: idFor.get(left) ?? '',
      direction: 'to-right',
      master: 'left',
      blank: 'leave',
    }));
    const before = rules.fields.map(({ kind: _kind, ...row }) => row);
    await sent('PATCH', '', { settings: { rules: { ...rules, fields: [...before, ...rows] } } });
    await sync.preview();
    await sync.apply();
    const known = async () => {
      const contact = await contactOf(READER);
      return HELD.map((left) => contact?.[idFor.get(left) ?? '']);
    };
    expect(await known()).toEqual([2, 2, 'Lettre de novembre']);
    await mailchimp.act('open', { email: READER });
    await mailchimp.act('click', { email: READER });
    await sync.quiet();
    expect(await known()).toEqual([3, 3, 'Lettre de novembre']);
    const { now } = await writesSince(liaison.sandboxUrl, 0);
    await sync.quiet();
    await sync.quiet();
    const { entries } = await writesSince(liaison.sandboxUrl, now);
    // A sync that is live again is announced anew, at whatever moment of this.
    const written = entries.filter(({ object }) => object !== 'webhook');
    expect(written.filter(({ vendor }) => vendor === 'mailchimp' || vendor === 'zoho-crm')).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import type { Answer } from '../../server/api/contract.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import {
  json,
  type Liaison,
  ledger,
  newPlace,
  type Place,
  removePlace,
  startLiaison,
  until,
} from '../system/liaison-process.ts';
import { setFault } from '../system/vendors.ts';

/** What stands beside a mail, over the whole product: who is who in the CRM, people made, mails logged. */

let place: Place;
let test: TestDatabase;
let liaison: Liaison;

beforeAll(async () => {
  test = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: test.connectionString });
  liaison = await startLiaison(place);
}, 120_000);
afterAll(async () => {
  await liaison?.stop();
  await test.drop();
  await removePlace(place);
});

type Row = { id: string } & Record<string, unknown>;
type Logs = Answer<'logMail'>;

const api = (path: string) => `${liaison.url}/api/v1${path}`;
const sent = (method: string, body: object) => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const people = (...addresses: string[]) =>
  json<Answer<'mailPeople'>>(
    api(`/mail/people?${addresses.map((one) => `address=${encodeURIComponent(one)}`).join('&')}`),
  );
const log = (wish: object) => json<Logs>(api('/mail/logs'), sent('POST', wish));
const refusal = async (path: string, init: RequestInit) => {
  const answer = await fetch(api(path), init);
  return { status: answer.status, body: (await answer.json()) as { detail: string; fields?: object[] } };
};

async function tables(vendor: string): Promise<Record<string, Row[]>> {
  const state = await json<{ tables: Record<string, Row[]> }>(
    `${liaison.sandboxUrl}/_sandbox/state/${vendor}`,
  );
  return state.tables;
}

async function recordOf(module: string, field: string, value: string): Promise<Row> {
  const found = (await tables('zoho-crm'))[module]?.find((row) => row[field] === value);
  if (found === undefined) throw new Error(`none of ${module} has ${field} ${value}`);
  return found;
}

const JULIETTE = 'juliette@boulangerie-pelissier.example';
const onRecord = async (id: string) =>
  ((await tables('zoho-crm')).emails ?? []).filter(({ record }) => record === id);

const mail = (more: object = {}) => ({
  messageId: `<${randomUUID()}@boulangerie-pelissier.example>`,
  conversationId: 'AAQkAD-conversation',
  subject: 'Devis pour la vitrine',
  from: { name: 'Juliette Pélissier', address: JULIETTE },
  to: [{ name: 'Camille', address: 'camille@atelier.example' }],
  at: '2026-11-23T10:15:00+01:00',
  sent: false,
  body: { format: 'html', content: '<p>Bonjour,</p><p>Le devis nous convient.</p>' },
  ...more,
});

const file = (name: string, content: string | Buffer) => ({
  name,
  contentType: 'text/plain',
  size: content.length,
  content: Buffer.from(content).toString('base64'),
});

/** Logs a mail, and waits until all of it came to an end. */
async function logged(wish: { mail: ReturnType<typeof mail>; records: object[] }) {
  const answer = await log(wish);
  const ended = await until(async () => {
    const { logs } = await json<Answer<'listMailLogs'>>(
      api(`/mail/logs?messageId=${encodeURIComponent(wish.mail.messageId)}`),
    );
    return logs.every(({ state }) => ['done', 'skipped', 'shelved'].includes(state)) ? logs : null;
  });
  return { answer, ended };
}

describe('who is who', () => {
  it('knows a contact with her account, open deals and last notes, and a stranger as nobody', async () => {
    const { people: found, logging } = await people(
      `"Juliette" <${JULIETTE.toUpperCase()}>`,
      'x@evil.example',
    );
    expect(logging).toMatchObject({ state: 'on' });
    expect(found.map(({ address, internal }) => ({ address, internal }))).toEqual([
      { address: JULIETTE, internal: false },
      { address: 'x@evil.example', internal: false },
    ]);
    expect(found[0]?.records[0]).toMatchObject({
      module: 'Contacts',
      name: 'Juliette Pélissier',
      emails: expect.arrayContaining([JULIETTE]),
    });
    expect(found[0]?.records[0]?.notes).not.toBeNull();
    expect(found[1]?.records).toEqual([]);
  });

  it('takes of a name with another address in it nothing but the address that the mail came from', async () => {
    const { people: found } = await people(`"${JULIETTE}" <x@evil.example>`);
    expect(found.map(({ address, records }) => ({ address, records }))).toEqual([
      { address: 'x@evil.example', records: [] },
    ]);
  });
});

describe('a person made from a mail', () => {
  const wish = (more: object = {}) => ({
    id: randomUUID(),
    module: 'Leads',
    firstName: 'Ana',
    lastName: 'Duarte',
    email: 'Ana.Duarte@padaria.example',
    phone: '+351 21 000 00 00',
    company: 'Padaria Duarte',
    ...more,
  });
  const make = (body: object) => json<Answer<'makeMailPerson'>>(api('/mail/people'), sent('POST', body));

  it('is made once, however often and by however many pages it is asked for', async () => {
    const one = wish();
    const answers = await Promise.all([make(one), make(one), make(wish())]);
    expect(answers.map(({ outcome }) => outcome).filter((outcome) => outcome === 'made')).not.toHaveLength(3);
    const leads = (await tables('zoho-crm')).Leads ?? [];
    expect(leads.filter(({ Email }) => Email === 'ana.duarte@padaria.example')).toHaveLength(1);
    expect(new Set(answers.map(({ record }) => record.id)).size).toBe(1);
  });

  it('is a contact with the account of its company, made where there is none', async () => {
    const made = await make(
      wish({ module: 'Contacts', email: 'rui@padaria.example', firstName: 'Rui', company: 'Padaria do Rui' }),
    );
    expect(made).toMatchObject({ outcome: 'made', account: { name: 'Padaria do Rui', outcome: 'made' } });
    const { Contacts = [] } = await tables('zoho-crm');
    expect(Contacts.find(({ id }) => id === made.record.id)).toMatchObject({
      Last_Name: 'Duarte',
      Account_Name: { id: made.account?.id },
    });
  });

  it('says of which field the CRM takes less, and of an address that is none', async () => {
    const long = await refusal(
      '/mail/people',
      sent('POST', wish({ email: 'l@l.example', lastName: 'x'.repeat(900) })),
    );
    expect(long).toMatchObject({ status: 422, body: { fields: [{ field: 'lastName' }] } });
    const none = await refusal('/mail/people', sent('POST', wish({ email: 'nobody' })));
    expect(none).toMatchObject({ status: 422, body: { fields: [{ field: 'email' }] } });
  });
});

describe('a mail logged', () => {
  it('is on the contact and the deal once each, with its files, however often it is asked for', async () => {
    const contact = await recordOf('Contacts', 'Email', JULIETTE);
    const [deal] = (await tables('zoho-crm')).Deals ?? [];
    const wish = {
      mail: mail({
        attachments: [file('devis "final".txt', 'douze mille'), { name: 'logo.png', size: 9, inline: true }],
      }),
      records: [
        { module: 'Contacts', id: contact.id },
        { module: 'Deals', id: deal?.id },
      ],
    };
    const answers = await Promise.all([logged(wish), logged(wish), logged(wish)]);
    expect(answers.flatMap(({ answer }) => answer.logs.filter(({ isNew }) => isNew))).toHaveLength(2);
    const again = await logged({
      ...wish,
      mail: { ...wish.mail, subject: ` ${wish.mail.subject.toUpperCase()}` },
    });
    expect(again.answer.logs.map(({ isNew, state }) => ({ isNew, state }))).toEqual([
      { isNew: false, state: 'done' },
      { isNew: false, state: 'done' },
    ]);
    for (const id of [contact.id, deal?.id ?? '']) {
      const emails = await onRecord(id);
      expect(emails).toHaveLength(1);
      expect(emails[0]).toMatchObject({
        original_message_id: wish.mail.messageId,
        from: { email: JULIETTE },
        attachments: [{ name: 'devis _final_.txt', size: 11 }],
      });
    }
    expect(again.ended.every(({ crmId }) => crmId !== null)).toBe(true);
  });

  it('is there once where the CRM did it and its answer was lost', async () => {
    const contact = await recordOf('Contacts', 'Email', JULIETTE);
    await setFault(liaison.sandboxUrl, 'zoho-crm', {
      commitThenFail: true,
      path: 'associate_email',
      count: 1,
    });
    const wish = {
      mail: mail({ subject: 'Réponse perdue' }),
      records: [{ module: 'Contacts', id: contact.id }],
    };
    const { ended } = await logged(wish);
    expect(ended).toMatchObject([{ state: 'done' }]);
    expect((await onRecord(contact.id)).filter(({ subject }) => subject === 'Réponse perdue')).toHaveLength(
      1,
    );
  });

  it('says what was left out, and goes on', async () => {
    const contact = await recordOf('Contacts', 'Email', JULIETTE);
    const virus = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
    const { answer, ended } = await logged({
      mail: mail({
        subject: 'Avec un virus',
        attachments: [
          file('virus.com', virus),
          file('bon.txt', 'bon'),
          { name: 'film.mp4', size: 90_000_000 },
        ],
      }),
      records: [{ module: 'Contacts', id: contact.id }],
    });
    expect(answer.leftOut).toMatchObject([{ name: 'film.mp4' }]);
    expect(ended[0]?.sentence?.en).toContain('virus.com');
    const [held] = (await onRecord(contact.id)).filter(({ subject }) => subject === 'Avec un virus');
    expect(held).toMatchObject({ attachments: [{ name: 'bon.txt' }] });
  });

  it('takes a mail of 10 MB, with what no database could store in it', async () => {
    const contact = await recordOf('Contacts', 'Email', JULIETTE);
    const { ended } = await logged({
      mail: mail({
        subject: 'Très lourd \u0000\ud800',
        body: { format: 'html', content: `<p>${'é'.repeat(8_000_000)}</p><script>alert(1)</script>` },
        attachments: [file('plan.bin', Buffer.alloc(2_500_000, 'a'))],
      }),
      records: [{ module: 'Contacts', id: contact.id }],
    });
    expect(ended).toMatchObject([{ state: 'done' }]);
    const held = (await onRecord(contact.id)).find(({ subject }) => String(subject).startsWith('Très lourd'));
    expect(held).toMatchObject({
      mail_format: 'text',
      attachments: [{ name: 'message.html' }, { name: 'plan.bin', size: 2_500_000 }],
    });
  });

  it('is refused on a record that the CRM does not have, and without a sender: nothing is stored', async () => {
    const contact = await recordOf('Contacts', 'Email', JULIETTE);
    const wish = mail();
    const gone = await refusal(
      '/mail/logs',
      sent('POST', { mail: wish, records: [{ module: 'Contacts', id: '4876876000000999999' }] }),
    );
    expect(gone).toMatchObject({ status: 422, body: { fields: [{ field: 'records.0.id' }] } });
    const nobody = await refusal(
      '/mail/logs',
      sent('POST', {
        mail: { ...wish, from: { name: JULIETTE, address: 'MAILER-DAEMON' } },
        records: [{ module: 'Contacts', id: contact.id }],
      }),
    );
    expect(nobody).toMatchObject({ status: 422, body: { fields: [{ field: 'mail.from.address' }] } });
    const { logs } = await json<Answer<'listMailLogs'>>(
      api(`/mail/logs?messageId=${encodeURIComponent(wish.messageId)}`),
    );
    expect(logs).toEqual([]);
  });

  it('that failed for good is taken up again by logging it once more', async () => {
    const contact = await recordOf('Contacts', 'Email', JULIETTE);
    await setFault(liaison.sandboxUrl, 'zoho-crm', { status: 403, path: 'associate_email', count: 1 });
    const wish = { mail: mail({ subject: 'Encore' }), records: [{ module: 'Contacts', id: contact.id }] };
    expect((await logged(wish)).ended).toMatchObject([{ state: 'shelved' }]);
    expect((await logged(wish)).ended).toMatchObject([{ state: 'done' }]);
    expect((await onRecord(contact.id)).filter(({ subject }) => subject === 'Encore')).toHaveLength(1);
    expect(
      (await ledger(liaison.sandboxUrl)).filter(({ object }) => object === 'email').length,
    ).toBeGreaterThan(0);
  });
});

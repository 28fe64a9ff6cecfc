import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Answer } from '../../server/api/contract.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { bearer, decide, locationOf, signIn, Visitor } from '../security/visitor.ts';
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
  place = await newPlace({
    ...{ DATABASE_URL: test.connectionString, LIAISON_SWEEP_SECONDS: '2', LIAISON_GRACE_SECONDS: '1' },
  });
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

  it('is the one of the corrected address where a form is sent again with another', async () => {
    const mistaken = wish({ firstName: 'Inês', email: 'ines@padara.example' });
    const corrected = { ...mistaken, email: 'ines@padaria.example' };
    const first = await make(mistaken);
    const second = await make(corrected);
    expect([first, second]).toMatchObject([{ outcome: 'made' }, { outcome: 'made' }]);
    expect(await make(corrected)).toEqual(second);
    const { Leads = [] } = await tables('zoho-crm');
    expect(Leads.find(({ id }) => id === second.record.id)).toMatchObject({ Email: corrected.email });
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

  it('that failed for good is taken up again also after another was logged on that record', async () => {
    const contact = await recordOf('Contacts', 'Email', JULIETTE);
    const records = [{ module: 'Contacts', id: contact.id }];
    await setFault(liaison.sandboxUrl, 'zoho-crm', { status: 403, path: 'associate_email', count: 1 });
    const wish = { mail: mail({ subject: 'Mis de côté' }), records };
    expect((await logged(wish)).ended).toMatchObject([{ state: 'shelved' }]);
    const another = { mail: mail({ subject: 'Un autre' }), records };
    expect((await logged(another)).ended).toMatchObject([{ state: 'done' }]);
    const { logs } = await json<Answer<'listMailLogs'>>(
      api(`/mail/logs?messageId=${encodeURIComponent(wish.mail.messageId)}`),
    );
    expect(logs).toMatchObject([{ state: 'shelved' }]);
    expect((await logged(wish)).ended).toMatchObject([{ state: 'done' }]);
    expect((await onRecord(contact.id)).filter(({ subject }) => subject === 'Mis de côté')).toHaveLength(1);
  });
});

describe('a mail logged while it was sent', () => {
  const draft = (subject: string, more: object = {}) => ({
    ...mail({ messageId: null, draftId: randomUUID(), conversationId: `AAQk-${randomUUID()}`, subject }),
    ...{ from: { name: 'Claire', address: 'claire.fontaine@atelier-lumen.example' }, sent: true },
    ...more,
  });
  const called = async (id: string, subject: string) =>
    (await onRecord(id)).filter((one) => one.subject === subject);

  it.each([['an answer'], ['a new mail, which has no conversation yet']])(
    'is there once where it is logged by hand out of the sent ones, too: %s',
    async (what) => {
      const contact = await recordOf('Contacts', 'Email', JULIETTE);
      const records = [{ module: 'Contacts', id: contact.id }];
      const subject = `Classé deux fois, ${what}`;
      const conversationId = what === 'an answer' ? `AAQk-${randomUUID()}` : null;
      const sending = draft(subject, { conversationId, at: '2026-11-23T10:00:00Z' });
      await log({ mail: sending, records });
      await until(async () => (await called(contact.id, subject)).length === 1);
      const went = {
        ...sending,
        ...{
          draftId: null,
          messageId: `<${randomUUID()}@atelier-lumen.example>`,
          at: '2026-11-23T10:00:07Z',
        },
        conversationId: conversationId ?? 'AAQk-since',
      };
      for (const _ of [1, 2])
        expect((await log({ mail: went, records })).logs).toMatchObject([{ isNew: false, state: 'done' }]);
      expect(await called(contact.id, subject)).toHaveLength(1);
      // The next one of that subject is another mail.
      const next = {
        ...went,
        messageId: `<${randomUUID()}@atelier-lumen.example>`,
        at: '2026-11-23T10:20:00Z',
      };
      expect((await log({ mail: next, records })).logs).toMatchObject([{ isNew: true }]);
      await until(async () => (await called(contact.id, subject)).length === 2);
    },
  );

  it('is there as it left where it was changed after a first attempt, and that the other is there too is said', async () => {
    const contact = await recordOf('Contacts', 'Email', JULIETTE);
    const records = [{ module: 'Contacts', id: contact.id }];
    const subject = 'Changé avant l’envoi';
    const text = (content: string, at: string) => ({ at, body: { format: 'html', content } });
    const first = draft(subject, text('<p>Dix lampes.</p>', '2026-11-23T10:00:00Z'));
    await log({ mail: first, records });
    await until(async () => (await called(contact.id, subject)).length === 1);
    const left = { ...first, ...text('<p>Douze lampes.</p>', '2026-11-23T10:03:00Z') };
    expect((await log({ mail: left, records })).logs).toMatchObject([{ isNew: true }]);
    await until(async () => (await called(contact.id, subject)).length === 2);
    // The same again, its answer lost.
    const again = await until(async () => {
      const { logs } = await log({ mail: { ...left, at: '2026-11-23T10:04:00Z' }, records });
      return logs[0]?.state === 'done' ? logs : null;
    });
    expect(again).toMatchObject([
      { isNew: false, sentence: { en: expect.stringContaining('before it was changed') } },
    ]);
    expect((await called(contact.id, subject)).map(({ content }) => content)).toEqual(
      expect.arrayContaining([expect.stringContaining('Douze lampes')]),
    );
  });
});

describe('a conversation that a person has logged', () => {
  const CONVERSATION = 'AAQkAGI2THk0vit-rine_x=';
  const conversation = `/mail/conversations/${encodeURIComponent(CONVERSATION)}`;
  const visitor = new Visitor();
  let token = '';
  let contact: Row;

  interface Own {
    readonly state: string;
    readonly connect: string | null;
    readonly records: object[];
  }
  async function own<T = Own>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(api(path), {
      method,
      headers: { ...bearer(token), 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  const act = (wish: object) =>
    json<{ id: string; internetMessageId: string }>(`${liaison.sandboxUrl}/_sandbox/acts/microsoft-mail`, {
      method: 'POST',
      body: JSON.stringify({ account: 'claire', conversation: CONVERSATION, ...wish }),
    });
  const called = async (subject: string) =>
    (await onRecord(contact.id)).filter((one) => String(one.subject) === subject);
  const subscriptions = async () =>
    (
      await json<{ webhooks: { vendor: string }[] }>(`${liaison.sandboxUrl}/_sandbox/webhooks`)
    ).webhooks.filter(({ vendor }) => vendor === 'microsoft-mail');
  /** Waits until a mail was looked at, and answers how that ended. */
  const ended = (id: string) =>
    until(async () => {
      const { runs } = await own<{
        runs: { record: { id: string }; state: string; summary: { en: string } }[];
      }>('GET', '/runs?flow=conversation-to-crm&limit=100');
      return (
        runs.find(({ record, state }) => record.id === id && ['done', 'skipped'].includes(state)) ?? null
      );
    }, 30_000);

  beforeAll(async () => {
    contact = await recordOf('Contacts', 'Email', JULIETTE);
    token = (await signIn(liaison.url, 'claire', visitor)).token;
  }, 30_000);

  it('asks for the person’s own mailbox first, and is on once that is connected', async () => {
    const records = [{ module: 'Contacts', id: contact.id }];
    const asked = await own('PUT', conversation, { on: true, records });
    expect(asked).toMatchObject({ state: 'no-mailbox', records: [] });
    const consent = locationOf(await visitor.visit(`${liaison.url}${asked.connect}`));
    const callback = await decide(visitor, consent, 'accept', 'claire');
    expect((await visitor.visit(callback)).status).toBe(303);
    expect(await own('GET', conversation)).toMatchObject({ state: 'off', records: [] });
    // Two at once, as two windows turn them on: both are of one integration, in which they are turned off again.
    const another = `/mail/conversations/${encodeURIComponent('AAQkUneAutre=')}`;
    const both = [conversation, another];
    for (const shown of await Promise.all(both.map((path) => own('PUT', path, { on: true, records }))))
      expect(shown).toMatchObject({
        state: 'on',
        records: [{ module: 'Contacts', id: contact.id, name: 'Juliette Pélissier' }],
      });
    const { integrations } = await own<{ integrations: { flow: { id: string } }[] }>('GET', '/integrations');
    expect(integrations.filter(({ flow }) => flow.id === 'conversation-to-crm')).toHaveLength(1);
    expect(await own('PUT', another, { on: false })).toMatchObject({ state: 'off', records: [] });
    await until(async () => (await subscriptions()).length === 1);
  }, 60_000);

  it('is logged as it comes and goes, with files, once, and marked as logged for everybody', async () => {
    const came = await act({
      act: 'receive',
      subject: 'Elle répond',
      files: [{ name: 'bon.txt', text: 'bon' }],
    });
    const went = await act({ act: 'send', subject: 'Nous répondons' });
    await until(async () => (await called('Elle répond')).length === 1, 30_000);
    await until(async () => (await called('Nous répondons')).length === 1, 30_000);
    expect(await called('Elle répond')).toMatchObject([
      { sent: false, attachments: [{ name: 'bon.txt', size: 3 }] },
    ]);
    expect(await called('Nous répondons')).toMatchObject([
      { sent: true, from: { email: 'claire.fontaine@atelier-lumen.example' } },
    ]);
    for (const { internetMessageId } of [came, went]) {
      const { logs } = await json<Answer<'listMailLogs'>>(
        api(`/mail/logs?messageId=${encodeURIComponent(internetMessageId)}`),
      );
      expect(logs).toMatchObject([{ id: contact.id, state: 'done', by: 'Claire Fontaine' }]);
    }
    // The same by hand: it is there.
    const again = await logged({
      mail: mail({ messageId: came.internetMessageId, subject: 'Elle répond' }),
      records: [{ module: 'Contacts', id: contact.id }],
    });
    expect(again.ended).toMatchObject([{ state: 'skipped' }]);
    expect(await called('Elle répond')).toHaveLength(1);
  }, 60_000);

  it('holds nothing of another conversation, between colleagues, of a private folder, or that is marked private', async () => {
    const others = [
      await act({ act: 'receive', subject: 'Autre fil', conversation: 'AAQkAutre=' }),
      await act({
        act: 'receive',
        subject: 'Entre nous',
        from: { address: 'ines.delorme@atelier-lumen.example' },
      }),
      await act({ act: 'receive', subject: 'Au privé', folder: 'private' }),
      await act({ act: 'receive', subject: 'Marqué privé', sensitivity: '2' }),
      await act({ act: 'receive', subject: 'Indésirable', folder: 'junkemail' }),
    ];
    for (const { id } of others) expect(await ended(id)).toMatchObject({ state: 'skipped' });
    const subjects = (await onRecord(contact.id)).map(({ subject }) => subject);
    for (const subject of ['Autre fil', 'Entre nous', 'Au privé', 'Marqué privé', 'Indésirable'])
      expect(subjects).not.toContain(subject);
    // Of what is nobody else's business nothing stands in the database either.
    const client = new Client({ connectionString: test.connectionString });
    await client.connect();
    const { rows } = await client.query<{ text: string }>(
      `select s::text as text from steps s union all select r::text from runs r union all select b::text from event_bodies b`,
    );
    await client.end();
    expect(rows.length).toBeGreaterThan(10);
    for (const { text } of rows) expect(text).not.toMatch(/Autre fil|Entre nous|Au privé|Marqué privé/);
  }, 60_000);

  it('has a mail that was logged while it was sent once, and the next one of that subject, too', async () => {
    const subject = 'RE: Classé à l’envoi';
    // What the page for sending tells: a draft has no Message-ID, and its writer's clock is another one.
    await own('POST', '/mail/logs', {
      mail: {
        ...mail({ messageId: null, draftId: randomUUID(), conversationId: CONVERSATION, subject }),
        from: { name: 'Claire', address: 'claire.fontaine@atelier-lumen.example' },
        ...{ to: [{ name: '', address: JULIETTE }], sent: true },
        at: new Date(Date.now() - 30_000).toISOString(),
      },
      records: [{ module: 'Contacts', id: contact.id }],
    });
    await until(async () => (await called(subject)).length === 1, 30_000);
    const went = await act({ act: 'send', subject });
    expect(await ended(went.id)).toMatchObject({ state: 'skipped' });
    expect(await called(subject)).toHaveLength(1);
    await act({ act: 'send', subject });
    await until(async () => (await called(subject)).length === 2, 30_000);
  }, 60_000);

  it('is found where no notification came', async () => {
    await act({ act: 'silence' });
    await act({ act: 'receive', subject: 'Personne ne l’a dit' });
    await until(async () => (await called('Personne ne l’a dit')).length === 1, 40_000);
  }, 60_000);

  it('is logged no longer once it is turned off, and by a switch over all of them', async () => {
    expect(await own('PUT', conversation, { on: false })).toMatchObject({ state: 'off', records: [] });
    const after = await act({ act: 'receive', subject: 'Après' });
    expect(await ended(after.id)).toMatchObject({ state: 'skipped' });
    expect(await called('Après')).toEqual([]);
    const records = [{ module: 'Contacts', id: contact.id }];
    await own('PUT', conversation, { on: true, records });
    const { integrations } = await own<{ integrations: { id: string; flow: { id: string } }[] }>(
      'GET',
      '/integrations',
    );
    const mine = integrations.find(({ flow }) => flow.id === 'conversation-to-crm')!;
    await own('PATCH', `/integrations/${mine.id}`, { enabled: false });
    expect(await own('GET', conversation)).toMatchObject({ state: 'off', records });
  }, 60_000);

  it('is not on because of a mailbox that was connected once: it is logged out of the one that is', async () => {
    const records = [{ module: 'Contacts', id: contact.id }];
    expect(await own('PUT', conversation, { on: true, records })).toMatchObject({ state: 'on' });
    const { connections } = await own<{
      connections: { id: string; owner: string; connector: { id: string } }[];
    }>('GET', '/connections');
    const former = connections.find(
      ({ owner, connector }) => owner === 'me' && connector.id === 'microsoft-mail',
    )!;
    await own('POST', `/connections/${former.id}/disconnect`);
    const { state, connect } = await own('GET', conversation);
    expect(state).toBe('no-mailbox');
    const consent = locationOf(await visitor.visit(`${liaison.url}${connect}`));
    const callback = await decide(visitor, consent, 'accept', 'ines');
    expect((await visitor.visit(callback)).status).toBe(303);
    expect(await own('GET', conversation)).toMatchObject({
      ...{ state: 'off', records },
      sentence: { en: expect.stringContaining('not connected any more') },
    });
    expect(await own('PUT', conversation, { on: true, records })).toMatchObject({
      state: 'on',
      sentence: null,
    });
    await until(async () => (await subscriptions()).length === 1);
    await act({ act: 'receive', subject: 'Dans l’autre boîte', account: 'ines' });
    await until(async () => (await called('Dans l’autre boîte')).length === 1, 40_000);
  }, 60_000);
});

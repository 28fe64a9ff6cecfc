import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AUDIENCE_ID } from '../../sandbox/mailchimp/account.ts';
import type { MailchimpClient } from '../../server/connectors/mailchimp/client.ts';
import { mailchimp } from '../../server/connectors/mailchimp/connector.ts';
import { mailchimpMember } from '../../server/connectors/mailchimp/member-object.ts';
import { memberOptions } from '../../server/connectors/mailchimp/member-options.ts';
import { webhooks } from '../../server/connectors/mailchimp/webhooks.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import type { Changes, Draft, FieldValue, SideRecord, WriteOutcome } from '../../server/core/sync-object.ts';
import { addMergeField } from './mailchimp-owner.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const JULIETTE = 'juliette@boulangerie-pelissier.example';
const KARIM = 'karim@garage-benali.example';
const FIELDS = ['EMAIL', 'NAME', 'FNAME', 'PHONE', 'COMPANY', 'opted_out', 'tags', 'status'];
const OPTIONS = { audience: AUDIENCE_ID, newStatus: 'subscribed', tagPrefix: 'CRM: ' };

let sandbox: OpenSandbox;
let connected: Connected<MailchimpClient>;
let client: MailchimpClient;

beforeEach(async () => {
  sandbox = await openSandbox('mailchimp', { only: ['mailchimp'] });
  connected = await sandbox.connect(mailchimp);
  client = connected.client;
});
afterEach(() => sandbox.close());

const act = (wish: object): Promise<unknown> => sandbox.act('mailchimp', wish);
const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );
const failed = (outcome: WriteOutcome | undefined): LiaisonError => {
  if (outcome === undefined || outcome.ok) throw new Error('expected a failure');
  return outcome.error;
};
const draft = (values: Draft['values']): Draft => ({ marker: 'm', values });

/** Everything from the cursor on. */
async function follow(
  cursor: FieldValue,
  fields: readonly string[] = FIELDS,
): Promise<{ records: SideRecord[]; cursor: FieldValue; calls: number }> {
  const before = connected.exchanges.length;
  const records: SideRecord[] = [];
  for (let at = cursor; ; ) {
    const look: Changes = await mailchimpMember.changes(client, {
      cursor: at,
      fields,
      options: OPTIONS,
    });
    records.push(...look.records);
    at = JSON.parse(JSON.stringify(look.cursor)) as FieldValue;
    if (!look.more) return { records, cursor: at, calls: connected.exchanges.length - before };
  }
}

async function idOf(email: string): Promise<string> {
  const { records } = await follow(null);
  const found = records.find(({ values }) => values.EMAIL === email);
  if (found === undefined) throw new Error(`nobody has ${email}`);
  return found.id;
}

describe('the account', () => {
  it('is the company’s, in the data centre that the sign-in names', async () => {
    expect(connected.account).toMatchObject({ name: 'Atelier Lumen', facts: { dataCentre: 'us21' } });
    await client.listAudiences();
    expect(hostsOf(connected.exchanges)).toEqual(['login.mailchimp.com', 'us21.api.mailchimp.com']);
  });

  it('fails with reconnect when the token is no good, at the sign-in and later', async () => {
    expect((await failureOf(sandbox.connect(mailchimp, 'wrong'))).kind).toBe('reconnect');
  });
});

describe('the audience', () => {
  it('tells itself, its fields and its members', async () => {
    expect(await client.listAudiences()).toMatchObject([{ id: AUDIENCE_ID, name: 'Clients et prospects' }]);
    const fields = await mailchimpMember.fields(client, OPTIONS);
    expect(fields.map(({ id, kind }) => [id, kind])).toEqual([
      ['EMAIL', 'email'],
      ['NAME', 'name'],
      ['FNAME', 'text'],
      ['LNAME', 'text'],
      ['PHONE', 'phone'],
      ['COMPANY', 'company'],
      ['opted_out', 'consent'],
      ['tags', 'labels'],
      ['status', 'choice'],
      ['member_rating', 'number'],
      ['avg_open_rate', 'number'],
      ['avg_click_rate', 'number'],
      ['opens', 'number'],
      ['clicks', 'number'],
      ['last_open', 'date'],
      ['last_click', 'date'],
      ['last_campaign', 'text'],
    ]);
    await addMergeField(sandbox.url, { tag: 'CITY', type: 'text' });
    expect((await client.listMergeFields(AUDIENCE_ID)).map(({ tag }) => tag)).toContain('CITY');
  });

  it('is one of those that an admin chooses from', async () => {
    const choices = await Promise.all(memberOptions.map((option) => option.choices?.(client) ?? []));
    expect(choices.map((some) => some.map(({ id }) => id))).toEqual([
      [AUDIENCE_ID],
      ['transactional', 'pending', 'subscribed'],
      [],
      [],
    ]);
  });

  it('is no audience when none was chosen', async () => {
    const thrown = await failureOf(Promise.resolve().then(() => mailchimpMember.fields(client, {})));
    expect(thrown.details.sentence.fr).toContain('audience');
  });
});

describe('following the audience', () => {
  it('tells everybody once, then only what changed, then nothing', async () => {
    const all = await follow(null);
    expect(new Set(all.records.map(({ id }) => id)).size).toBe(all.records.length);
    expect(all.records.find(({ values }) => values.EMAIL === JULIETTE)).toMatchObject({
      label: `Juliette Pélissier (${JULIETTE})`,
      values: { NAME: { given: 'Juliette', family: 'Pélissier' }, opted_out: false, status: 'subscribed' },
    });
    expect(all.records.filter(({ values }) => values.opted_out === true)).toHaveLength(3);
    await act({ act: 'change', email: JULIETTE, mergeFields: { PHONE: '+33 4 65 71 20 77' } });
    await act({ act: 'unsubscribe', email: KARIM });
    const changed = await follow(all.cursor);
    expect(changed.records.map(({ values }) => values.EMAIL).sort()).toEqual([JULIETTE, KARIM]);
    expect((await follow(changed.cursor)).records).toEqual([]);
  });

  it('costs two calls, however many people there are, and misses nobody of the same second', async () => {
    await sandbox.seed('mailchimp', { contacts: 2_500 });
    const all = await follow(null);
    expect(all.records.length).toBeGreaterThan(2_500);
    expect(all.calls).toBeLessThanOrEqual(4);
    await act({ act: 'change', email: JULIETTE, mergeFields: { FNAME: 'Julie' } });
    const changed = await follow(all.cursor);
    await act({ act: 'change', email: JULIETTE, mergeFields: { FNAME: 'Juju' } });
    await act({ act: 'change', email: KARIM, mergeFields: { FNAME: 'K.' } });
    const again = await follow(changed.cursor);
    expect(changed.records.map(({ values }) => values.FNAME)).toEqual(['Julie']);
    expect(again.records.map(({ values }) => values.EMAIL)).toContain(KARIM);
    expect([changed.calls, again.calls]).toEqual([2, 2]);
  });

  it('reads on where thousands changed in one second', async () => {
    const writes = Array.from({ length: 1_500 }, (_, n) =>
      draft({ EMAIL: `client-${n}@salon.example`, NAME: { given: 'C', family: `${n}` } }),
    );
    const { cursor } = await follow(null);
    for (let at = 0; at < writes.length; at += 500) {
      const outcomes = await mailchimpMember.create(client, writes.slice(at, at + 500), OPTIONS);
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
    }
    const { records } = await follow(cursor);
    expect(new Set(records.map(({ id }) => id)).size).toBe(1_500);
  });

  it('shows those who were archived, and leaves them out', async () => {
    const { cursor } = await follow(null);
    const id = await idOf(JULIETTE);
    await act({ act: 'archive', email: JULIETTE });
    const [archived] = (await follow(cursor)).records;
    expect(archived).toMatchObject({ id, excluded: { fr: expect.stringContaining('archivée') } });
    const read = await mailchimpMember.read(client, {
      ids: [id, 'nobody'],
      fields: FIELDS,
      options: OPTIONS,
    });
    expect(read).toMatchObject([{ id, values: { status: 'archived' } }]);
  });

  it('knows a person whose address changed as the same one', async () => {
    const id = await idOf(JULIETTE);
    const { cursor } = await follow(null);
    await act({ act: 'change', email: JULIETTE, newEmail: 'juliette@pelissier.example' });
    expect((await follow(cursor)).records).toMatchObject([
      { id, values: { EMAIL: 'juliette@pelissier.example' } },
    ]);
  });

  it('reads many by id in few calls, and a few one by one', async () => {
    await sandbox.seed('mailchimp', { contacts: 1_200 });
    const { records } = await follow(null);
    const ids = records.map(({ id }) => id).slice(0, 500);
    const before = connected.exchanges.length;
    expect(await mailchimpMember.read(client, { ids, fields: ['EMAIL'], options: OPTIONS })).toHaveLength(
      500,
    );
    expect(connected.exchanges.length - before).toBeLessThanOrEqual(4);
  });
});

describe('writing members', () => {
  it('takes 500 in one call, and says of each what became of it', async () => {
    await act({ act: 'delete', email: KARIM });
    const before = connected.exchanges.length;
    const outcomes = await mailchimpMember.create(
      client,
      [
        draft({
          EMAIL: 'eve@client.example',
          NAME: { given: 'Ève', family: 'Roux' },
          PHONE: '+33 6 39 98 00 01',
        }),
        draft({ EMAIL: 'EVE@client.example', FNAME: 'Autre' }),
        draft({ EMAIL: KARIM }),
        draft({ EMAIL: 'nobody@example.com' }),
        draft({ EMAIL: 'long@client.example', COMPANY: 'x'.repeat(300) }),
        draft({ FNAME: 'Sans adresse' }),
        draft({ EMAIL: 'opposed@client.example', opted_out: true }),
      ],
      OPTIONS,
    );
    expect(connected.exchanges.length - before).toBe(1);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, false, false, false, false, true]);
    expect(outcomes[0]).toMatchObject({ values: { NAME: { given: 'Ève', family: 'Roux' } } });
    expect(failed(outcomes[1])).toMatchObject({ kind: 'rejected', details: { field: 'EMAIL' } });
    expect(failed(outcomes[2]).details.sentence.fr).toContain('supprimées définitivement');
    expect(failed(outcomes[3]).details.vendorMessage).toContain('looks fake or invalid');
    expect(failed(outcomes[4]).details).toMatchObject({
      field: 'COMPANY',
      vendorMessage: expect.stringContaining('255'),
    });
    expect(failed(outcomes[5]).details.field).toBe('EMAIL');
    const { members } = await client.listMembers(AUDIENCE_ID, { status: 'unsubscribed' });
    expect(members.map(({ email }) => email)).toContain('opposed@client.example');
  });

  it('does nothing twice when it is sent twice', async () => {
    const drafts = [draft({ EMAIL: 'deux@client.example', FNAME: 'Deux', tags: ['Salon'] })];
    const first = await mailchimpMember.create(client, drafts, OPTIONS);
    const second = await mailchimpMember.create(client, drafts, OPTIONS);
    expect(second).toMatchObject([{ ok: true, id: first[0]?.ok === true ? first[0].id : '' }]);
    expect((await sandbox.ledger('mailchimp')).filter(({ action }) => action === 'create')).toMatchObject([
      { object: 'member' },
      { object: 'segment' },
    ]);
  });

  it('changes only the fields that are given, and clears with a blank', async () => {
    const id = await idOf(JULIETTE);
    const whole = { EMAIL: JULIETTE, PHONE: null, COMPANY: 'Pélissier & Filles' };
    const outcomes = await mailchimpMember.update(
      client,
      [{ id, version: null, values: { PHONE: null, COMPANY: 'Pélissier & Filles' }, whole }],
      OPTIONS,
    );
    expect(outcomes).toMatchObject([
      { ok: true, id, values: { PHONE: null, COMPANY: 'Pélissier & Filles' } },
    ]);
    const member = await client.getMember(AUDIENCE_ID, id);
    expect(member?.mergeFields).toMatchObject({
      FNAME: 'Juliette',
      PHONE: '',
      COMPANY: 'Pélissier & Filles',
    });
    const [record] = await mailchimpMember.read(client, { ids: [id], fields: FIELDS, options: OPTIONS });
    expect(record?.version).toBe(outcomes[0]?.ok === true ? outcomes[0].version : '');
  });

  it('gives another address to the same person', async () => {
    const id = await idOf(JULIETTE);
    const moved = { EMAIL: 'j@pelissier.example' };
    const taken = { EMAIL: KARIM };
    const patch = (values: Draft['values']) => ({ id, version: null, values, whole: values });
    expect(await mailchimpMember.update(client, [patch(moved)], OPTIONS)).toMatchObject([{ ok: true, id }]);
    const [refused] = await mailchimpMember.update(client, [patch(taken)], OPTIONS);
    expect(failed(refused).details.sentence.fr).toContain('Une autre personne');
  });

  it('keeps its hands off a person who was archived or moved since they were read', async () => {
    const id = await idOf(JULIETTE);
    await act({ act: 'archive', email: JULIETTE });
    const patch = { id, version: null, values: { FNAME: 'J' }, whole: { EMAIL: JULIETTE, FNAME: 'J' } };
    const [outcome] = await mailchimpMember.update(client, [patch], OPTIONS);
    expect(failed(outcome).kind).toBe('conflict');
    expect((await client.getMember(AUDIENCE_ID, id))?.status).toBe('archived');
  });

  it('archives, also who is archived already', async () => {
    const id = await idOf(JULIETTE);
    await mailchimpMember.remove(client, [id], OPTIONS);
    expect(await mailchimpMember.remove(client, [id], OPTIONS)).toMatchObject([{ ok: true }]);
    expect(await mailchimpMember.remove(client, ['nobody'], OPTIONS)).toMatchObject([{ ok: true }]);
    expect((await client.getMember(AUDIENCE_ID, id))?.status).toBe('archived');
  });

  it('never subscribes again who left: not by a change, not by a new record, not after archiving', async () => {
    const id = await idOf(JULIETTE);
    const subscribed = async (): Promise<boolean> =>
      (await client.getMember(AUDIENCE_ID, id))?.status === 'subscribed';
    const back = { EMAIL: JULIETTE, FNAME: 'Julie', opted_out: false };
    for (const by of ['user', 'admin']) {
      await act({ act: 'unsubscribe', email: JULIETTE, by });
      await mailchimpMember.create(client, [draft(back)], OPTIONS);
      await mailchimpMember.update(client, [{ id, version: null, values: back, whole: back }], OPTIONS);
      await mailchimpMember.update(
        client,
        [{ id, version: null, values: { opted_out: null, FNAME: 'J' }, whole: back }],
        OPTIONS,
      );
      expect(await subscribed()).toBe(false);
      if (by === 'user') {
        await mailchimpMember.remove(client, [id], OPTIONS);
        const [outcome] = await mailchimpMember.create(client, [draft(back)], OPTIONS);
        expect(failed(outcome).details.sentence.fr).toContain('désabonnée');
        expect(await subscribed()).toBe(false);
      }
      await act({ act: 'sign-up', email: JULIETTE });
    }
  });

  it('unsubscribes, and nothing else, when the person opted out elsewhere', async () => {
    const id = await idOf(JULIETTE);
    const patch = {
      id,
      version: null,
      values: { opted_out: true },
      whole: { EMAIL: JULIETTE, opted_out: true },
    };
    expect(await mailchimpMember.update(client, [patch], OPTIONS)).toMatchObject([
      { ok: true, values: { opted_out: true } },
    ]);
    expect((await client.getMember(AUDIENCE_ID, id))?.status).toBe('unsubscribed');
  });
});

describe('tags', () => {
  it('follow the record: one call for each tag, those of other people’s making left alone', async () => {
    const [juliette, karim] = [await idOf(JULIETTE), await idOf(KARIM)];
    await client.setTags(AUDIENCE_ID, juliette, { add: ['VIP', 'CRM: Ancien'], remove: [] });
    const patch = (id: string, email: string, tags: string[]) => ({
      id,
      version: null,
      values: { tags },
      whole: { EMAIL: email, tags },
    });
    const outcomes = await mailchimpMember.update(
      client,
      [patch(juliette, JULIETTE, ['Salon']), patch(karim, KARIM, ['Salon', 'Site web'])],
      OPTIONS,
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect((await client.getMember(AUDIENCE_ID, juliette))?.tags.sort()).toEqual(['CRM: Salon', 'VIP']);
    const read = await mailchimpMember.read(client, { ids: [karim], fields: ['tags'], options: OPTIONS });
    expect(read).toMatchObject([{ values: { tags: ['Salon', 'Site web'] } }]);
  });

  it('follow rules where there are some, and are told back as the labels that they stand for', async () => {
    const juliette = await idOf(JULIETTE);
    await client.setTags(AUDIENCE_ID, juliette, {
      add: ['VIP', 'CRM: Ancien', 'salons', 'Perdu'],
      remove: [],
    });
    const options = { ...OPTIONS, tagRules: 'Trade Show = Salons; Web Download = Web; Cold Call = Perdu' };
    const write = (labels: string) => {
      const patch = { id: juliette, version: null, values: { tags: labels }, whole: { EMAIL: JULIETTE } };
      return mailchimpMember.update(client, [patch], options);
    };
    expect(await write('Trade Show')).toMatchObject([{ ok: true, values: { tags: ['Trade Show'] } }]);
    const held = async () => (await client.getMember(AUDIENCE_ID, juliette))?.tags.sort();
    expect(await held()).toEqual(['CRM: Ancien', 'VIP', 'salons']);
    expect(await write('Advertisement')).toMatchObject([{ ok: true, values: { tags: [] } }]);
    expect(await held()).toEqual(['CRM: Ancien', 'VIP']);
  });

  it('that somebody spelled in another case are told as they are spelled', async () => {
    const [juliette, karim] = [await idOf(JULIETTE), await idOf(KARIM)];
    await client.setTags(AUDIENCE_ID, karim, { add: ['crm: salon'], remove: [] });
    const patch = { id: juliette, version: null, values: { tags: ['Salon'] }, whole: { EMAIL: JULIETTE } };
    const outcomes = await mailchimpMember.update(client, [patch], OPTIONS);
    const read = await mailchimpMember.read(client, { ids: [juliette], fields: ['tags'], options: OPTIONS });
    expect(read[0]?.values).toEqual({ tags: ['salon'] });
    expect(outcomes).toMatchObject([{ ok: true, values: read[0]?.values }]);
  });

  it('of many people take a call for each tag, not for each person', async () => {
    await sandbox.seed('mailchimp', { contacts: 60 });
    const { records } = await follow(null);
    const crowd = records.filter(({ values }) => String(values.EMAIL).endsWith('@clients.example'));
    const before = connected.exchanges.length;
    const outcomes = await mailchimpMember.update(
      client,
      crowd.map(({ id, values }, index) => ({
        id,
        version: null,
        values: { tags: index % 2 === 0 ? ['Pair'] : [] },
        whole: { EMAIL: values.EMAIL ?? '' },
      })),
      OPTIONS,
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(connected.exchanges.length - before).toBe(4);
    const tagged = (await follow(null)).records.filter(({ values }) => String(values.tags) === 'Pair');
    expect(tagged).toHaveLength(30);
  });
});

describe('campaigns', () => {
  it('tell what became of their mails, and what each person did', async () => {
    const { campaigns } = await client.latestCampaigns(AUDIENCE_ID, 10);
    expect(campaigns.map(({ title }) => title)).toEqual(['Lettre de novembre', 'Lettre d’octobre']);
    const last = campaigns[0]?.id ?? '';
    const { mails, total } = await client.emailActivity(last);
    expect([mails.length, total]).toEqual([campaigns[0]?.sent, campaigns[0]?.sent]);
    const readers = (kind: string) =>
      mails.filter(({ events }) => events.some((event) => event.kind === kind)).length;
    expect({ opened: readers('open'), clicked: readers('click') }).toEqual({ opened: 7, clicked: 3 });
    const now = new Date(Date.now() - 5_000).toISOString();
    expect((await client.emailActivity(last, { since: now })).mails).toEqual([]);
    await act({ act: 'click', email: 'kenji@nobody.example' }).catch(() => undefined);
    await act({ act: 'click', email: JULIETTE, url: 'https://www.atelier-lumen.example/offre' });
    expect(await client.emailActivity(last, { since: now })).toMatchObject({
      mails: [
        { email: JULIETTE, events: [{ kind: 'click', detail: 'https://www.atelier-lumen.example/offre' }] },
      ],
    });
    const timeline = await client.memberActivity(AUDIENCE_ID, await idOf(JULIETTE));
    expect(timeline.map(({ kind }) => kind)).toEqual([
      'click',
      'click',
      'open',
      'sent',
      'click',
      'open',
      'sent',
    ]);
    expect(timeline[0]).toMatchObject({ campaign: 'Lettre de novembre' });
  });
});

describe('what people read', () => {
  const READ = ['EMAIL', 'opens', 'clicks', 'last_open', 'last_click', 'last_campaign'];
  const today = () => new Date().toISOString().slice(0, 10);
  const valuesOf = (records: readonly SideRecord[], email: string) =>
    records.find(({ values }) => values.EMAIL === email)?.values;

  it('stands in each member’s fields, whether listed or read alone', async () => {
    const { records } = await follow(null, READ);
    expect(valuesOf(records, JULIETTE)).toMatchObject({
      opens: 2,
      clicks: 2,
      last_campaign: 'Lettre de novembre',
    });
    expect(valuesOf(records, KARIM)).toMatchObject({ opens: 1, clicks: 1 });
    const [alone] = await mailchimpMember.read(client, {
      ids: [records.find(({ values }) => values.EMAIL === JULIETTE)?.id ?? ''],
      fields: READ,
      options: OPTIONS,
    });
    expect(alone?.values).toEqual(valuesOf(records, JULIETTE));
  });

  it('is found as it happens, of those who read something alone, and costs one call while nobody does', async () => {
    const first = await follow(null, READ);
    await act({ act: 'open', email: KARIM });
    await act({ act: 'click', email: KARIM });
    await act({ act: 'open', email: KARIM });
    const next = await follow(first.cursor, READ);
    expect(next.records.map(({ values }) => values)).toEqual([
      {
        EMAIL: KARIM,
        opens: 3,
        clicks: 2,
        last_open: today(),
        last_click: today(),
        last_campaign: 'Lettre de novembre',
      },
    ]);
    // Members, archived ones, campaigns.
    expect((await follow(next.cursor, READ)).calls).toBe(3);
    await act({ act: 'send', title: 'Lettre de décembre' });
    await act({ act: 'open', email: JULIETTE });
    const last = await follow(next.cursor, READ);
    expect(last.records.map(({ values }) => [values.EMAIL, values.opens, values.last_campaign])).toEqual([
      [JULIETTE, 3, 'Lettre de décembre'],
    ]);
  });

  it('is found of everybody when a field of it is mapped later', async () => {
    const { cursor } = await follow(null);
    const { records } = await follow(cursor, READ);
    expect(valuesOf(records, JULIETTE)).toMatchObject({ opens: 2 });
    expect(records.length).toBeGreaterThan(5);
  });

  it('is not asked for where no field of it is mapped', async () => {
    const { cursor } = await follow(null);
    await follow(cursor);
    expect(connected.exchanges.filter(({ url }) => /campaigns|reports/.test(url))).toEqual([]);
  });
});

describe('webhooks', () => {
  let listener: Server;
  let heard: { body: Record<string, string>; secret: string | null }[];
  let next: () => void;

  beforeEach(async () => {
    heard = [];
    next = () => {};
    listener = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        const secret = new URL(request.url ?? '', 'http://here').searchParams.get('secret');
        if (request.method === 'POST')
          heard.push({ body: Object.fromEntries(new URLSearchParams(text)), secret });
        response.writeHead(200).end();
        next();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => listener.once('listening', resolve));
  });
  afterEach(() => new Promise((resolve) => listener.close(resolve)));

  const wish = (secret: string, topics: readonly string[]) => ({
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hooks/mailchimp/key`,
    secret,
    topics,
  });
  const subscribe = async (secret: string, topics: readonly string[]) =>
    (await webhooks.subscribe?.(client, wish(secret, topics))) ?? [];

  it('carry the secret in the address, and are taken up again where they stand', async () => {
    const [first] = await subscribe('one', ['unsubscribe']);
    const [second] = await subscribe('two', ['unsubscribe', 'cleaned', 'profile']);
    expect(second).toEqual(first);
    expect(await sandbox.webhooks()).toMatchObject([
      { secret: 'two', scheme: 'url-secret', topics: ['unsubscribe', 'profile', 'cleaned'] },
    ]);
    await act({ act: 'unsubscribe', email: JULIETTE });
    while (heard.length < 1)
      await new Promise<void>((resolve) => {
        next = resolve;
      });
    expect(heard[0]?.secret).toBe('two');
    expect(webhooks.read(heard[0]?.body ?? {}, {})).toEqual([
      { key: null, topic: 'unsubscribe', recordId: null },
    ]);
    await webhooks.unsubscribe?.(client, first ?? { kind: 'url-secret', vendorId: '' });
    await webhooks.unsubscribe?.(client, first ?? { kind: 'url-secret', vendorId: '' });
    expect(await sandbox.webhooks()).toEqual([]);
  });

  it('show no secret in what the log keeps of them', async () => {
    await subscribe('a-very-secret-word', ['profile']);
    expect(JSON.stringify(connected.exchanges)).not.toContain('a-very-secret-word');
  });

  it('are read in every form that Mailchimp sends', () => {
    const body = (type: string, data: Record<string, string>) => ({
      type,
      fired_at: '2026-11-24 08:00:00',
      'data[list_id]': AUDIENCE_ID,
      ...Object.fromEntries(Object.entries(data).map(([name, value]) => [`data[${name}]`, value])),
    });
    const topicsOf = (given: Record<string, string>) => webhooks.read(given, {})?.map(({ topic }) => topic);
    expect(topicsOf(body('cleaned', { email: JULIETTE, reason: 'hard' }))).toEqual(['cleaned']);
    expect(topicsOf(body('upemail', { new_email: JULIETTE, old_email: KARIM }))).toEqual(['upemail']);
    expect(webhooks.read(body('campaign', { id: 'c1', status: 'sent' }), {})).toMatchObject([
      { recordId: 'c1' },
    ]);
    expect(webhooks.read(body('tomorrow', { email: JULIETTE }), {})).toBeNull();
    expect(webhooks.read(body('profile', {}), {})).toBeNull();
  });
});

describe('faults', () => {
  it('that shut out who calls too much are waited for', async () => {
    await sandbox.fault('mailchimp', { status: 403 });
    expect((await failureOf(client.listAudiences())).kind).toBe('rate-limited');
  });

  it('that lose the answer of a batch say that it may have been done', async () => {
    await sandbox.fault('mailchimp', { commitThenFail: '500', count: 1 });
    const drafts = [draft({ EMAIL: 'perdu@client.example' })];
    const error = await failureOf(Promise.resolve(mailchimpMember.create(client, drafts, OPTIONS)));
    expect(error).toMatchObject({ kind: 'retry-later', details: { mayHaveHappened: true } });
    expect(await mailchimpMember.create(client, drafts, OPTIONS)).toMatchObject([{ ok: true }]);
    expect((await sandbox.ledger('mailchimp')).filter(({ action }) => action === 'create')).toHaveLength(1);
  });
});

it('an address of another data centre is never sent the token', async () => {
  const foreign = { ...mailchimp, client: (http: { fetch: typeof fetch }) => http };
  const { client: http } = await sandbox
    .connect({ ...foreign, identify: async () => connected.account } as never)
    .then((one) => one as unknown as { client: { fetch: typeof fetch } });
  expect((await failureOf(http.fetch('https://us5.api.mailchimp.com/3.0/ping'))).kind).toBe('rejected');
  expect((await failureOf(http.fetch('https://us21.api.mailchimp.com.evil.example/'))).kind).toBe('rejected');
});

it('a webhook that somebody took away, or told less, is noticed; one that stands is not', async () => {
  // Mailchimp tries the address before it takes it.
  const door = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/hooks/mailchimp/inspected`;
  const wish = { url, secret: 'secret', topics: ['subscribe', 'profile'] };
  const subscriptions = (await mailchimp.webhooks?.subscribe?.(client, wish)) ?? [];
  const found = () => mailchimp.webhooks?.inspect?.(client, wish, subscriptions);
  expect(subscriptions.length).toBeGreaterThan(0);
  expect(await found()).toEqual([]);
  const [audience = '', id = ''] = subscriptions[0]?.vendorId.split('/') ?? [];
  const [held] = (await client.listWebhooks(audience)).filter((one) => one.id === id);
  await client.changeWebhook(audience, id, {
    url: held?.url ?? '',
    events: { ...held?.events, profile: false },
    sources: held?.sources ?? {},
  } as never);
  expect(await found()).toMatchObject([{ is: 'changed', name: expect.any(String) }]);
  await client.deleteWebhook(audience, id);
  expect(await found()).toMatchObject([{ is: 'gone' }]);
  expect(await mailchimp.webhooks?.subscribe?.(client, wish)).not.toEqual(subscriptions);
  door.close();
});

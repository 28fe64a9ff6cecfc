import { BY_FORM, NEWSLETTER, TOPICS } from '../../sandbox/zoho-campaigns/seed.ts';
import type { ZohoCampaignsClient } from '../../server/connectors/zoho-campaigns/client.ts';
import { zohoCampaigns } from '../../server/connectors/zoho-campaigns/connector.ts';
import { subscriber } from '../../server/connectors/zoho-campaigns/subscriber-object.ts';
import { subscriberOptions } from '../../server/connectors/zoho-campaigns/subscriber-options.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import type { Draft, FieldValue, SideRecord, WriteOutcome } from '../../server/core/sync-object.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const JULIETTE = 'juliette@boulangerie-pelissier.example';
const HELENE = 'helene.delatour@clos-vert.example';
const FIELDS = ['contact_email', 'name', 'phone', 'companyname', 'opted_out', 'status'];
const OPTIONS = { list: NEWSLETTER, topic: TOPICS[0]?.id ?? '', optOut: 'list' };
const FORM = { ...OPTIONS, list: BY_FORM };

let sandbox: OpenSandbox;
let connected: Connected<ZohoCampaignsClient>;
let client: ZohoCampaignsClient;

beforeEach(async () => {
  sandbox = await openSandbox('zoho-campaigns', { only: ['zoho-campaigns', 'zoho-accounts'] });
  connected = await sandbox.connect(zohoCampaigns);
  client = connected.client;
});
afterEach(() => sandbox.close());

const act = (wish: object): Promise<unknown> => sandbox.act('zoho-campaigns', wish);
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
const patch = (id: string, values: Draft['values']) => ({ id, version: null, values, whole: values });
const callsOf = (path: string): number =>
  connected.exchanges.filter(({ url }) => new URL(url).pathname.endsWith(path)).length;

/** Everything from the cursor on. */
async function follow(
  cursor: FieldValue,
  options: typeof OPTIONS = OPTIONS,
): Promise<{ records: SideRecord[]; cursor: FieldValue; calls: number }> {
  const before = connected.exchanges.length;
  const records: SideRecord[] = [];
  for (let at = cursor; ; ) {
    const look = await subscriber.changes(client, { cursor: at, fields: FIELDS, options });
    records.push(...look.records);
    at = JSON.parse(JSON.stringify(look.cursor)) as FieldValue;
    if (!look.more) return { records, cursor: at, calls: connected.exchanges.length - before };
  }
}
const personOf = (records: readonly SideRecord[], email: string) => records.find(({ id }) => id === email);
const standingOf = async (email: string, list = NEWSLETTER) =>
  (await sandbox.state('zoho-campaigns')).memberships?.find(
    (row) => row.email === email && row.listKey === list,
  )?.standing;

describe('reading a list', () => {
  it('tells everybody once, whoever left among them, as one who opted out and of whom nothing else is changed', async () => {
    const { records } = await follow(null);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(personOf(records, JULIETTE)).toMatchObject({
      label: `Juliette Pélissier (${JULIETTE})`,
      values: {
        contact_email: JULIETTE,
        name: { given: 'Juliette', family: 'Pélissier' },
        companyname: 'Boulangerie Pélissier',
        opted_out: false,
        status: 'active',
      },
    });
    const left = records.filter(({ values }) => values.opted_out === true);
    expect(left.map(({ values }) => values.status).sort()).toEqual(['bounce', 'unsub']);
    for (const { withheld } of left) expect(Object.keys(withheld ?? {})).toContain('name');
    expect(personOf(records, JULIETTE)).not.toHaveProperty('withheld');
  });

  it('costs two calls while nobody comes or leaves', async () => {
    const first = await follow(null);
    const second = await follow(first.cursor);
    expect([second.records, second.calls]).toEqual([[], 2]);
  });

  it.each([
    ['unsubscribe', 'unsub'],
    ['bounce', 'bounce'],
    ['complain', 'spam'],
  ])('tells at the next look of somebody who left by %s', async (deed, status) => {
    const { cursor } = await follow(null);
    await act({ act: deed, email: JULIETTE });
    const { records } = await follow(cursor);
    expect(personOf(records, JULIETTE)?.values).toMatchObject({ opted_out: true, status });
  });

  it('reads 1,050 people in their pages, each once or twice and nobody missing', async () => {
    await sandbox.seed('zoho-campaigns', { contacts: 1_050, replace: true });
    const { records } = await follow(null);
    expect(new Set(records.map(({ id }) => id)).size).toBe(1_050);
    expect(callsOf('/getlistsubscribers')).toBeLessThan(15);
  });

  it('reads of a long list who left at once, and all of it neither for that nor for somebody who comes', async () => {
    await sandbox.seed('zoho-campaigns', { contacts: 1_050, replace: true });
    const { cursor } = await follow(null);
    const came = await subscriber.create(client, [draft({ contact_email: 'eve@essai.example' })], OPTIONS);
    expect(came).toMatchObject([{ ok: true }]);
    const second = await follow(cursor);
    expect([second.records, second.calls]).toEqual([[], 2]);
    await act({ act: 'unsubscribe', email: 'contact-00007@clients.example' });
    const third = await follow(second.cursor);
    expect(third.records.map(({ id, values }) => [id, values.opted_out])).toEqual([
      ['contact-00007@clients.example', true],
    ]);
    await act({ act: 'sign-up', email: 'contact-00007@clients.example' });
    const fourth = await follow(third.cursor);
    expect(personOf(fourth.records, 'contact-00007@clients.example')?.values.opted_out).toBe(false);
  });

  it('takes an empty answer for no empty list where somebody is counted there', async () => {
    const refusal = { code: '2502', message: 'Error in displaying contacts details.', status: 'error' };
    await sandbox.fault('zoho-campaigns', { status: 200, body: refusal, path: 'getlistsubscribers' });
    const failure = await failureOf(follow(null));
    expect(failure.kind).toBe('retry-later');
  });

  it('names what must be chosen first: the list, and a topic where the account has any', async () => {
    const none = await failureOf(subscriber.fields(client, { ...OPTIONS, list: '' }));
    expect(none.details.sentence.en).toContain('mailing list');
    const topic = await failureOf(subscriber.fields(client, { ...OPTIONS, topic: 'none' }));
    expect(topic.details).toMatchObject({ field: 'topic' });
    const gone = await failureOf(follow(null, { ...OPTIONS, list: 'x' }));
    expect(gone.kind).toBe('rejected');
  });

  it('offers lists by name, and says which of them ask people to confirm', async () => {
    const [list, topic] = subscriberOptions;
    const lists = await list?.choices?.(client);
    expect(lists?.[0]).toEqual({ id: NEWSLETTER, title: 'Lettre de l’atelier' });
    expect(lists?.[1]?.title).toMatchObject({ en: expect.stringContaining('asks to confirm') });
    expect((await topic?.choices?.(client))?.map(({ id }) => id)).toEqual([
      'none',
      ...TOPICS.map(({ id }) => id),
    ]);
  });
});

describe('the consent ratchet', () => {
  it('puts nobody in who opted out, left before, or shares an address, each with the reason, and the others all the same', async () => {
    await act({ act: 'unsubscribe', email: JULIETTE });
    const outcomes = await subscriber.create(
      client,
      [
        draft({ contact_email: 'Un@essai.example', name: { given: 'Un', family: 'Essai' } }),
        draft({ contact_email: 'deux@essai.example', opted_out: true }),
        draft({ contact_email: JULIETTE.toUpperCase() }),
        draft({ contact_email: 'un@essai.example' }),
        draft({ contact_email: 'info@essai.example' }),
        draft({ name: { given: 'Sans', family: 'Adresse' } }),
        draft({ contact_email: 'sept@essai.example' }),
      ],
      OPTIONS,
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, false, false, false, false, true]);
    expect(failed(outcomes[2]).details.sentence.en).toContain('Only they can subscribe again');
    expect(await standingOf(JULIETTE)).toBe('unsub');
    expect(await standingOf('deux@essai.example')).toBeUndefined();
    expect(await standingOf('un@essai.example')).toBe('active');
    expect((await sandbox.ledger('zoho-campaigns')).map(({ id }) => id)).toEqual([
      `${NEWSLETTER} un@essai.example`,
      `${NEWSLETTER} sept@essai.example`,
    ]);
  });

  it('says before anything is sent that one who opted out is not put in', () => {
    expect(subscriber.declines?.({ opted_out: true })?.en).toContain('opted out');
    expect(subscriber.declines?.({ opted_out: false })).toBeNull();
  });

  it('changes nobody who left between the look and the write: the change is looked at again instead', async () => {
    await act({ act: 'unsubscribe', email: JULIETTE });
    const [outcome, other] = await subscriber.update(
      client,
      [patch(JULIETTE, { phone: '+33 4 65 71 99 99' }), patch(HELENE, { phone: '+33 4 65 71 99 98' })],
      OPTIONS,
    );
    expect(failed(outcome).kind).toBe('conflict');
    expect(await standingOf(JULIETTE)).toBe('unsub');
    expect(other?.ok).toBe(true);
    const [row] = await subscriber.read(client, { ids: [HELENE], fields: FIELDS, options: OPTIONS });
    expect(row?.values.phone).toBe('+33 4 65 71 99 98');
  });

  it('takes out who opted out on the other side, of the list or of all, and repeating it does nothing', async () => {
    const out = [patch(JULIETTE, { opted_out: true, phone: '1' })];
    for (let time = 0; time < 2; time += 1)
      expect(await subscriber.update(client, out, OPTIONS)).toMatchObject([
        { ok: true, leftAlone: ['phone'] },
      ]);
    expect(await standingOf(JULIETTE)).toBe('unsub');
    const all = { ...OPTIONS, optOut: 'everything' };
    expect(await subscriber.update(client, [patch(HELENE, { opted_out: true })], all)).toMatchObject([
      { ok: true },
    ]);
    const contacts = (await sandbox.state('zoho-campaigns')).contacts ?? [];
    expect(contacts.filter(({ doNotMail }) => doNotMail).map(({ email }) => email)).toEqual([HELENE]);
  });

  it('reads who left once in a turn, however many lots are written in it, and again where somebody left meanwhile', async () => {
    await sandbox.seed('zoho-campaigns', { contacts: 450, replace: true });
    for (const n of [1, 2, 3]) await act({ act: 'unsubscribe', email: `contact-0000${n}@clients.example` });
    const lot = (from: number) =>
      Array.from({ length: 20 }, (_, n) => draft({ contact_email: `neu${from + n}@essai.example` }));
    const change = (n: number) =>
      patch(`contact-0001${n}@clients.example`, { phone: `+33 4 65 71 99 0${n}` });
    const made = async (work: Promise<readonly WriteOutcome[]>) =>
      expect((await work).every(({ ok }) => ok)).toBe(true);
    await made(subscriber.create(client, lot(0), OPTIONS));
    const before = callsOf('/getlistsubscribers');
    for (const from of [20, 40]) {
      await made(subscriber.create(client, lot(from), OPTIONS));
      await made(subscriber.update(client, [change(from / 20)], OPTIONS));
      const out = patch(`neu${from}@essai.example`, { opted_out: true });
      await made(subscriber.update(client, [change(3), out], OPTIONS));
    }
    expect(callsOf('/getlistsubscribers')).toBe(before);
    await act({ act: 'unsubscribe', email: 'contact-00015@clients.example' });
    const [outcome] = await subscriber.update(client, [change(5)], OPTIONS);
    expect(failed(outcome).kind).toBe('conflict');
  });

  it('changes no address: whoever has another one now is told of', async () => {
    const wish = [patch(JULIETTE, { contact_email: 'nouvelle@essai.example' })];
    const [outcome] = await subscriber.update(client, wish, OPTIONS);
    expect(failed(outcome).details).toMatchObject({ field: 'contact_email' });
    expect(await sandbox.ledger('zoho-campaigns')).toEqual([]);
  });

  it('asks nobody a second time to confirm: a change of one who did not yet waits', async () => {
    const made = await subscriber.create(client, [draft({ contact_email: 'eve@essai.example' })], FORM);
    expect(made).toMatchObject([{ ok: true, id: 'eve@essai.example' }]);
    const wish = [patch('eve@essai.example', { phone: '+33 4 65 71 99 97' })];
    const [waits] = await subscriber.update(client, wish, FORM);
    expect(failed(waits).kind).toBe('retry-later');
    expect(await sandbox.ledger('zoho-campaigns')).toHaveLength(1);
    expect(subscriber.isListed?.({}, FORM, 0)).toBe(false);
    await act({ act: 'confirm', email: 'eve@essai.example', list: BY_FORM });
    expect(await subscriber.update(client, wish, FORM)).toMatchObject([{ ok: true }]);
  });
});

describe('limits', () => {
  it('hold fewer calls of each method than Campaigns lets through, of subscribing by the minute, the hour and the day', () => {
    const of = (call: string) => zohoCampaigns.budgets.filter(({ of: counted }) => counted?.test(call));
    const subscribing = of('POST /api/v1.1/json/listsubscribe');
    expect(subscribing.map(({ perMs }) => perMs)).toEqual([60_000, 3_600_000, 86_400_000]);
    const allowed = [500, 12_500, 75_000];
    expect(subscribing.every(({ calls }, index) => calls * 2 < (allowed[index] ?? 0))).toBe(true);
    const asked = new Set(connected.exchanges.map(({ url }) => new URL(url).pathname));
    for (const path of ['/api/v1.1/getlistsubscribers', '/api/v1.1/topics', ...asked]) {
      if (path.startsWith('/api/')) expect(of(`GET ${path}`)).toHaveLength(1);
    }
  });

  it('that are met all the same stop the lot: what was written counts, and nothing more is asked', async () => {
    await client.topics();
    const drafts = Array.from({ length: 5 }, (_, n) => draft({ contact_email: `n${n}@essai.example` }));
    await sandbox.fault('zoho-campaigns', { status: 429, path: 'json/listsubscribe$' });
    const outcomes = await subscriber.create(client, drafts, OPTIONS);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ ok: false, ofCall: true, error: { kind: 'rate-limited' } });
    expect(callsOf('/json/listsubscribe')).toBe(1);
  });
});

it('speaks to declared hosts only', async () => {
  await follow(null);
  for (const host of hostsOf(connected.exchanges)) expect(Object.keys(zohoCampaigns.hosts)).toContain(host);
});

import { AUDIENCE_ID } from '../../sandbox/mailchimp/account.ts';
import type { MailchimpClient } from '../../server/connectors/mailchimp/client.ts';
import { mailchimp } from '../../server/connectors/mailchimp/connector.ts';
import { mailchimpMember } from '../../server/connectors/mailchimp/member-object.ts';
import { webhooks } from '../../server/connectors/mailchimp/webhooks.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { refuse } from '../../server/core/sync/values-guard.ts';
import type { FieldValues, SideRecord, SyncField, WriteOutcome } from '../../server/core/sync-object.ts';
import { addMergeField } from './mailchimp-owner.ts';
import { type Connected, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

/** What an audience takes of a value, refuses, or shows otherwise: the object against the simulator. */

const KARIM = 'karim@garage-benali.example';
const JULIETTE = 'juliette@boulangerie-pelissier.example';
const OPTIONS = { audience: AUDIENCE_ID, newStatus: 'subscribed', tagPrefix: 'CRM: ' };
const PARTIAL = { addr1: '1 rue des Essais', addr2: '', city: '', state: '', zip: '', country: 'US' };

let sandbox: OpenSandbox;
let connected: Connected<MailchimpClient>;
let client: MailchimpClient;

beforeEach(async () => {
  sandbox = await openSandbox('mailchimp-values', { only: ['mailchimp'] });
  connected = await sandbox.connect(mailchimp);
  client = connected.client;
});
afterEach(() => sandbox.close());

const act = (wish: object): Promise<unknown> => sandbox.act('mailchimp', wish);

const addField = (wish: Parameters<typeof addMergeField>[1]) => addMergeField(sandbox.url, wish);

async function everybody(fields: readonly string[] = ['EMAIL', 'FNAME']): Promise<readonly SideRecord[]> {
  const { records } = await mailchimpMember.changes(client, { cursor: null, fields, options: OPTIONS });
  return records;
}
async function recordOf(email: string, fields?: readonly string[]): Promise<SideRecord> {
  const found = (await everybody(['EMAIL', ...(fields ?? [])])).find(({ values }) => values.EMAIL === email);
  if (found === undefined) throw new Error(`nobody has ${email}`);
  return found;
}
async function update(changes: readonly (readonly [email: string, values: FieldValues])[]) {
  const patches = await Promise.all(
    changes.map(async ([email, values]) => {
      const { id, version } = await recordOf(email);
      return { id, version, values, whole: { EMAIL: email, ...values } };
    }),
  );
  return mailchimpMember.update(client, patches, OPTIONS);
}
const failed = (outcome: WriteOutcome | undefined): LiaisonError => {
  if (outcome === undefined || outcome.ok) throw new Error('expected a failure');
  return outcome.error;
};
async function field(id: string): Promise<SyncField> {
  const found = (await mailchimpMember.fields(client, OPTIONS)).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no field ${id}`);
  return found;
}
async function create(...values: FieldValues[]): Promise<readonly WriteOutcome[]> {
  return mailchimpMember.create(
    client,
    values.map((one, index) => ({ marker: `m${index}`, values: one })),
    OPTIONS,
  );
}

describe('a member whose stored address is incomplete', () => {
  beforeEach(async () => {
    await addField({ tag: 'ADDRESS', type: 'address' });
    await act({ act: 'import', email: KARIM, mergeFields: { ADDRESS: PARTIAL } });
  });

  it('is refused any other change, with Mailchimp’s words, and the rest of the batch is written', async () => {
    const outcomes = await update([
      [KARIM, { FNAME: 'Karim-Ali' }],
      [JULIETTE, { FNAME: 'Julie' }],
    ]);
    expect(failed(outcomes[0])).toMatchObject({
      kind: 'rejected',
      details: {
        field: 'ADDRESS',
        vendorMessage: 'Your merge fields were invalid. ADDRESS: Please enter a complete address',
      },
    });
    expect(outcomes[1]).toMatchObject({ ok: true, values: { FNAME: 'Julie' } });
    expect((await recordOf(KARIM, ['FNAME'])).values.FNAME).toBe('Karim');
  });

  it('is refused alone as well, as by one who changes the address of the mail', async () => {
    const outcomes = await update([[KARIM, { EMAIL: 'karim.benali@garage-benali.example', FNAME: 'Ali' }]]);
    expect(failed(outcomes[0]).details).toMatchObject({
      field: 'ADDRESS',
      vendorMessage: expect.stringContaining('Please enter a complete address'),
    });
  });

  it('takes changes again once the address is complete, or empty', async () => {
    const complete = { ...PARTIAL, city: 'Lyon', state: 'Rhône', zip: '69001', country: 'FR' };
    expect(await update([[KARIM, { FNAME: 'Ali', ADDRESS: complete }]])).toMatchObject([{ ok: true }]);
    await act({ act: 'import', email: KARIM, mergeFields: { ADDRESS: { ...PARTIAL, addr1: '' } } });
    expect(await update([[KARIM, { FNAME: 'Karim' }]])).toMatchObject([{ ok: true }]);
  });
});

it('a change that is answered as done and was not stored shows in the answer', async () => {
  await act({ act: 'keep', email: KARIM, fields: ['FNAME'] });
  const outcomes = await update([[KARIM, { FNAME: 'Ali', COMPANY: 'Garage neuf' }]]);
  expect(outcomes).toMatchObject([{ ok: true, values: { FNAME: 'Karim', COMPANY: 'Garage neuf' } }]);
});

describe('a telephone field of American numbers', () => {
  beforeEach(() => addField({ tag: 'USPHONE', type: 'phone', options: { phone_format: 'US' } }));

  it.each(['(404) 555-1212', '404-555-1212', '404 555 1212', '+1 404 555 1212', '14045551212'])(
    'takes %s, and shows it its own way',
    async (number) => {
      expect(refuse(await field('USPHONE'), number)).toBeNull();
      const outcomes = await update([[KARIM, { USPHONE: number }]]);
      expect(outcomes).toMatchObject([{ ok: true, values: { USPHONE: '(404) 555-1212' } }]);
    },
  );

  it.each([
    '+33 6 12 34 56 78',
    '06 12 34 56 78',
    '+49 30 1234 5678',
    '+49 30 234 567',
    '555-1212',
    '404-555-1212 ext. 5',
    'none',
  ])('does not take %s: it is refused before it is sent, with what to do', async (number) => {
    const error = refuse(await field('USPHONE'), number);
    expect(error).toMatchObject({ kind: 'rejected', details: { field: 'USPHONE' } });
    expect(error?.details.sentence.en).toContain('(404) 555-1212');
    expect(error?.details.sentence.fr).toContain('Amérique du Nord');
  });

  it('is emptied, and the audience’s other telephone takes every number', async () => {
    expect(refuse(await field('USPHONE'), '')).toBeNull();
    expect(refuse(await field('PHONE'), '+33 6 12 34 56 78')).toBeNull();
  });
});

describe('a birthday', () => {
  beforeEach(() => addField({ tag: 'BIRTHDAY', type: 'birthday' }));

  it('is a month and a day, of a leap year too, and nothing else', async () => {
    const birthday = await field('BIRTHDAY');
    expect(birthday.kind).toBe('birthday');
    for (const good of ['03/12', '02/29', '12/31', '']) expect(refuse(birthday, good)).toBeNull();
    for (const bad of ['1985-03-12', '13/01', '00/10', '12/32', 'mars'])
      expect(refuse(birthday, bad)?.details.field).toBe('BIRTHDAY');
  });

  it('is read back as it stands, without a year', async () => {
    expect(await update([[KARIM, { BIRTHDAY: '02/29' }]])).toMatchObject([
      { ok: true, values: { BIRTHDAY: '02/29' } },
    ]);
    expect((await recordOf(KARIM, ['BIRTHDAY'])).values.BIRTHDAY).toBe('02/29');
  });
});

describe('one who was deleted for good', () => {
  const GONE = 'efface@clients.example';
  beforeEach(async () => {
    await act({ act: 'sign-up', email: GONE });
    await act({ act: 'delete', email: GONE });
  });

  it('is refused in a batch, without a retry by itself, and the others are made', async () => {
    const outcomes = await create({ EMAIL: GONE }, { EMAIL: 'venue@clients.example', FNAME: 'Ève' });
    expect(failed(outcomes[0])).toMatchObject({
      kind: 'rejected',
      details: { vendorMessage: expect.stringContaining('permanently deleted') },
    });
    expect(outcomes[1]).toMatchObject({ ok: true });
    expect((await everybody()).map(({ values }) => values.EMAIL)).not.toContain(GONE);
  });

  it('is refused alone by the title, which says the same', async () => {
    await sandbox.fault('mailchimp', {
      status: 400,
      methods: ['POST', 'PATCH'],
      body: {
        title: 'Forgotten Email Not Subscribed',
        status: 400,
        detail: `${GONE} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
      },
    });
    const thrown = await create({ EMAIL: GONE }).then(
      () => null,
      (error: unknown) => asLiaisonError(error),
    );
    expect(thrown?.kind).toBe('rejected');
    expect(thrown?.details.sentence.en).toContain('deleted for good');
  });
});

it('merge fields of almost the same tag are told apart', async () => {
  await addField({ tag: 'LEADSOURCE', type: 'text' });
  await addField({ tag: 'LEAD_SOURC', type: 'text' });
  await update([[KARIM, { LEADSOURCE: 'Salon', LEAD_SOURC: 'Site web' }]]);
  expect((await recordOf(KARIM, ['LEADSOURCE', 'LEAD_SOURC'])).values).toMatchObject({
    LEADSOURCE: 'Salon',
    LEAD_SOURC: 'Site web',
  });
  await update([[KARIM, { LEAD_SOURC: null }]]);
  expect((await recordOf(KARIM, ['LEADSOURCE', 'LEAD_SOURC'])).values).toMatchObject({
    LEADSOURCE: 'Salon',
    LEAD_SOURC: null,
  });
});

it.each([{ 'data[action]': 'unsub' }, { 'data[action]': 'delete' }, {}])(
  'an unsubscription is read with the action %j',
  (action) => {
    const body = {
      type: 'unsubscribe',
      fired_at: '2014-10-22 13:10:40',
      ...action,
      'data[reason]': 'manual',
      'data[id]': '94826aa750',
      'data[email]': KARIM,
      'data[merges][EMAIL]': KARIM,
      'data[list_id]': AUDIENCE_ID,
    };
    expect(webhooks.read(body, {})).toEqual([{ key: null, topic: 'unsubscribe', recordId: null }]);
  },
);

describe('values that are long, odd, missing or doubled', () => {
  it('a text of 300 characters is refused before it is sent, one of 255 emojis is kept', async () => {
    for (const id of ['COMPANY', 'FNAME', 'NAME']) {
      const value = id === 'NAME' ? { given: 'x'.repeat(300), family: '' } : 'x'.repeat(300);
      expect(refuse(await field(id), value)?.details.field).toBe(id);
    }
    const emojis = '🕯️✨'.repeat(85);
    expect([...emojis]).toHaveLength(255);
    expect(refuse(await field('COMPANY'), emojis)).toBeNull();
    expect(await update([[KARIM, { COMPANY: emojis }]])).toMatchObject([
      { ok: true, values: { COMPANY: emojis } },
    ]);
  });

  it('a member without a first name is made and read', async () => {
    expect(await create({ EMAIL: 'sans@clients.example', NAME: { given: '', family: 'Nom' } })).toMatchObject(
      [{ ok: true }],
    );
    expect((await recordOf('sans@clients.example', ['FNAME', 'LNAME'])).values).toMatchObject({
      FNAME: null,
      LNAME: 'Nom',
    });
  });

  it('an address in another case is the same person, and twice in one batch is told', async () => {
    const before = (await everybody()).length;
    const { id } = await recordOf(KARIM);
    const [first] = await create({ EMAIL: KARIM.toUpperCase(), COMPANY: 'Garage' });
    expect(first).toMatchObject({ ok: true, id });
    const twice = await create(
      { EMAIL: 'deux@clients.example', FNAME: 'Une' },
      { EMAIL: 'Deux@Clients.example', FNAME: 'Autre' },
    );
    expect(twice[0]).toMatchObject({ ok: true });
    expect(failed(twice[1]).details.sentence.en).toContain('Two records have this e-mail address');
    expect(await everybody()).toHaveLength(before + 1);
  });
});

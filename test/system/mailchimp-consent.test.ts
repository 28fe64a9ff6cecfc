import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { syncFor } from '../../server/core/sync-flow.ts';
import { announce } from '../../server/engine/notify.ts';
import { mailchimpCrm } from '../../server/flows/mailchimp-crm/flow.ts';
import { json, type LedgerEntry } from './liaison-process.ts';
import { type MailchimpServer, openMailchimpServer } from './mailchimp-world.ts';

/** People, each with a life of their own; all lives are lived at once. */
const PEOPLE = 200;
const STEPS = 6;

/** What happens to one person, in the one program or the other. What cannot be done then is passed over. */
const STEP = fc.constantFrom(
  'sign up',
  'unsubscribe',
  'unsubscribed by an admin',
  'bounce',
  'change in Mailchimp',
  'archive',
  'delete in Mailchimp',
  'opt out in the CRM',
  'take the mark away in the CRM',
  'change in the CRM',
  'another source in the CRM',
  'delete in the CRM',
  'enter in the CRM',
  'nothing',
);
type Step = typeof STEP extends fc.Arbitrary<infer One> ? One : never;
const LIVES = fc.record({
  lives: fc.array(fc.array(STEP, { minLength: STEPS, maxLength: STEPS }), {
    minLength: PEOPLE,
    maxLength: PEOPLE,
  }),
  /** After which steps the sync is given the time to come to rest. */
  rests: fc.array(fc.boolean(), { minLength: STEPS, maxLength: STEPS }),
});

let server: MailchimpServer;
let record: MailchimpServer['record'];
let liaison: MailchimpServer['liaison'];
let sync: MailchimpServer['sync'];
let crm: MailchimpServer['crm'];
let mailchimp: MailchimpServer['mailchimp'];

beforeAll(async () => {
  server = await openMailchimpServer();
  ({ record, liaison, sync, crm, mailchimp } = server);
});
afterAll(() => server.close());

const emailOf = (person: number): string => `vie-${String(person).padStart(3, '0')}@clients.example`;
const MEMBER_STEPS: Partial<Record<Step, [act: string, wish: object]>> = {
  'sign up': ['sign-up', { mergeFields: { FNAME: 'Revenue', LNAME: 'Par elle-même' } }],
  unsubscribe: ['unsubscribe', {}],
  'unsubscribed by an admin': ['unsubscribe', { by: 'admin' }],
  bounce: ['clean', {}],
  'change in Mailchimp': ['change', { mergeFields: { FNAME: 'Modifiée' } }],
  archive: ['archive', {}],
  'delete in Mailchimp': ['delete', {}],
};

const LEAVES: ReadonlySet<Step> = new Set(['unsubscribe', 'unsubscribed by an admin', 'bounce']);
const CRM_CHANGES: readonly [Step, object][] = [
  ['opt out in the CRM', { Email_Opt_Out: true }],
  ['take the mark away in the CRM', { Email_Opt_Out: false }],
  ['change in the CRM', { Phone: '+33 4 65 71 40 00' }],
  ['another source in the CRM', { Lead_Source: 'Trade Show' }],
];
const newcomer = (person: number) => ({ Last_Name: `Vie ${person}`, Email: emailOf(person) });

/** The boldest settings: whoever is new is subscribed, on both sides people are made. */
async function boldly(): Promise<void> {
  const { organisationId, integration: flow } = sync.key;
  const [row] = await sync.database.query<{ settings: { options: { left: object; right: object } } }>(
    'select settings from integrations where organisation_id = $1 and id = $2',
    [organisationId, flow],
  );
  const { left, right } = row?.settings.options ?? { left: {}, right: {} };
  const settings = {
    options: { left: { ...left, newStatus: 'subscribed' }, right },
    rules: { ...syncFor(mailchimpCrm, null).defaults.rules, create: { left: true, right: true } },
    brake: { records: 10_000, percent: 100 },
    everySeconds: 2,
  };
  await sync.database.query('update integrations set settings = $3 where organisation_id = $1 and id = $2', [
    organisationId,
    flow,
    JSON.stringify(settings),
  ]);
  await announce(sync.database, 'directory');
}

interface Line extends LedgerEntry {
  readonly seq: number;
}

/** What the simulator says it committed for Liaison, and who left before that. */
const seen: Line[] = [];
const leftAt = new Map<string, number>();

async function readLedger(): Promise<void> {
  const since = seen.at(-1)?.seq ?? 0;
  const { entries } = await json<{ entries: Line[] }>(
    `${liaison.sandboxUrl}/_sandbox/ledger?vendor=mailchimp&since=${since}`,
  );
  seen.push(...entries.filter(({ seq }) => seq > since));
}

/** Writes of a status by which people get mails, to an address that had left by then. */
const wrongs = () =>
  seen.flatMap(({ seq, object, operation, record: { email_address: email, status } }) => {
    const left = leftAt.get(String(email));
    const subscribes = object === 'member' && (status === 'subscribed' || status === 'pending');
    return subscribes && left !== undefined && seq > left ? [{ seq, left, operation, email, status }] : [];
  });

async function liveInMailchimp(steps: readonly Step[]): Promise<void> {
  for (const [person, step] of steps.entries()) {
    const [act, wish] = MEMBER_STEPS[step] ?? [];
    if (act === undefined) continue;
    const email = emailOf(person);
    const isDone = await mailchimp.act(act, { email, ...wish }).then(
      () => true,
      () => false,
    );
    if (!isDone) continue;
    // Only the person can come back, and then the next leave counts anew.
    if (step === 'sign up') leftAt.delete(email);
    else if (LEAVES.has(step)) {
      await readLedger();
      leftAt.set(email, seen.at(-1)?.seq ?? 0);
    }
  }
}

async function liveInCrm(steps: readonly Step[]): Promise<void> {
  const contacts = new Map((await crm.contacts()).map((one) => [one.Email, one]));
  const known = (step: Step) =>
    steps.flatMap((one, person) => (one === step ? (contacts.get(emailOf(person))?.id ?? []) : []));
  for (const [step, values] of CRM_CHANGES) await crm.update(known(step).map((id) => ({ id, ...values })));
  await crm.remove(known('delete in the CRM'));
  await crm.create(
    steps.flatMap((step, person) =>
      step === 'enter in the CRM' && !contacts.has(emailOf(person)) ? [newcomer(person)] : [],
    ),
  );
}

/** Linked people of whom one side says that they left, and the other that they did not. */
async function halfGone(): Promise<unknown[]> {
  const links = await sync.database.query<{ member: string; contact: string }>(
    'select left_id as member, right_id as contact from sync_links where organisation_id = $1 and integration = $2',
    [sync.key.organisationId, sync.key.integration],
  );
  const members = new Map((await mailchimp.members()).map((one) => [one.contactId, one]));
  const contacts = new Map((await crm.contacts()).map((one) => [one.id, one]));
  return links.flatMap(({ member, contact }) => {
    const [here, there] = [members.get(member), contacts.get(contact)];
    // Who is archived takes no part; who was deleted for good is met by the next sweep.
    if (here === undefined || here.archived || there === undefined) return [];
    const left = here.status === 'unsubscribed' || here.status === 'cleaned';
    const { email, status, lastChanged } = here;
    const { Email_Opt_Out: isOut, Modified_Time: modified } = there;
    return left === (isOut === true) ? [] : [{ email, status, lastChanged, isOut, modified }];
  });
}

describe('nobody who left is ever subscribed by the sync', () => {
  it(`whatever happens to ${PEOPLE} people in both programs at once`, async () => {
    await boldly();
    await crm.create(Array.from({ length: PEOPLE / 2 }, (_, person) => newcomer(person)));
    await sync.preview();
    await sync.apply();
    await fc.assert(
      fc.asyncProperty(LIVES, async ({ lives, rests }) => {
        for (const [turn, rest] of rests.entries()) {
          const steps = lives.map((life) => life[turn] ?? 'nothing');
          await Promise.all([liveInCrm(steps), liveInMailchimp(steps)]);
          if (rest) await sync.quiet();
        }
        await sync.quiet();
        await readLedger();
        expect(wrongs()).toEqual([]);
        expect(await halfGone()).toEqual([]);
      }),
      { numRuns: 1, endOnFailure: true },
    );
    expect(leftAt.size).toBeGreaterThan(PEOPLE / 10);
    expect(seen.filter(({ record: { status } }) => status === 'subscribed').length).toBeGreaterThan(
      PEOPLE / 2,
    );
  }, 240_000);

  it('nor asked for: no request carries another status than “unsubscribed” for somebody who is there', () => {
    const bodies = readFileSync(record, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"vendor":"mailchimp"'))
      .map((line) => JSON.parse(line) as { request: { body: string | null } });
    const statuses = bodies.flatMap(({ request: { body } }) => [
      ...(body ?? '').matchAll(/"status":"(\w+)"/g),
    ]);
    const others = new Set(statuses.map(([, status]) => status));
    // Tags have a status too.
    for (const known of ['unsubscribed', 'active', 'inactive']) others.delete(known);
    expect([...others]).toEqual([]);
  });
});

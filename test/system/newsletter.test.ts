import fc from 'fast-check';
import { NEWSLETTER, TOPICS } from '../../sandbox/zoho-campaigns/seed.ts';
import { endAll } from './aftermath.ts';
import { type CrmProgram, openCrm } from './crm-program.ts';
import { lookEagerly } from './eager-looks.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  play,
  startLiaison,
  until,
  webhookOf,
} from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, systemSync } from './syncs.ts';
import { call } from './tried.ts';
import { setFault } from './vendors.ts';

/**
 * A form's answer, the lead that it makes, the mailing list of Zoho Campaigns that the lead stands in, and what operators
 * of the site's chat see of that visitor.
 */

const PEOPLE = 40;
const STEPS = 4;

let place: ServedPlace;
let liaison: Liaison;
let crm: CrmProgram;
let sync: SystemSync;
let integration: string;

interface Membership {
  readonly listKey: string;
  readonly email: string;
  readonly standing: string;
}
const memberships = async (): Promise<Map<string, string>> => {
  const { tables } = await json<{ tables: { memberships: Membership[] } }>(
    `${liaison.sandboxUrl}/_sandbox/state/zoho-campaigns`,
  );
  const own = tables.memberships.filter(({ listKey }) => listKey === NEWSLETTER);
  return new Map(own.map(({ email, standing }) => [email, standing]));
};
const siq = async (wish: object): Promise<void> => {
  await json(`${liaison.sandboxUrl}/_sandbox/acts/zoho-salesiq`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
};
const stateOf = async (vendor: string): Promise<Record<string, Record<string, unknown>[]>> =>
  (
    await json<{ tables: Record<string, Record<string, unknown>[]> }>(
      `${liaison.sandboxUrl}/_sandbox/state/${vendor}`,
    )
  ).tables;
/** What operators see of a visitor. */
const seenOf = async (email: string): Promise<Record<string, string>> => {
  const { visitors = [] } = await stateOf('zoho-salesiq');
  return (visitors.find((one) => one.email === email)?.customerInfo ?? {}) as Record<string, string>;
};
/** What operators were told of a visitor, each time. */
const toldOf = async (email: string): Promise<string[]> =>
  (await ledger(liaison.sandboxUrl))
    .filter(
      ({ vendor, object, record }) =>
        vendor === 'zoho-salesiq' && object === 'visitor' && record.email === email,
    )
    .map(({ record }) => JSON.stringify(record.sent));
const notesOf = async (id: unknown): Promise<unknown[]> =>
  ((await stateOf('zoho-crm')).Notes ?? []).filter(
    ({ Parent_Id }) => (Parent_Id as { id?: unknown } | null)?.id === id,
  );
const act = (deed: string, email: string): Promise<boolean> =>
  json(`${liaison.sandboxUrl}/_sandbox/acts/zoho-campaigns`, {
    method: 'POST',
    body: JSON.stringify({ act: deed, email }),
  }).then(
    () => true,
    () => false,
  );
const leadOf = async (email: string) => (await crm.records('Leads')).find((one) => one.Email === email);
/** How often an address was put there by Liaison. */
const made = async (object: 'lead' | 'subscriber', email: string): Promise<number> =>
  (await ledger(liaison.sandboxUrl)).filter(
    (line) =>
      line.object === object &&
      line.action === 'create' &&
      [line.record.Email, line.record.email].includes(email),
  ).length;

beforeAll(async () => {
  // What nothing told of is found sooner than people would have it: here somebody waits.
  place = await newServedPlace({ LIAISON_GRACE_SECONDS: '3' });
  liaison = await startLiaison(place);
  crm = await openCrm(liaison.sandboxUrl);
  await until(() => webhookOf(liaison.sandboxUrl, 'webhook').catch(() => null));
  await crm.createIn('Leads', [
    { Last_Name: 'Opposée', Company: 'Essai', Email: 'opposee@essai.example', Email_Opt_Out: true },
    { Last_Name: 'Groupe', Company: 'Essai', Email: 'info@essai.example' },
    { Last_Name: 'Sans', Company: 'Essai' },
  ]);
  const { connections } = await call<{ connections: { id: string; connector: { id: string } }[] }>(
    liaison,
    'GET',
    '/connections',
  );
  const left = connections.find(({ connector }) => connector.id === 'zoho-campaigns')?.id;
  const options = {
    left: { list: NEWSLETTER, topic: TOPICS[0]?.id, optOut: 'list' },
    right: { module: 'zohoCrm.leads' },
  };
  const wish = { flow: 'newsletter-crm', name: 'Lettre', connections: { left }, settings: { options } };
  integration = (await call<{ id: string }>(liaison, 'POST', '/integrations', wish)).id;
  const target = connections.find(({ connector }) => connector.id === 'zoho-salesiq')?.id;
  await call(liaison, 'POST', '/integrations', {
    ...{ flow: 'records-beside-chat', name: 'À côté du chat', connections: { target }, enabled: true },
    settings: { portal: 'atelierlumen' },
  });
  sync = await systemSync(place.connectionString, integration);
  await call(liaison, 'POST', `/integrations/${integration}/preview`);
  await until(async () => {
    const { pass } = await call<{ pass: { state: string } | null }>(
      liaison,
      'GET',
      `/integrations/${integration}/preview`,
    );
    return pass?.state === 'done';
  });
  await call(liaison, 'POST', `/integrations/${integration}/apply`);
  await until(async () => (await sync.row()).phase === 'live' && (await sync.counts()).waiting === 0);
  await sync.whenTold();
  // Leads are told of from now on.
  await until(async () => {
    const { webhooks } = await json<{ webhooks: { vendor: string; topics: string[] }[] }>(
      `${liaison.sandboxUrl}/_sandbox/webhooks`,
    );
    const hears = (vendor: string, topic: string) =>
      webhooks.some((one) => one.vendor === vendor && one.topics.join().includes(topic));
    return hears('zoho-crm', 'Leads') && hears('zoho-crm', 'Deals') && hears('zoho-salesiq', 'completed');
  });
}, 180_000);
afterAll(async () => {
  await sync?.close();
  await endAll(place, [liaison]);
});

it('puts the leads with an address of their own into the list, and keeps apart one by one whoever cannot or must not be there', async () => {
  const inList = await memberships();
  const leads = await crm.records('Leads');
  for (const { Email: email, Email_Opt_Out: isOut } of leads) {
    const address = String(email ?? '').toLowerCase();
    if (address === '') continue;
    const wanted = isOut === true || address.startsWith('info@') ? undefined : 'active';
    expect([address, inList.get(address)]).toEqual([address, wanted]);
  }
  const { records } = await call<{ records: { label: string; reason: string | null }[] }>(
    liaison,
    'GET',
    `/integrations/${integration}/records?state=excluded`,
  );
  expect(JSON.stringify(records)).toContain('opted out');
});

it('promises nothing that Campaigns cannot do: nobody is taken away there, and the consent stays in the mapping', async () => {
  const path = `/integrations/${integration}`;
  const { settings } = await call<{
    settings: { rules: { fields: { left: string }[] } & Record<string, unknown> };
  }>(liaison, 'GET', path);
  const { rules } = settings;
  const refusal = async (body: object): Promise<string> => {
    const answer = await fetch(`${liaison.url}/api/v1${path}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(422);
    return answer.text();
  };
  const removing = { ...rules, remove: { left: 'delete', right: 'keep' } };
  expect(await refusal({ settings: { rules: removing } })).toContain('rules.remove.left');
  const leaving = { right: { all: [{ field: 'Lead_Source', is: 'filled' }] }, leaving: 'removed' };
  expect(await refusal({ filter: leaving })).toContain('filter.leaving');
  const without = { ...rules, fields: rules.fields.filter(({ left }) => left !== 'opted_out') };
  expect(await refusal({ settings: { rules: without } })).toContain('rules.create.left');
});

it('a form’s answer is one lead, one subscriber and what operators see within seconds, delivered twice; and so is one during which the server is killed', async () => {
  for (const [index, email] of ['vite@exemple.example', 'coupure@exemple.example'].entries()) {
    await siq({ act: 'visit', email });
    const began = Date.now();
    await play(liaison.sandboxUrl, 'webhook-answer', {
      firstName: 'Inès',
      lastName: `Dupré ${index}`,
      email,
    });
    await play(liaison.sandboxUrl, 'webhook-again');
    if (index === 1) {
      await until(async () => (await leadOf(email)) !== undefined);
      await liaison.kill();
      liaison = await startLiaison(place);
    }
    await until(async () => (await memberships()).get(email) === 'active', 30_000);
    await until(async () => (await seenOf(email)).CRM?.includes(`Inès Dupré ${index}`), 30_000);
    if (index === 0) expect(Date.now() - began).toBeLessThan(5_000);
    await allSettled(liaison.url);
    await sync.quiet();
    expect([await made('lead', email), await made('subscriber', email)]).toEqual([1, 1]);
    expect((await seenOf(email)).CRM).toMatch(/^Prospect · Inès Dupré/);
    // A tell whose answer a killed server did not note is sent again, and says the same.
    const told = await toldOf(email);
    expect([new Set(told).size, index === 0 ? told.length : 1]).toEqual([1, 1]);
  }
}, 120_000);

it('a chat with a stranger is one lead and one note, told twice and in any order, while the server is killed; one that nothing told of is found', async () => {
  const looks = lookEagerly(place.connectionString, 'chat-notes');
  const [killed, lost] = ['chat-coupure@exemple.example', 'chat-perdu@exemple.example'];
  await setFault(liaison.sandboxUrl, 'zoho-salesiq', { duplicate: true, reorder: true });
  await play(liaison.sandboxUrl, 'chat-of-unknown-visitor', { name: 'Léonie Faure', email: killed });
  await until(async () => (await leadOf(killed)) !== undefined, 30_000);
  await setFault(liaison.sandboxUrl, 'zoho-salesiq', { loseDeliveries: 1 });
  await play(liaison.sandboxUrl, 'chat-of-unknown-visitor', { name: 'Lou Perdu', email: lost });
  await setFault(liaison.sandboxUrl, 'zoho-salesiq', { loseDeliveries: 0 });
  await liaison.kill();
  liaison = await startLiaison(place);
  for (const email of [killed, lost]) {
    await until(async () => (await notesOf((await leadOf(email))?.id)).length > 0, 60_000);
    await looks.twice();
    await allSettled(liaison.url);
    const notes = await notesOf((await leadOf(email))?.id);
    expect([await made('lead', email), notes.length]).toEqual([1, 1]);
    expect(JSON.stringify(notes)).toContain('5/5');
  }
  await looks.stop();
}, 120_000);

it.each([
  ['unsubscribe', 'vite@exemple.example'],
  ['bounce', 'coupure@exemple.example'],
])(
  'who leaves by %s is opted out in the CRM at the next look, and is subscribed by nothing that happens there',
  async (deed, email) => {
    expect(await act(deed, email)).toBe(true);
    await sync.quiet();
    const lead = await leadOf(email);
    expect(lead?.Email_Opt_Out).toBe(true);
    const changes = { id: String(lead?.id), Email_Opt_Out: false, Phone: '+33 4 65 71 40 09' };
    await crm.updateIn('Leads', [changes]);
    await sync.quiet();
    expect((await memberships()).get(email)).not.toBe('active');
    expect((await leadOf(email))?.Email_Opt_Out).toBe(true);
  },
);

const STEP = fc.constantFrom(
  'sign-up',
  'unsubscribe',
  'bounce',
  'complain',
  'take-out',
  'change',
  'opt out',
  'opt in',
  'edit',
  'enter',
  'nothing',
);
type Step = typeof STEP extends fc.Arbitrary<infer One> ? One : never;
const LEAVES: ReadonlySet<Step> = new Set(['unsubscribe', 'bounce', 'complain']);
const AT_CAMPAIGNS: ReadonlySet<Step> = new Set([...LEAVES, 'sign-up', 'take-out', 'change']);
const IN_CRM: Partial<Record<Step, object>> = {
  'opt out': { Email_Opt_Out: true },
  'opt in': { Email_Opt_Out: false },
  edit: { Phone: '+33 4 65 71 40 00' },
};
const emailOf = (person: number): string => `vie-${String(person).padStart(3, '0')}@clients.example`;

it(`nobody who left is subscribed, whatever happens to ${PEOPLE} people in both programs at once`, async () => {
  /** Who left for good since the person last signed up by themselves. */
  const left = new Set<string>();
  /** Who was taken out of the list by somebody there since. */
  const takenOut = new Set<string>();
  const enter = (people: readonly number[]) =>
    crm.createIn(
      'Leads',
      people.map((person) => ({ Last_Name: `Vie ${person}`, Company: 'Essai', Email: emailOf(person) })),
    );
  await enter(Array.from({ length: PEOPLE / 2 }, (_, person) => person));
  await sync.quiet();
  const lives = fc.array(fc.array(STEP, { minLength: STEPS, maxLength: STEPS }), {
    minLength: PEOPLE,
    maxLength: PEOPLE,
  });
  await fc.assert(
    fc.asyncProperty(lives, async (all) => {
      for (let turn = 0; turn < STEPS; turn += 1) {
        const steps = all.map((life) => life[turn] ?? 'nothing');
        const known = new Map((await crm.records('Leads')).map((one) => [one.Email, one.id]));
        for (const [person, step] of steps.entries()) {
          if (!AT_CAMPAIGNS.has(step) || !(await act(step, emailOf(person)))) continue;
          if (step === 'sign-up') for (const gone of [left, takenOut]) gone.delete(emailOf(person));
          else if (step === 'take-out') takenOut.add(emailOf(person));
          else if (LEAVES.has(step)) left.add(emailOf(person));
        }
        for (const [step, values] of Object.entries(IN_CRM)) {
          const ids = steps.flatMap((one, person) =>
            one === step ? (known.get(emailOf(person)) ?? []) : [],
          );
          await crm.updateIn(
            'Leads',
            ids.map((id) => ({ id, ...values })),
          );
        }
        await enter(
          steps.flatMap((step, person) => (step === 'enter' && !known.has(emailOf(person)) ? person : [])),
        );
        await sync.quiet();
      }
      // Whoever left in the moment in which another one came back is found when all of the list is read.
      await sync.sweepNext();
      await sync.quiet();
      const standing = await memberships();
      expect([...left].filter((email) => standing.get(email) === 'active')).toEqual([]);
      expect([...takenOut].filter((email) => standing.get(email) === 'active')).toEqual([]);
      const leads = await crm.records('Leads');
      const out = leads.filter((one) => one.Email_Opt_Out === true).map((one) => String(one.Email));
      expect(out.filter((email) => standing.get(email) === 'active')).toEqual([]);
      const goneThere = leads.filter((one) => left.has(String(one.Email)) && one.Email_Opt_Out !== true);
      expect(goneThere.map((one) => one.Email)).toEqual([]);
    }),
    { numRuns: 1, endOnFailure: true },
  );
  expect(left.size).toBeGreaterThan(2);
}, 240_000);

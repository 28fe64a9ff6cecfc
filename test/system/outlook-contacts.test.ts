import { bearer, decide, locationOf, signIn, Visitor } from '../security/visitor.ts';
import { endAll } from './aftermath.ts';
import { type CrmProgram, openCrm } from './crm-program.ts';
import { json, type Liaison, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, systemSync } from './syncs.ts';

/** Outlook's contacts and the CRM's, of the organisation and of one person, as any program meets them. */

const FLOW = 'contacts-microsoft-crm';
const VENDOR = 'microsoft-contacts';
const CLAIRE = { email: 'claire.fontaine@atelier-lumen.example', crm: '4876876000000030001' };

let place: ServedPlace;
let liaison: Liaison;
let crm: CrmProgram;
let sync: SystemSync;
const open: SystemSync[] = [];

beforeAll(async () => {
  place = await newServedPlace({ LIAISON_LOOK_SECONDS: '0.5', LIAISON_ROUND_SECONDS: '0.5' });
  liaison = await startLiaison(place);
  crm = await openCrm(liaison.sandboxUrl);
}, 90_000);
afterAll(async () => {
  for (const one of open) await one.close();
  await endAll(place, [liaison]);
}, 30_000);

async function api<T>(method: string, path: string, body?: object, headers: object = {}): Promise<T> {
  const answer = await fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}
const act = (wish: object) =>
  json<{ id: string }>(`${liaison.sandboxUrl}/_sandbox/acts/${VENDOR}`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });

interface Held {
  readonly id: string;
  readonly folder: string;
  readonly contact: {
    readonly displayName: string | null;
    readonly companyName: string | null;
    readonly businessPhones: string[];
    readonly categories: string[];
    readonly emailAddresses: { address: string }[];
  };
}
async function outlook(table = 'contacts'): Promise<Held[]> {
  const { tables } = await json<{ tables: Record<string, Held[]> }>(
    `${liaison.sandboxUrl}/_sandbox/state/${VENDOR}`,
  );
  return (tables[table] ?? []).filter(({ folder }) => folder.includes('Contacts'));
}
const inOutlook = async (email: string, table?: string) =>
  (await outlook(table)).find(({ contact }) => contact.emailAddresses[0]?.address === email);
const inCrm = async (email: string) => (await crm.contacts()).find(({ Email }) => Email === email);
const subscriptions = async () =>
  (
    await json<{ webhooks: { id: string; vendor: string }[] }>(`${liaison.sandboxUrl}/_sandbox/webhooks`)
  ).webhooks.filter(({ vendor }) => vendor === VENDOR);

it('shows what it would do before anything is written, and makes both sides equal', async () => {
  const { pass } = await api<{ pass: string }>('POST', `/integrations/${FLOW}/preview`);
  await until(async () => {
    const found = await api<{ pass: { id: string; state: string } }>('GET', `/integrations/${FLOW}/preview`);
    return found.pass.id === pass && found.pass.state === 'done';
  });
  expect(await inOutlook('kenji.tanaka@aozora.example')).toBeUndefined();
  const before = (await outlook()).length;
  await api('POST', `/integrations/${FLOW}/apply`);
  sync = await systemSync(place.connectionString, FLOW);
  open.push(sync);
  await until(async () => (await sync.row()).phase === 'live', 60_000);
  await until(async () => (await sync.counts()).waiting === 0, 60_000);
  expect((await outlook()).length).toBeGreaterThan(before);
  const made = await until(() => inCrm('adele@imprimerie-fournier.example'));
  expect(made).toMatchObject({ First_Name: 'Adèle', Last_Name: 'Fournier' });
});

it('hears of a change in Outlook, and carries one of the CRM back, each once', async () => {
  await until(async () => (await subscriptions()).length === 1);
  // By what is announced alone: nobody looks by the clock now.
  await sync.whenTold();
  await act({
    act: 'edit',
    who: 'adele@imprimerie-fournier.example',
    contact: { businessPhones: ['+33 4 65 71 60 99'], categories: ['Fournisseur'] },
  });
  await until(async () => (await inCrm('adele@imprimerie-fournier.example'))?.Phone === '+33 4 65 71 60 99');
  const { id } = (await inCrm('adele@imprimerie-fournier.example'))!;
  await crm.update([{ id, Phone: '+33 4 65 71 60 77' }]);
  const carried = await until(async () => {
    const found = await inOutlook('adele@imprimerie-fournier.example');
    return found?.contact.businessPhones[0] === '+33 4 65 71 60 77' && found;
  });
  // Nobody's own categories are touched.
  expect(carried.contact.categories).toEqual(['Fournisseur']);
  await sync.quiet();
  const { entries } = await json<{ entries: { id: string; action: string }[] }>(
    `${liaison.sandboxUrl}/_sandbox/ledger?vendor=${VENDOR}`,
  );
  expect(entries.filter((one) => one.id === carried.id).map(({ action }) => action)).toEqual(['update']);
});

it('takes up what a silent subscription did not tell, and sets up again one that was removed', async () => {
  const [before] = await subscriptions();
  await act({ act: 'silence' });
  await act({
    act: 'edit',
    who: 'blaise@photo-nguessan.example',
    contact: { jobTitle: 'Photographe', surname: 'Nguessan' },
  });
  await sync.quiet();
  await until(async () => (await inCrm('blaise@photo-nguessan.example'))?.Last_Name === 'Nguessan');
  await act({ act: 'drop-subscriptions' });
  await until(async () => {
    const [now] = await subscriptions();
    return now !== undefined && now.id !== before?.id;
  });
  await act({ act: 'edit', who: 'blaise@photo-nguessan.example', contact: { surname: 'N’Guessan' } });
  await until(async () => (await inCrm('blaise@photo-nguessan.example'))?.Last_Name === 'N’Guessan');
});

it('reads everything again when the list of changes lost its place, and makes nobody twice', async () => {
  const before = [(await outlook()).length, (await crm.contacts()).length];
  await act({ act: 'lose-links', status: 400 });
  await act({ act: 'edit', who: 'nonno@famille.example', contact: { surname: 'Marchetti-Rossi' } });
  await sync.quiet();
  await until(async () => (await inCrm('nonno@famille.example'))?.Last_Name === 'Marchetti-Rossi');
  expect([(await outlook()).length, (await crm.contacts()).length]).toEqual(before);
});

it('is each person’s own under a template: their account, their records, nobody else’s', async () => {
  const visitors = new Map<string, Visitor>();
  const tokenOf = async (who: string): Promise<object> => {
    const visitor = new Visitor();
    visitors.set(who, visitor);
    return bearer((await signIn(liaison.url, who, visitor)).token);
  };
  const [hugo, claire] = [await tokenOf('hugo'), await tokenOf('claire')];
  // The other side's filter is the template's own: what is theirs. A first write within this many needs no look.
  const template = await api<{ id: string }>('POST', '/templates', { flow: FLOW }, hugo);
  await api('PATCH', `/templates/${template.id}`, { open: true }, hugo);
  const asked = await api<{ connect: string | null }>('POST', '/personal/join', {}, claire);
  const visitor = visitors.get('claire')!;
  const consent = locationOf(await visitor.visit(`${liaison.url}${asked.connect}`));
  expect(new URL(consent).pathname).toContain('/oauth2/v2.0/authorize');
  const back = await visitor.visit(await decide(visitor, consent, 'accept', 'claire'));
  expect(back.status).toBe(303);
  const own = await until(async () => {
    const { integrations } = await api<{ integrations: { id: string; flow: string; state: string }[] }>(
      'GET',
      '/personal',
      undefined,
      claire,
    );
    return integrations.find(({ flow }) => flow === FLOW);
  });
  const hers = await systemSync(place.connectionString, own.id);
  open.push(hers);
  await until(async () => (await hers.row()).phase === 'live', 60_000);
  await until(async () => (await hers.counts()).waiting === 0, 60_000);
  const table = `contacts of ${CLAIRE.email}`;
  const theirs = (await crm.contacts()).filter(({ Owner }) => (Owner as { id: string }).id === CLAIRE.crm);
  const emails = theirs.flatMap(({ Email }) => (Email ? [String(Email)] : []));
  expect(emails.length).toBeGreaterThan(0);
  for (const email of emails) expect(await inOutlook(email, table)).toBeDefined();
  const others = (await crm.contacts()).find(
    ({ Owner, Email }) =>
      (Owner as { id: string }).id !== CLAIRE.crm && Email && !emails.includes(String(Email)),
  );
  if (others === undefined) throw new Error('Nobody else has a contact that could stand in hers.');
  expect(await inOutlook(String(others.Email), table)).toBeUndefined();
});

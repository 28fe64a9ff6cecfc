import { endAll } from './aftermath.ts';
import { connectAccount } from './connect-account.ts';
import { type CrmProgram, openCrm } from './crm-program.ts';
import { json, type Liaison, startLiaison, until } from './liaison-process.ts';
import { mailchimpWorld } from './mailchimp-world.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, seed, systemSync } from './syncs.ts';

/** The one flow of people, between accounts of several applications and the same CRM, as any program meets it. */

const FLOW = 'people-crm';
const HUGO = 'contacts';

let place: ServedPlace;
let liaison: Liaison;
let crm: CrmProgram;
const open: SystemSync[] = [];
/** Ids of the integrations, by what they are for. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  crm = await openCrm(liaison.sandboxUrl);
  await connectAccount(liaison, 'google-people', 'google-accounts', 'claire');
});
afterAll(async () => {
  for (const sync of open) await sync.close();
  await endAll(place, [liaison]);
});

const send = (method: string, path: string, body?: unknown, language = 'en') =>
  fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': language },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
async function done<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await send(method, path, body);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}
async function refused(method: string, path: string, body: unknown, language = 'en') {
  const answer = await send(method, path, body, language);
  return [answer.status, (await answer.json()) as Record<string, unknown>] as const;
}

interface Account {
  readonly id: string;
  readonly connector: { readonly id: string };
  readonly account: { readonly name: string };
}
const accounts = async () => (await done<{ connections: Account[] }>('GET', '/connections')).connections;
const accountOf = async (connector: string, name = /./) =>
  (await accounts()).find((one) => one.connector.id === connector && name.test(one.account.name))!.id;

interface Detail {
  readonly phase: string;
  readonly left: { readonly object: string; readonly connector: { readonly id: string } | null };
  readonly right: { readonly object: string };
  readonly settings: {
    readonly rules: {
      readonly fields: readonly { readonly left: string; readonly right: string }[];
      readonly create: object;
    };
    readonly options: { readonly left: Record<string, unknown>; readonly right: Record<string, unknown> };
    readonly everySeconds: number;
  };
  readonly connections: Record<
    string,
    { readonly account: { readonly name: string } | null; readonly state: string }
  >;
}
const detail = (what: string) => done<Detail>('GET', `/integrations/${ids[what]}`);
const mapped = ({ settings }: Detail) => settings.rules.fields.map(({ left, right }) => [left, right]);

async function made(what: string, connector: string, name: RegExp, settings: object = {}): Promise<void> {
  const wish = { flow: FLOW, name: what, connections: { left: await accountOf(connector, name) }, settings };
  ids[what] = (await done<{ id: string }>('POST', '/integrations', wish)).id;
}

async function applied(what: string): Promise<SystemSync> {
  const path = `/integrations/${ids[what]}`;
  const { pass } = await done<{ pass: string }>('POST', `${path}/preview`);
  await until(async () => {
    const found = await done<{ pass: { id: string; state: string } }>('GET', `${path}/preview`);
    return found.pass.id === pass && found.pass.state === 'done';
  });
  await done('POST', `${path}/apply`);
  await until(async () => (await detail(what)).phase === 'live');
  const sync = await systemSync(place.connectionString, ids[what] ?? '');
  open.push(sync);
  await until(async () => (await sync.counts()).waiting === 0);
  await sync.everySecond();
  return sync;
}

interface Card {
  readonly person: Record<string, { readonly value?: string; readonly name?: string }[]> | null;
}
async function book(table = HUGO): Promise<{ email: string; phone: string }[]> {
  const { tables } = await json<{ tables: Record<string, Card[]> }>(
    `${liaison.sandboxUrl}/_sandbox/state/google-people`,
  );
  return (tables[table] ?? []).flatMap(({ person }) =>
    person === null
      ? []
      : [
          {
            email: person.emailAddresses?.[0]?.value ?? '',
            phone: digits(person.phoneNumbers?.[0]?.value),
          },
        ],
  );
}
const digits = (text: unknown): string =>
  String(text ?? '')
    .replaceAll(/\D/g, '')
    .slice(-9);
const inBook = async (email: string, table = HUGO) => (await book(table)).find((one) => one.email === email);
const contact = async (email: string) => (await crm.contacts()).find(({ Email }) => Email === email);
const member = (email: string) => mailchimpWorld(liaison.sandboxUrl).member(email);
const person = (n: number) => `contact-${String(n).padStart(5, '0')}@clients.example`;
const edit = (account: string, email: string, phone: string) =>
  json(`${liaison.sandboxUrl}/_sandbox/acts/google-people`, {
    method: 'POST',
    body: JSON.stringify({
      account,
      act: 'edit',
      contact: email,
      person: { phoneNumbers: [{ value: phone }] },
    }),
  });

it('is offered with what an account must offer, and the accounts that can be chosen: not the CRM’s own', async () => {
  const { flows } = await done<{
    flows: {
      id: string;
      roles: Record<
        string,
        { offers: string | null; connector: { id: string } | null; accounts: { connector: { id: string } }[] }
      >;
    }[];
  }>('GET', '/flows');
  const roles = flows.find(({ id }) => id === FLOW)?.roles;
  expect(roles).toMatchObject({
    left: { offers: 'people', connector: null },
    right: { offers: null, connector: { id: 'zoho-crm' } },
  });
  expect(roles?.left?.accounts.map(({ connector }) => connector.id).sort()).toEqual([
    'google-people',
    'google-people',
    'mailchimp',
    'microsoft-contacts',
    'zoho-campaigns',
  ]);
  // What is set up of it is for a person to choose.
  const { integrations } = await done<{ integrations: { flow: { id: string } }[] }>('GET', '/integrations');
  expect(integrations.map(({ flow }) => flow.id)).not.toContain(FLOW);
});

it('what cannot be is refused with a sentence, and nothing is made', async () => {
  const wish = (connections: object) => ({ flow: FLOW, name: 'x', connections });
  expect(await refused('POST', '/integrations', wish({}), 'fr')).toMatchObject([
    422,
    {
      fields: [{ field: 'connections.left', detail: expect.stringMatching(/Choisissez celui qui convient/) }],
    },
  ]);
  const own = await accountOf('zoho-crm');
  expect(await refused('POST', '/integrations', wish({ left: own }), 'fr')).toMatchObject([
    422,
    {
      fields: [
        { field: 'connections.left', detail: expect.stringMatching(/^Zoho CRM est déjà l’autre côté/) },
      ],
    },
  ]);
  expect(await refused('POST', '/integrations', wish({ left: await accountOf('slack') }))).toMatchObject([
    422,
    { fields: [{ field: 'connections.left' }] },
  ]);
});

it('an address book and an audience are kept equal with the same CRM at once, each by what it says of itself', async () => {
  await seed(liaison.sandboxUrl, 'zoho-crm', { contacts: 8, replace: true });
  await seed(liaison.sandboxUrl, 'google-people', { contacts: 6, replace: true });
  await made('book', 'google-people', /^hugo/);
  await made('letter', 'mailchimp', /./);
  expect(await detail('book')).toMatchObject({
    left: { object: 'googlePeople.person', connector: { id: 'google-people' } },
    right: { object: 'zohoCrm.contacts' },
    settings: {
      rules: { create: { left: true, right: true } },
      options: { left: {}, right: { module: 'zohoCrm.contacts', createAccounts: true } },
      everySeconds: 15,
    },
  });
  const letter = await detail('letter');
  expect(letter).toMatchObject({
    left: { object: 'mailchimp.member' },
    settings: { rules: { create: { left: true, right: false } }, everySeconds: 300 },
  });
  // Each begins as the preset of its two applications does.
  for (const [what, preset] of [
    ['book', 'contacts-google-crm'],
    ['letter', 'mailchimp-crm'],
  ] as const) {
    const { settings } = await done<Detail>('GET', `/integrations/${preset}`);
    expect(mapped(await detail(what))).toEqual(settings.rules.fields.map(({ left, right }) => [left, right]));
  }
  const { left } = await done<{ left: { options: { id: string; choices: { id: string }[] | null }[] } }>(
    'GET',
    `/integrations/${ids.letter}/fields`,
  );
  const audience = left.options.find(({ id }) => id === 'audience')?.choices?.[0]?.id;
  const options = { ...letter.settings.options, left: { ...letter.settings.options.left, audience } };
  await done('PATCH', `/integrations/${ids.letter}`, { settings: { options } });

  await applied('book');
  await applied('letter');
  await until(async () => (await inBook(person(8))) !== undefined);
  await until(async () => (await member(person(8))) !== undefined);
  await edit('hugo', person(3), '+33 1 99 11 22 33');
  await until(async () => digits((await contact(person(3)))?.Phone) === '199112233');
  await until(async () => digits((await member(person(3)))?.mergeValues.PHONE) === '199112233');
  await crm.update([{ id: (await contact(person(4)))!.id, Phone: '+33 1 99 44 55 66' }]);
  await until(async () => (await inBook(person(4)))?.phone === '199445566');
  await until(async () => digits((await member(person(4)))?.mergeValues.PHONE) === '199445566');
  const emails = (await crm.contacts()).map(({ Email }) => Email).filter(Boolean);
  expect(new Set(emails).size).toBe(emails.length);
}, 120_000);

it('a preset between the same records is its twin, and is refused before it reads', async () => {
  const left = await accountOf('google-people', /^hugo/);
  const preset = '/integrations/contacts-google-crm';
  await done('PATCH', preset, { connections: { left } });
  expect(await refused('POST', `${preset}/preview`, {}, 'fr')).toMatchObject([
    409,
    { detail: expect.stringMatching(/^«\sbook\s» maintient déjà ces mêmes fiches/) },
  ]);
});

it('does not go over to another account of its application, nor to another application', async () => {
  const path = `/integrations/${ids.book}`;
  const before = await detail('book');
  expect(
    await refused('PATCH', path, { connections: { left: await accountOf('google-people', /^claire/) } }),
  ).toMatchObject([422, { fields: [{ detail: expect.stringMatching(/^This sync keeps \d+ pairs/) }] }]);
  const left = await accountOf('mailchimp');
  expect(await refused('PATCH', path, { connections: { left } }, 'fr')).toMatchObject([
    422,
    {
      fields: [
        {
          field: 'connections.left',
          detail: expect.stringMatching(
            /^Cette synchronisation a été réglée pour Google Contacts\s.*Mailchimp n’a pas/,
          ),
        },
      ],
    },
  ]);
  expect((await detail('book')).connections).toEqual(before.connections);
});

it('goes on when its account is disconnected and connected again', async () => {
  await done('POST', `/connections/${await accountOf('google-people', /^hugo/)}/disconnect`);
  const lost = await detail('book');
  // What it is about stays known: it is the account that is missing.
  expect(lost).toMatchObject({
    left: { object: 'googlePeople.person', connector: { id: 'google-people', connected: false } },
    connections: { left: { state: 'absent' } },
  });
  await crm.update([{ id: (await contact(person(5)))!.id, Phone: '+33 1 99 77 88 99' }]);
  await connectAccount(liaison, 'google-people', 'google-accounts', 'hugo');
  expect(await detail('book')).toMatchObject({ connections: { left: { state: 'active' } } });
  await until(async () => (await inBook(person(5)))?.phone === '199778899', 90_000);
  expect((await book()).filter(({ email }) => email === person(5)).length).toBe(1);
}, 120_000);

it('keeps the CRM’s leads instead where they are chosen, and begins anew with what they are', async () => {
  const CLAIRE = 'contacts of claire.fontaine@atelier-lumen.example';
  await seed(liaison.sandboxUrl, 'google-people', { account: 'claire', contacts: 2, replace: true });
  await made('leads', 'google-people', /^claire/, {
    options: { left: {}, right: { module: 'zohoCrm.leads' } },
  });
  const begun = await detail('leads');
  expect(begun.right.object).toBe('zohoCrm.leads');
  expect(begun.settings.options.right).toEqual({ module: 'zohoCrm.leads' });
  expect(mapped(begun)).toContainEqual(['organizations.name', 'Company']);
  // There and back, before anything is linked: the mapping is each time that of what was chosen.
  const path = `/integrations/${ids.leads}`;
  const choose = (module: string) => ({ settings: { options: { left: {}, right: { module } } } });
  await done('PATCH', path, choose('zohoCrm.contacts'));
  expect(mapped(await detail('leads'))).toContainEqual(['organizations.name', 'Account_Name']);
  await done('PATCH', path, choose('zohoCrm.leads'));
  const contacts = (await crm.contacts()).length;
  const leads = (await crm.records('Leads')).length;
  await applied('leads');
  const found = await crm.records('Leads');
  expect(found.length).toBe(leads + 2);
  expect(found.map(({ Email }) => Email)).toEqual(expect.arrayContaining([person(1), person(2)]));
  expect((await crm.contacts()).length).toBe(contacts);
  await edit('claire', person(1), '+33 1 99 12 12 12');
  await until(async () =>
    (await crm.records('Leads')).some(
      ({ Email, Phone }) => Email === person(1) && digits(Phone) === '199121212',
    ),
  );
  expect(digits((await contact(person(1)))?.Phone)).not.toBe('199121212');
  expect((await book(CLAIRE)).length).toBe(leads + 2);
  expect(await refused('PATCH', path, choose('zohoCrm.contacts'), 'fr')).toMatchObject([
    422,
    { detail: expect.stringMatching(/^Des fiches sont déjà liées \(Prospects du CRM\u00a0: \d+\)/) },
  ]);
  expect((await detail('leads')).right.object).toBe('zohoCrm.leads');
}, 120_000);

it('ending one leaves the other, its links and everybody’s records', async () => {
  const [people, members] = [(await crm.contacts()).length, (await book()).length];
  await done('DELETE', `/integrations/${ids.letter}`);
  await edit('hugo', person(6), '+33 1 99 31 31 31');
  await until(async () => digits((await contact(person(6)))?.Phone) === '199313131');
  expect(digits((await member(person(6)))?.mergeValues.PHONE)).not.toBe('199313131');
  expect([(await crm.contacts()).length, (await book()).length]).toEqual([people, members]);
});

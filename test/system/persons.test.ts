import { bearer, decide, locationOf, signIn, Visitor } from '../security/visitor.ts';
import { endAll } from './aftermath.ts';
import { type CrmContact, type CrmProgram, openCrm } from './crm-program.ts';
import { json, type Liaison, startLiaison, until } from './liaison-process.ts';
import { seededDraws } from './seeded-draws.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, seed, systemSync } from './syncs.ts';

/** Three persons of one organisation, each with a Google account of their own, under one template. */

const FULL = process.env.LIAISON_TEST_SIZE === 'full';
const EDITS = Number(process.env.LIAISON_TEST_EDITS ?? (FULL ? 200 : 60));
const SEED = Number(process.env.LIAISON_TEST_SEED ?? 20_261_129);
const PERSONS = ['hugo', 'claire', 'ines'] as const;
type Who = (typeof PERSONS)[number];
const CRM_IDS: Readonly<Record<Who, string>> = {
  claire: '4876876000000030001',
  hugo: '4876876000000030002',
  ines: '4876876000000030003',
};
const EMAILS: Readonly<Record<Who, string>> = {
  hugo: 'hugo.marchetti@atelier-lumen.example',
  claire: 'claire.fontaine@atelier-lumen.example',
  ines: 'ines.delorme@atelier-lumen.example',
};

/** What every template leaves to each person. */
const OWN_RECORDS = {
  left: null,
  right: { all: [{ field: 'Owner', is: 'equals', value: 'me' }] },
  leaving: 'kept',
};

interface Own {
  readonly asks: boolean;
  readonly offers: { template: string }[];
  readonly connect: string | null;
  readonly joining: boolean;
  readonly integrations: { id: string; flow: string; state: string; connection: string }[];
}

let place: ServedPlace;
let liaison: Liaison;
let crm: CrmProgram;
const visitors = new Map<Who, Visitor>();
const tokens = new Map<Who, string>();
/** Of contacts, and of meetings. */
const [syncs, calendars] = [new Map<Who, SystemSync>(), new Map<Who, SystemSync>()];
const allSyncs = (): SystemSync[] => [...syncs.values(), ...calendars.values()];
const templates: string[] = [];

beforeAll(async () => {
  place = await newServedPlace({ LIAISON_LOOK_SECONDS: '0.5', LIAISON_ROUND_SECONDS: '0.5' });
  liaison = await startLiaison(place);
  crm = await openCrm(liaison.sandboxUrl);
  for (const who of PERSONS) {
    const visitor = new Visitor();
    visitors.set(who, visitor);
    tokens.set(who, (await signIn(liaison.url, who, visitor)).token);
  }
}, 90_000);
afterAll(async () => {
  for (const sync of allSyncs()) await sync.close();
  await endAll(place, [liaison]);
}, 30_000);

const ask = (who: Who, method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { ...bearer(tokens.get(who)!), 'content-type': 'application/json', 'accept-language': 'fr' },
    ...(body && { body: JSON.stringify(body) }),
  });

async function api<T>(who: Who, method: string, path: string, body?: object): Promise<T> {
  const answer = await ask(who, method, path, body);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** As in the record panel: yes, and the vendor's page. */
async function takePart(who: Who): Promise<void> {
  const visitor = visitors.get(who)!;
  const asked = await api<Own>(who, 'POST', '/personal/join');
  const consent = locationOf(await visitor.visit(`${liaison.url}${asked.connect}`));
  const callback = await decide(visitor, consent, 'accept', who);
  const back = await visitor.visit(callback);
  if (back.status !== 303) throw new Error(`not connected: ${back.status} ${await back.text()}`);
}

const act = (vendor: string, wish: object) =>
  json(`${liaison.sandboxUrl}/_sandbox/acts/${vendor}`, { method: 'POST', body: JSON.stringify(wish) });

interface StoredPerson {
  readonly id: string;
  readonly person: Record<string, { displayName?: string; value?: string }[]> | null;
}
const tableOf = (name: string, who: Who): string => (who === 'hugo' ? name : `${name} of ${EMAILS[who]}`);
async function tables<T>(vendor: string): Promise<Record<string, T[]>> {
  return (await json<{ tables: Record<string, T[]> }>(`${liaison.sandboxUrl}/_sandbox/state/${vendor}`))
    .tables;
}

/** E-mail address and name of each contact in somebody's book. */
async function book(who: Who): Promise<string[]> {
  const rows = (await tables<StoredPerson>('google-people'))[tableOf('contacts', who)] ?? [];
  return rows
    .flatMap(({ person }) =>
      person === null
        ? []
        : `${person.emailAddresses?.[0]?.value ?? ''} ${person.names?.[0]?.displayName ?? ''}`,
    )
    .sort();
}

const ownerOf = (record: CrmContact): string => String((record.Owner as { id?: string } | undefined)?.id);
const inCrm = async (who: Who): Promise<string[]> =>
  (await crm.contacts())
    .filter((one) => ownerOf(one) === CRM_IDS[who])
    .map(
      ({ Email, First_Name, Last_Name }) => `${Email} ${[First_Name, Last_Name].filter(Boolean).join(' ')}`,
    )
    .sort();

interface StoredEvent {
  readonly status: string;
  readonly fields: { readonly summary?: string };
}
/** Meetings of these tests in somebody's calendar. */
async function agenda(who: Who): Promise<string[]> {
  const rows = (await tables<StoredEvent>('google-calendar'))[tableOf('events', who)] ?? [];
  return rows
    .filter(({ status, fields }) => status !== 'cancelled' && fields.summary?.startsWith('Rendez-vous '))
    .map(({ fields }) => fields.summary ?? '')
    .sort();
}
const meetingsInCrm = async (who: Who): Promise<string[]> =>
  (await crm.records('Events'))
    .filter((one) => ownerOf(one) === CRM_IDS[who] && String(one.Event_Title).startsWith('Rendez-vous '))
    .map(({ Event_Title }) => String(Event_Title))
    .sort();

/** Each one's book and calendar are what they own in the CRM, and nothing of anybody else's. */
async function eachTheirs(of: readonly Who[] = PERSONS): Promise<void> {
  for (const who of of)
    for (const [theirs, there] of [
      [book, inCrm],
      [agenda, meetingsInCrm],
    ] as const)
      await until(async () => (await theirs(who)).join('\n') === (await there(who)).join('\n'), 60_000).catch(
        async () => expect([who, await theirs(who)]).toEqual([who, await there(who)]),
      );
}

it('a template is made closed; once it is open, each person is asked', async () => {
  await seed(liaison.sandboxUrl, 'google-people', { contacts: 0, replace: true });
  for (const who of ['claire', 'ines'])
    await seed(liaison.sandboxUrl, 'google-people', { account: who, contacts: 0, replace: true });
  await seed(liaison.sandboxUrl, 'zoho-crm', { contacts: 0, replace: true });
  await crm.create(
    PERSONS.flatMap((who) =>
      [1, 2, 3].map((n) => ({
        First_Name: 'Client',
        Last_Name: `${who} ${n}`,
        Email: `${who}-${n}@clients.example`,
        Owner: { id: CRM_IDS[who] },
      })),
    ),
  );
  for (const flow of ['contacts-google-crm', 'calendar-google-crm']) {
    const made = await api<{ id: string; open: boolean; filter: object }>('hugo', 'POST', '/templates', {
      flow,
      // The edits delete as fast as a test can: the brake would stop a calendar for it, as it is to.
      settings: { brake: { records: 1_000, percent: 100 } },
    });
    expect([made.open, made.filter]).toEqual([false, OWN_RECORDS]);
    templates.push(made.id);
  }
  expect((await api<Own>('claire', 'GET', '/personal')).offers).toEqual([]);
  for (const id of templates) await api('hugo', 'PATCH', `/templates/${id}`, { open: true });
  for (const who of PERSONS) {
    const own = await api<Own>(who, 'GET', '/personal?asking=true');
    expect([own.asks, own.offers.map(({ template }) => template)]).toEqual([true, templates]);
  }
}, 60_000);

it('with a yes and one consent both run, each with what its person owns', async () => {
  for (const who of PERSONS) await takePart(who);
  for (const who of PERSONS) {
    const own = await until(async () => {
      const now = await api<Own>(who, 'GET', '/personal');
      return now.integrations.length === 2 && now.integrations.every(({ state }) => state === 'in-sync')
        ? now
        : undefined;
    }, 60_000);
    expect([own.joining, own.offers]).toEqual([false, []]);
    for (const { id } of own.integrations)
      expect(await api(who, 'GET', `/integrations/${id}`)).toMatchObject({ filter: OWN_RECORDS });
    // The organisation's language names them.
    const { integrations } = await api<{ integrations: { id: string; name: string }[] }>(
      who,
      'GET',
      '/integrations',
    );
    for (const { id } of own.integrations)
      expect(integrations.find((one) => one.id === id)?.name).toMatch(
        /^(Contacts|Agenda)\s: Google ↔ CRM · /,
      );
    for (const { flow, id } of own.integrations) {
      const sync = await systemSync(place.connectionString, id);
      await sync.everySecond();
      (flow === 'contacts-google-crm' ? syncs : calendars).set(who, sync);
    }
  }
  await eachTheirs();
  for (const who of PERSONS) expect(await book(who)).toHaveLength(3);
}, 120_000);

type Move = (who: Who, n: number) => Promise<unknown>;
const draw = seededDraws(SEED);
const inDays = (days: number, hours = 0): string =>
  `${new Date(Date.now() + days * 86_400_000 + hours * 3_600_000).toISOString().slice(0, 19)}+00:00`;
const times = (n: number) => ({
  start: { dateTime: inDays(1 + (n % 20)) },
  end: { dateTime: inDays(1 + (n % 20), 1) },
});
/** Customers whom several persons may know, each in a record of their own. */
const known = new Set<string>();
function anybodys(who: Who): string | null {
  const email = `partage-${draw.below(4)}@clients.example`;
  if (known.has(`${who} ${email}`)) return null;
  known.add(`${who} ${email}`);
  return email;
}
const oneOf = async (who: Who): Promise<string> => draw.oneOf(await inCrm(who)).split(' ')[0]!;
const meetingOf = (who: Who) => async (of: (who: Who) => Promise<string[]>) => {
  const titles = (await of(who)).filter((title) => title.startsWith('Rendez-vous '));
  return titles.length === 0 ? null : draw.oneOf(titles);
};

const MOVES: readonly Move[] = [
  async (who, n) => {
    const email = n % 2 === 0 ? anybodys(who) : null;
    await act('google-people', {
      account: who,
      act: 'create',
      person: {
        names: [{ givenName: 'Neuf', familyName: `${who} ${n}` }],
        emailAddresses: [{ value: email ?? `${who}-neuf-${n}@clients.example` }],
      },
    });
  },
  async (who, n) => {
    const email = await oneOf(who);
    if (!(await book(who)).some((line) => line.startsWith(`${email} `))) return;
    const names = [{ givenName: 'Zoé', familyName: `${who} ${n}` }];
    await act('google-people', { account: who, act: 'edit', contact: email, person: { names } });
  },
  async (who, n) => {
    const email = await oneOf(who);
    const found = (await crm.contacts()).find((one) => one.Email === email && ownerOf(one) === CRM_IDS[who])!;
    await crm.update([{ id: found.id, First_Name: 'Éric', Last_Name: `${who} ${n}` }]);
  },
  async (who, n) => {
    const email = (n % 2 === 0 ? anybodys(who) : null) ?? `${who}-crm-${n}@clients.example`;
    await crm.create([{ Last_Name: `${who} ${n}`, Email: email, Owner: { id: CRM_IDS[who] } }]);
  },
  (who, n) =>
    act('google-calendar', {
      account: who,
      act: 'create',
      event: { summary: `Rendez-vous ${who} ${n}`, ...times(n) },
    }),
  (who, n) =>
    crm.createIn('Events', [
      {
        Event_Title: `Rendez-vous ${who} ${n}`,
        Start_DateTime: inDays(2 + (n % 20)),
        End_DateTime: inDays(2 + (n % 20), 1),
        Owner: { id: CRM_IDS[who] },
      },
    ]),
  async (who, n) => {
    const event = await meetingOf(who)(agenda);
    if (event !== null)
      await act('google-calendar', {
        account: who,
        act: 'edit',
        event,
        changes: { location: `Lieu ${who} ${n}` },
      });
  },
  async (who) => {
    const event = await meetingOf(who)(agenda);
    if (event !== null) await act('google-calendar', { account: who, act: 'delete', event });
  },
];

it(`${EDITS} edits on all sides: no record crosses (seed ${SEED})`, async () => {
  for (let n = 0; n < EDITS; n += 1) {
    await draw.oneOf(MOVES)(draw.oneOf(PERSONS), n);
    if (draw.below(20) === 0) for (const sync of allSyncs()) await sync.quiet();
  }
  for (const sync of allSyncs()) await sync.quiet();
  await eachTheirs();
  for (const who of PERSONS) {
    const others = PERSONS.filter((other) => other !== who);
    const own = [...(await book(who)), ...(await agenda(who)), ...(await meetingsInCrm(who))];
    expect(own).not.toEqual([]);
    expect(own.filter((line) => others.some((other) => line.includes(other)))).toEqual([]);
  }
}, 400_000);

it('a record that is given to a colleague is theirs from then on: nothing of it is carried to or from whoever had it', async () => {
  const email = 'donnee@clients.example';
  const held = async (who: Who) => (await book(who)).filter((line) => line.startsWith(`${email} `));
  const rename = (who: Who, familyName: string) =>
    act('google-people', {
      account: who,
      act: 'edit',
      contact: email,
      person: { names: [{ givenName: '', familyName }] },
    });
  const quiet = async () => {
    for (const who of ['claire', 'hugo'] as const) await syncs.get(who)!.quiet();
  };
  const [id] = await crm.create([{ Last_Name: 'Avant', Email: email, Owner: { id: CRM_IDS.claire } }]);
  await until(async () => (await held('claire')).length === 1);
  const give = (to: Who) => crm.update([{ id: id!, Owner: { id: CRM_IDS[to] } }]);
  const inTheCrm = async () =>
    (await crm.contacts()).filter(({ Email }) => Email === email).map(({ Last_Name }) => Last_Name);

  await give('hugo');
  await until(async () => (await held('hugo')).length === 1);
  await crm.update([{ id: id!, Last_Name: 'Chez Hugo' }]);
  await rename('claire', 'Chez Claire');
  await until(async () => (await held('hugo'))[0] === `${email} Chez Hugo`);
  await quiet();
  expect([await held('claire'), await held('hugo'), await inTheCrm()]).toEqual([
    [`${email} Chez Claire`],
    [`${email} Chez Hugo`],
    ['Chez Hugo'],
  ]);

  // It comes back: one contact in each place, equal again.
  await give('claire');
  await until(async () => (await held('claire'))[0] === `${email} ${(await inTheCrm())[0]}`);
  await quiet();
  expect([await held('claire'), await inTheCrm()]).toEqual([[expect.any(String)], [expect.any(String)]]);
}, 180_000);

it('whoever deletes what they kept of a meeting that was given away takes nothing from whoever has it', async () => {
  const title = 'Rendez-vous donné';
  const [id] = await crm.createIn('Events', [
    {
      Event_Title: title,
      Start_DateTime: inDays(3),
      End_DateTime: inDays(3, 1),
      Owner: { id: CRM_IDS.claire },
    },
  ]);
  const has = async (who: Who) => (await agenda(who)).includes(title);
  await until(() => has('claire'));
  await crm.updateIn('Events', [{ id: id!, Owner: { id: CRM_IDS.hugo } }]);
  await until(() => has('hugo'));
  expect(await has('claire')).toBe(true);
  await act('google-calendar', { account: 'claire', act: 'delete', event: title });
  await calendars.get('claire')!.quiet();
  await calendars.get('hugo')!.quiet();
  expect([await meetingsInCrm('hugo'), await has('hugo')]).toEqual([expect.arrayContaining([title]), true]);
  // Whoever has it takes it along.
  await act('google-calendar', { account: 'hugo', act: 'delete', event: title });
  await until(async () => !(await crm.records('Events')).some((one) => one.id === id));
}, 180_000);

it('a meeting that one person makes is theirs in the CRM, and in nobody else’s calendar', async () => {
  await act('google-calendar', {
    account: 'claire',
    act: 'create',
    event: {
      summary: 'Visite chez Claire',
      start: { dateTime: new Date(Date.now() + 86_400_000).toISOString() },
      end: { dateTime: new Date(Date.now() + 90_000_000).toISOString() },
    },
  });
  const meeting = await until(
    async () => (await crm.records('Events')).find(({ Event_Title }) => Event_Title === 'Visite chez Claire'),
    90_000,
  );
  expect(ownerOf(meeting)).toBe(CRM_IDS.claire);
  for (const who of ['hugo', 'ines'] as const) {
    const state = await tables('google-calendar');
    const own = Object.entries(state).filter(([name]) =>
      who === 'hugo' ? !name.includes(' of ') : name.endsWith(EMAILS[who]),
    );
    expect(JSON.stringify(own)).not.toContain('Visite chez Claire');
  }
}, 120_000);

it('another person’s ids answer 404, and their templates and table are an admin’s', async () => {
  const hers = (await api<Own>('claire', 'GET', '/personal')).integrations;
  for (const { id, connection } of hers) {
    for (const [method, path, body] of [
      ['GET', `/integrations/${id}`],
      ['PATCH', `/integrations/${id}`, { enabled: false }],
      ['DELETE', `/integrations/${id}`],
      ['GET', `/integrations/${id}/records`],
      ['POST', `/integrations/${id}/stop`],
      ['POST', `/connections/${connection}/disconnect`],
    ] as const)
      expect([method, path, (await ask('ines', method, path, body)).status]).toEqual([method, path, 404]);
  }
  for (const path of ['/templates', '/persons', `/templates/${templates[0]}`])
    expect((await ask('ines', 'GET', path)).status).toBe(403);
  // What the template says is not a person's to change.
  const refused = await ask('claire', 'PATCH', `/integrations/${hers[0]!.id}`, {
    settings: { everySeconds: 60 },
  });
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('modèle')]);
}, 60_000);

it('a change of the template reaches each of them', async () => {
  const template = await api<{ settings: { rules: { create: object } } }>(
    'hugo',
    'GET',
    `/templates/${templates[0]}`,
  );
  const rules = { ...template.settings.rules, create: { left: true, right: false } };
  await api('hugo', 'PATCH', `/templates/${templates[0]}`, { settings: { rules } });
  for (const who of PERSONS) await until(async () => (await syncs.get(who)!.row()).phase === 'live', 60_000);
  await act('google-people', {
    account: 'ines',
    act: 'create',
    person: {
      names: [{ givenName: 'Ana', familyName: 'Privée' }],
      emailAddresses: [{ value: 'privee@x.example' }],
    },
  });
  await syncs.get('ines')!.quiet();
  await syncs.get('ines')!.quiet();
  expect((await crm.contacts()).some(({ Email }) => Email === 'privee@x.example')).toBe(false);
}, 120_000);

it('who is deactivated is ended, the admin is told, and the others go on', async () => {
  await act('zoho-crm', { act: 'deactivate', user: 'ines' });
  const alert = await until(async () => {
    const { alerts } = await api<{ alerts: { sentence: { en: string; fr: string } }[] }>(
      'hugo',
      'GET',
      '/alerts',
    );
    return alerts.find(({ sentence }) => sentence.en.startsWith('Inès Delorme is no longer active'));
  }, 60_000);
  expect(alert.sentence.fr).toContain('n’a plus de compte actif');
  expect((await ask('ines', 'GET', '/personal')).status).toBe(401);
  const { persons } = await api<{ persons: { name: string; state: string; integrations: object[] }[] }>(
    'hugo',
    'GET',
    '/persons',
  );
  expect(persons.map(({ name, state, integrations }) => [name, state, integrations.length])).toEqual([
    ['Claire Fontaine', 'taking-part', 2],
    ['Hugo Marchetti', 'taking-part', 2],
    ['Inès Delorme', 'left', 0],
  ]);
  const { connections } = await api<{ connections: { account: { name: string } }[] }>(
    'hugo',
    'GET',
    '/connections',
  );
  expect(connections.filter(({ account }) => account.name === EMAILS.ines)).toEqual([]);
  await crm.create([
    { Last_Name: 'Après', Email: 'claire-apres@clients.example', Owner: { id: CRM_IDS.claire } },
  ]);
  await until(async () => (await book('claire')).some((line) => line.startsWith('claire-apres@')), 60_000);
}, 120_000);

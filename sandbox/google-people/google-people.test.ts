import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people, type people_v1 } from '@googleapis/people';
import { crowdMember } from '../company/index.ts';
import { readConfig } from '../config.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { googleAccounts } from '../google-accounts/simulator.ts';
import { crowdPerson, personOf } from './seed.ts';
import { googlePeople } from './simulator.ts';

type Person = people_v1.Schema$Person;

const redirectUri = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const client = { client_id: 'sandbox-google-people', client_secret: 'sandbox-secret-google-people' };
const CONTACTS = 'https://www.googleapis.com/auth/contacts';
const FIELDS = 'metadata,names,emailAddresses,phoneNumbers,organizations,clientData,userDefined,biographies';
const ME = { resourceName: 'people/me', personFields: FIELDS };
const DAY = 24 * 3600_000;
let folder: string;
let sandbox: RunningSandbox;
let api: people_v1.People;
let now = Date.UTC(2026, 10, 24, 9);

async function start({ recorded }: { readonly recorded: boolean }): Promise<void> {
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: recorded ? readConfig(process.env).record : undefined,
    simulators: [googleAccounts, googlePeople],
    scenarios: [],
    clock: () => new Date(now),
    limitFactor: 100,
  });
  api = await connect(CONTACTS);
}

/** For requests that are wrong on purpose: not put before the checker. */
async function stopRecording(): Promise<void> {
  await sandbox.stop();
  await start({ recorded: false });
}

const control = async (method: string, path: string, body?: object): Promise<Record<string, never>> => {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await answer.json()) as Record<string, never>;
};

async function connect(scope: string): Promise<people_v1.People> {
  const { code } = await control('POST', 'consents/google-accounts', {
    clientId: client.client_id,
    redirectUri,
    scope,
  });
  const form = { ...client, code: code ?? '', redirect_uri: redirectUri, grant_type: 'authorization_code' };
  const granted = await fetch(`${sandbox.url}/google-accounts/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  const fetchImplementation: typeof fetch = (url, init) =>
    fetch(String(url).replace('https://people.googleapis.com', `${sandbox.url}/google-people`), init);
  return people({ version: 'v1', retry: false, headers, fetchImplementation });
}

const everyone = async (options: object = {}): Promise<Person[]> =>
  (await api.people.connections.list({ ...ME, pageSize: 1000, ...options })).data.connections ?? [];
const mailOf = (person: Person): string | null | undefined => person.emailAddresses?.[0]?.value;
const byMail = async (mail: string): Promise<Person> =>
  (await everyone()).find((person) => mailOf(person) === mail)!;
const refused = (code: number, message: string) => ({
  status: code,
  message: expect.stringContaining(message),
});
const detailsOf = async (call: Promise<unknown>): Promise<Record<string, never>[]> => {
  const thrown = (await call.then(
    () => null,
    (error: unknown) => error,
  )) as { response: { data: { error: { details: never[] } } } };
  return thrown.response.data.error.details;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-people-'));
  await start({ recorded: true });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

test('the address book is there: accents, two at one address, one without any, differences', async () => {
  const all = await everyone();
  expect(all).toHaveLength(60);
  const shared = all.filter((person) => mailOf(person) === 'accueil@veto-forges.example');
  expect(shared.map(({ names }) => names?.[0]?.displayName)).toEqual(['Zoé Mercier', 'Rémi Aubert']);
  expect(all.filter((person) => mailOf(person) === undefined).length).toBeGreaterThan(0);
  expect(await byMail('juliette@boulangerie-pelissier.example')).toMatchObject({
    resourceName: expect.stringMatching(/^people\/c\d{19}$/),
    names: [
      {
        displayName: 'Juliette Pélissier',
        displayNameLastFirst: 'Pélissier, Juliette',
        metadata: { primary: true },
      },
    ],
    phoneNumbers: [
      { value: '+33 4 65 71 20 99', canonicalForm: '+33465712099', type: 'work', formattedType: 'Work' },
      { type: 'mobile' },
    ],
    organizations: [{ name: 'Boulangerie Pélissier', title: 'Gérante' }],
    metadata: { sources: [{ type: 'CONTACT', etag: expect.any(String) }] },
  });
});

test('pages lead to the end, and only the last has the sync token', async () => {
  const seen: Person[] = [];
  let pageToken: string | undefined;
  let pages = 0;
  let sync: string | null | undefined;
  do {
    const { data } = await api.people.connections.list({
      ...ME,
      pageSize: 25,
      requestSyncToken: true,
      ...(pageToken ? { pageToken } : {}),
    });
    seen.push(...(data.connections ?? []));
    pages += 1;
    pageToken = data.nextPageToken ?? undefined;
    sync = data.nextSyncToken;
    expect(Boolean(sync)).toBe(pageToken === undefined);
    expect(data.totalItems).toBe(60);
  } while (pageToken);
  expect([pages, new Set(seen.map(({ resourceName }) => resourceName)).size]).toEqual([3, 60]);
  const { data } = await api.people.connections.list({ ...ME, pageSize: 25, syncToken: sync! });
  expect(data).toEqual({ nextSyncToken: expect.any(String) });
});

test('a sync token brings what was made, changed and deleted since, and nothing twice', async () => {
  const full = await api.people.connections.list({ ...ME, pageSize: 1000, requestSyncToken: true });
  const made = await api.people.createContact({
    personFields: FIELDS,
    requestBody: { names: [{ givenName: ' Ève ', familyName: 'Chrétien' }] },
  });
  const juliette = await byMail('juliette@boulangerie-pelissier.example');
  const gone = await byMail('loic@noemie-creations.example');
  await api.people.updateContact({
    resourceName: juliette.resourceName!,
    updatePersonFields: 'nicknames',
    requestBody: { metadata: juliette.metadata!, nicknames: [{ value: 'Juju' }] },
  });
  await api.people.deleteContact({ resourceName: gone.resourceName! });
  const since = { ...ME, pageSize: 1000, syncToken: full.data.nextSyncToken! };
  const { data } = await api.people.connections.list(since);
  expect(data.connections?.map(({ resourceName }) => resourceName)).toEqual([
    made.data.resourceName,
    juliette.resourceName,
    gone.resourceName,
  ]);
  expect(data.connections?.[2]?.metadata?.deleted).toBe(true);
  expect(made.data.names?.[0]).toMatchObject({ givenName: 'Ève', unstructuredName: 'Ève Chrétien' });
  const next = await api.people.connections.list({ ...since, syncToken: data.nextSyncToken! });
  expect(next.data.connections).toBeUndefined();
});

test('a sync token is good for seven days from the full sync on, whatever was asked since', async () => {
  const full = await api.people.connections.list({ ...ME, requestSyncToken: true, pageSize: 1000 });
  now += 4 * DAY;
  api = await connect(CONTACTS);
  const later = await api.people.connections.list({
    ...ME,
    pageSize: 1000,
    syncToken: full.data.nextSyncToken!,
  });
  now += 3 * DAY;
  api = await connect(CONTACTS);
  const late = api.people.connections.list({ ...ME, pageSize: 1000, syncToken: later.data.nextSyncToken! });
  expect(await detailsOf(late)).toMatchObject([{ reason: 'EXPIRED_SYNC_TOKEN' }]);
});

test('a sync token ends at once where that is asked for, and after a reset', async () => {
  for (const end of ['expire/google-people', 'reset']) {
    const { data } = await api.people.connections.list({ ...ME, requestSyncToken: true, pageSize: 1000 });
    await control('POST', end);
    const since = api.people.connections.list({ ...ME, pageSize: 1000, syncToken: data.nextSyncToken! });
    await expect(since).rejects.toMatchObject(refused(400, 'Sync token is expired'));
  }
});

test('writes that lag are read by name at once, and listed and synced only later', async () => {
  await control('PUT', 'faults/google-people', { lagMs: 60_000 });
  const full = await api.people.connections.list({ ...ME, requestSyncToken: true, pageSize: 1000 });
  const juliette = await byMail('juliette@boulangerie-pelissier.example');
  const gone = await byMail('loic@noemie-creations.example');
  const update = (requestBody: Person) =>
    api.people.updateContact({
      resourceName: juliette.resourceName!,
      updatePersonFields: 'names',
      personFields: 'metadata',
      requestBody,
    });
  const first = await update({ metadata: juliette.metadata!, names: [{ givenName: 'Une' }] });
  now += 30_000;
  await update({ metadata: first.data.metadata!, names: [{ givenName: 'Deux' }] });
  await api.people.deleteContact({ resourceName: gone.resourceName! });

  const nameNow = async () => (await byMail('juliette@boulangerie-pelissier.example')).names?.[0]?.givenName;
  const get = await api.people.get({ resourceName: juliette.resourceName!, personFields: 'names' });
  expect(get.data.names?.[0]?.givenName).toBe('Deux');
  expect(await nameNow()).toBe('Juliette');
  expect(await everyone()).toHaveLength(60);
  const since = { ...ME, pageSize: 1000, syncToken: full.data.nextSyncToken! };
  const empty = await api.people.connections.list(since);
  expect(empty.data.connections).toBeUndefined();
  now += 31_000;
  expect(await nameNow()).toBe('Une');
  now += 30_000;
  expect(await nameNow()).toBe('Deux');
  const { data } = await api.people.connections.list({ ...since, syncToken: empty.data.nextSyncToken! });
  expect(data.connections?.map((person) => person.metadata?.deleted ?? false)).toEqual([false, true]);
});

test('an update replaces the fields that it names as a whole, and keeps the others', async () => {
  const karim = await byMail('karim@garage-benali.example');
  const { data } = await api.people.updateContact({
    resourceName: karim.resourceName!,
    updatePersonFields: 'emailAddresses,phoneNumbers,biographies',
    personFields: FIELDS,
    requestBody: {
      metadata: karim.metadata!,
      names: [{ givenName: 'Ignoré' }],
      emailAddresses: [
        { value: 'un@garage-benali.example' },
        { value: 'deux@garage-benali.example', metadata: { sourcePrimary: true } },
        { value: ' ' },
      ],
      biographies: [{ value: 'Deux\nlignes ' }],
    },
  });
  expect(data.names).toEqual(karim.names);
  expect(data.phoneNumbers).toBeUndefined();
  expect(data.emailAddresses?.map(({ value, metadata }) => [value, metadata?.primary ?? false])).toEqual([
    ['un@garage-benali.example', false],
    ['deux@garage-benali.example', true],
  ]);
  expect(data.biographies).toMatchObject([{ value: 'Deux\nlignes ', contentType: 'TEXT_PLAIN' }]);
  expect(data.etag).not.toBe(karim.etag);
});

test('what programs put into a contact is kept, and marks its line in the ledger', async () => {
  const body: Person = {
    names: [{ unstructuredName: 'Jean-Paul de La Tour' }],
    userDefined: [{ key: 'Client depuis', value: ' 2019 ' }],
    clientData: [{ key: 'crm', value: 'm-1' }],
    externalIds: [{ value: 'x-1', type: 'customer' }],
  };
  const { data } = await api.people.createContact({
    personFields: `${FIELDS},externalIds`,
    requestBody: body,
  });
  expect(data).toMatchObject({
    names: [{ givenName: 'Jean-Paul de La', familyName: 'Tour' }],
    userDefined: [{ key: 'Client depuis', value: ' 2019 ' }],
    clientData: [{ key: 'crm', value: 'm-1' }],
    externalIds: [{ value: 'x-1', formattedType: 'Customer' }],
  });
  const { entries } = await control('GET', 'ledger?vendor=google-people');
  expect(entries).toMatchObject([
    {
      operation: 'people.createContact',
      object: 'person',
      action: 'create',
      marker: 'm-1',
      id: data.resourceName,
    },
  ]);
});

test('batches create, update, read and delete, each record with a line of its own', async () => {
  const contacts = ['a', 'b', 'c'].map((name) => ({
    contactPerson: { names: [{ givenName: name }], clientData: [{ key: 'k', value: `m-${name}` }] },
  }));
  const made = await api.people.batchCreateContacts({ requestBody: { contacts, readMask: FIELDS } });
  const persons = made.data.createdPeople?.map(({ person }) => person!) ?? [];
  expect(persons.map(({ names }) => names?.[0]?.givenName)).toEqual(['a', 'b', 'c']);
  const changes = Object.fromEntries(
    persons.map(({ resourceName, metadata }) => [
      resourceName,
      { metadata: metadata!, names: [{ givenName: 'z' }] },
    ]),
  );
  const updated = await api.people.batchUpdateContacts({
    requestBody: { contacts: changes, updateMask: 'names', readMask: 'names' },
  });
  expect(Object.keys(updated.data.updateResult ?? {})).toEqual(
    persons.map(({ resourceName }) => resourceName),
  );
  const resourceNames = persons.map(({ resourceName }) => resourceName!);
  const silent = await api.people.batchDeleteContacts({ requestBody: { resourceNames } });
  expect(silent.data).toEqual({});
  const read = await api.people.getBatchGet({
    resourceNames: [...resourceNames, 'people/me'],
    personFields: 'names',
  });
  expect(read.data.responses?.map(({ httpStatusCode }) => httpStatusCode)).toEqual([404, 404, 404, 200]);
  const entries: { action: string }[] = (await control('GET', 'ledger?vendor=google-people')).entries ?? [];
  expect(entries.map(({ action }) => action)).toEqual(
    ['create', 'update', 'delete'].flatMap((action) => [action, action, action]),
  );
});

test('a batch with one wrong contact changes none, and names it', async () => {
  const [one, two] = await everyone();
  const changes = {
    [one!.resourceName!]: { metadata: one!.metadata!, names: [{ givenName: 'x' }] },
    [two!.resourceName!]: {
      metadata: { sources: [{ type: 'CONTACT', etag: '#old' }] },
      names: [{ givenName: 'x' }],
    },
    'people/c1': { metadata: one!.metadata!, names: [] },
  };
  const update = api.people.batchUpdateContacts({
    requestBody: { contacts: changes, updateMask: 'names', readMask: 'names' },
  });
  const [detail] = await detailsOf(update);
  expect(detail).toMatchObject({
    '@type': 'type.googleapis.com/google.people.v1.BatchUpdateContactsErrorDetails',
    contactErrors: { [two!.resourceName!]: { code: 9 }, 'people/c1': { code: 5 } },
  });
  const birthday = (month: number) => ({ contactPerson: { birthdays: [{ date: { month, day: 31 } }] } });
  const create = api.people.batchCreateContacts({
    requestBody: { contacts: [birthday(1), birthday(4)], readMask: 'names' },
  });
  expect(Object.keys((await detailsOf(create))[0]!.contactErrors!)).toEqual(['1']);
  expect((await control('GET', 'ledger?vendor=google-people')).entries).toEqual([]);
});

test('mutations that meet are refused and counted, one after the other they pass', async () => {
  const create = () => api.people.createContact({ requestBody: { names: [{ givenName: 'x' }] } });
  const results = await Promise.allSettled(Array.from({ length: 8 }, create));
  expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
  const failed = results.filter((result) => result.status === 'rejected');
  expect(failed.length).toBeGreaterThan(0);
  expect(failed[0]?.reason).toMatchObject(refused(409, 'aborted'));
  const { tables } = await control('GET', 'state/google-people');
  expect(tables?.['overlapping mutations']).toHaveLength(failed.length);
  await create();
  await create();
});

test('the search finds what its warm-up saw, by the beginnings of words, without regard to accents', async () => {
  const search = async (query: string) => {
    const { data } = await api.people.searchContacts({ query, readMask: 'names' });
    return data.results?.map(({ person }) => person?.names?.[0]?.displayName) ?? [];
  };
  expect(await search('pelis')).toEqual([]);
  await search('');
  expect(await search('pelis')).toEqual(['Juliette Pélissier', 'Bastien Pélissier']);
  expect(await search('elissier')).toEqual([]);
  await api.people.createContact({ requestBody: { names: [{ givenName: 'Pélisse' }] } });
  expect(await search('pelisse')).toEqual([]);
  await search('');
  expect(await search('pelisse')).toEqual(['Pélisse']);
});

test('groups have members', async () => {
  const { data: group } = await api.contactGroups.create({ requestBody: { contactGroup: { name: 'Été' } } });
  const [one] = await everyone();
  const { data } = await api.contactGroups.members.modify({
    resourceName: group.resourceName!,
    requestBody: { resourceNamesToAdd: [one!.resourceName!, 'people/c1'] },
  });
  expect(data).toEqual({ notFoundResourceNames: ['people/c1'] });
  const groups = (await api.contactGroups.list({})).data.contactGroups;
  expect(groups?.map(({ name, memberCount }) => [name, memberCount])).toEqual([
    ['myContacts', 60],
    ['starred', undefined],
    ['Été', 1],
  ]);
  await stopRecording();
  const read = await api.contactGroups.get({ resourceName: group.resourceName!, maxMembers: 5 });
  expect(read.data.memberResourceNames).toEqual([one!.resourceName]);
});

test('the account itself is there as far as its scopes go', async () => {
  const scopes = `${CONTACTS} https://www.googleapis.com/auth/userinfo.email`;
  const own = await connect(scopes);
  const { data } = await own.people.get({ resourceName: 'people/me', personFields: 'names,emailAddresses' });
  expect(data).toMatchObject({ emailAddresses: [{ value: 'hugo.marchetti@atelier-lumen.example' }] });
  expect(data.names).toBeUndefined();
});

test('twenty thousand contacts are there within moments, the same at every call', async () => {
  const began = performance.now();
  const answer = await control('POST', 'seed/google-people', {
    contacts: 20_000,
    companies: 50,
    replace: true,
  });
  expect(answer).toEqual({ contacts: 20_000 });
  expect(performance.now() - began).toBeLessThan(10_000);
  const { data } = await api.people.connections.list({ ...ME, pageSize: 2 });
  expect(data.totalItems).toBe(20_000);
  expect(data.connections?.map(mailOf)).toEqual([
    'contact-00001@clients.example',
    'contact-00002@clients.example',
  ]);
  expect((await control('POST', 'seed/google-people', { contact: 1 })).error).toContain('contact');
  expect((await control('POST', 'seed/google-people', { contacts: -1 })).error).toContain('"contacts"');
});

test('the owner makes, edits and deletes contacts by hand: seen by programs, not in the ledger', async () => {
  const { data } = await api.people.connections.list({ ...ME, requestSyncToken: true, pageSize: 1000 });
  const name = (givenName: string) => ({ names: [{ givenName }] });
  const made = await control('POST', 'acts/google-people', { act: 'create', person: name('Lou') });
  const contact = 'karim@garage-benali.example';
  await control('POST', 'acts/google-people', { act: 'edit', contact, person: name('Karim-Paul') });
  await control('POST', 'acts/google-people', { act: 'delete', contact: 'loic@noemie-creations.example' });
  const since = await api.people.connections.list({
    ...ME,
    pageSize: 1000,
    syncToken: data.nextSyncToken!,
  });
  expect(since.data.connections).toMatchObject([
    { resourceName: made.resourceName, names: [{ givenName: 'Lou' }] },
    { names: [{ displayName: 'Karim-Paul' }], emailAddresses: [{ value: contact }] },
    { metadata: { deleted: true } },
  ]);
  expect((await control('GET', 'ledger?vendor=google-people')).entries).toEqual([]);
  for (const wrong of [{ act: 'edit', contact: 'x' }, { act: 'sing' }, { act: 'create', person: { x: 1 } }])
    expect(await control('POST', 'acts/google-people', wrong)).toEqual({ error: expect.any(String) });
});

test('a member of the crowd is what a person of the same data would become', () => {
  for (const companies of [0, 3])
    expect(crowdPerson(crowdMember(7, companies))).toEqual(personOf(crowdMember(7, companies)));
});

test('what Google refuses is refused: masks, members, etags, singletons, tokens, sizes, scopes', async () => {
  await stopRecording();
  const [one] = await everyone();
  const resourceName = one!.resourceName!;
  const list = (more: object) => api.people.connections.list({ ...ME, ...more });
  await expect(list({ personFields: '' })).rejects.toMatchObject(refused(400, 'mask is required'));
  await expect(list({ personFields: 'surnom' })).rejects.toMatchObject(refused(400, '"surnom"'));
  await expect(list({ pageSize: 1001 })).rejects.toMatchObject(refused(400, 'pageSize'));
  await expect(list({ nom: 1 })).rejects.toMatchObject(refused(400, 'Cannot bind query parameter'));
  await expect(list({ syncToken: 'x' })).rejects.toMatchObject(refused(400, 'invalid argument'));
  const { data } = await list({ requestSyncToken: true, pageSize: 1000 });
  await expect(
    list({ syncToken: data.nextSyncToken, pageSize: 1000, personFields: 'names' }),
  ).rejects.toMatchObject(refused(400, 'must match'));

  const update = (requestBody: object, updatePersonFields = 'names') =>
    api.people.updateContact({ resourceName, updatePersonFields, requestBody });
  const metadata = one!.metadata!;
  await expect(update({ names: [] })).rejects.toMatchObject(refused(400, 'metadata.sources'));
  await expect(update({ metadata, names: [] }, '')).rejects.toMatchObject(refused(400, 'mask is required'));
  await expect(update({ metadata, nom: 1 })).rejects.toMatchObject(refused(400, 'Unknown name "nom"'));
  await expect(update({ metadata, names: [{ givenName: 1 }] })).rejects.toMatchObject(
    refused(400, 'TYPE_STRING'),
  );
  await expect(update({ metadata, names: [{}, {}] })).rejects.toMatchObject(refused(400, 'singleton'));
  await expect(update({ metadata }, 'memberships')).rejects.toMatchObject(refused(400, 'group'));
  const old = { sources: [{ type: 'CONTACT', etag: '#old' }] };
  await expect(update({ metadata: old, names: [] })).rejects.toMatchObject({
    status: 400,
    response: {
      data: { error: { status: 'FAILED_PRECONDITION', errors: [{ reason: 'failedPrecondition' }] } },
    },
  });
  const unknown = { resourceName: 'people/c1', personFields: 'names' };
  await expect(api.people.get(unknown)).rejects.toMatchObject(refused(404, 'not found'));
  const many = Array.from({ length: 201 }, () => resourceName);
  await expect(api.people.getBatchGet({ resourceNames: many, personFields: 'names' })).rejects.toMatchObject(
    refused(400, '201'),
  );
  const drafts = many.map(() => ({ contactPerson: {} }));
  await expect(
    api.people.batchCreateContacts({ requestBody: { contacts: drafts, readMask: '' } }),
  ).rejects.toMatchObject(refused(400, '200'));
  const reader = await connect(`${CONTACTS}.readonly`);
  await expect(reader.people.createContact({ requestBody: {} })).rejects.toMatchObject(
    refused(403, 'scopes'),
  );
});

test('more calls in a minute than the quota are refused with its name', async () => {
  await control('PUT', 'faults/google-people', { requestsPerMinute: 60 });
  await everyone();
  const second = api.people.connections.list(ME);
  expect(await detailsOf(second)).toMatchObject([{ reason: 'RATE_LIMIT_EXCEEDED' }]);
  now += 1000;
  expect(await everyone()).toHaveLength(60);
});

test('a list can be made to come back empty, as if nothing were there', async () => {
  await control('PUT', 'faults/google-people', { empty: true });
  const { data } = await api.people.connections.list({ ...ME, pageSize: 10 });
  expect(data).toEqual({ connections: [], totalItems: 0, totalPeople: 0 });
});

test('contacts and tokens outlive a restart', async () => {
  const { data } = await api.people.connections.list({ ...ME, requestSyncToken: true, pageSize: 1000 });
  await stopRecording();
  const made = await api.people.createContact({ requestBody: { names: [{ givenName: 'x' }] } });
  const since = await api.people.connections.list({ ...ME, pageSize: 1000, syncToken: data.nextSyncToken! });
  expect(since.data.connections?.map(({ resourceName }) => resourceName)).toEqual([made.data.resourceName]);
});

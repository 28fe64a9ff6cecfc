import type { ZohoCliqClient } from '../../server/connectors/zoho-cliq/client.ts';
import { zohoCliq } from '../../server/connectors/zoho-cliq/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { messagesOf } from '../../server/core/messages.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let connected: Connected<ZohoCliqClient>;
let messages: ReturnType<typeof messagesOf>;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-cliq', { only: ['zoho-accounts', 'zoho-cliq'], limitFactor: 100 });
  connected = await sandbox.connect({ ...zohoCliq, budgets: [] });
  messages = messagesOf({ connector: zohoCliq as never, client: connected.client });
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );
const since = new Date();
const whole = { words: 'Tout', title: 'La fiche', address: 'https://crm.zoho.eu/crm/org1/tab/Leads/1' };
const text = (value: string) => messages.compose([{ markup: '*' }, { value }, { markup: '*' }], whole);
const post = (place: string, marker: string, value = 'Gagnée') =>
  messages.post({ place, marker, lines: [text(value)] });

it('says whose access it is, and fails with reconnect when the token is no good', async () => {
  expect(connected.account.name).toBe('hugo.marchetti@atelier-lumen.example');
  expect((await failureOf(sandbox.connect(zohoCliq, 'wrong'))).kind).toBe('reconnect');
});

it('offers the channels that its user takes part in, none that is archived, and the people', async () => {
  const places = (await messages.places()).map(({ id, name }) => name ?? id);
  expect(places).toEqual(
    expect.arrayContaining(['#ventes', '#direction', 'claire.fontaine@atelier-lumen.example']),
  );
  for (const name of ['#support', '#salon2025']) expect(places).not.toContain(name);
});

it.each([
  '#ventes',
  '#direction',
  'claire.fontaine@atelier-lumen.example',
  'ines.delorme@atelier-lumen.example',
])('a message to %s is found again by its mark, among others, and by no other mark', async (place) => {
  const marker = `liaison:${place.length}:message`;
  expect(await messages.find({ place, marker, since })).toBeNull();
  const id = await post(place, marker);
  await post(place, `${marker}2`);
  expect(await messages.find({ place, marker, since })).toBe(id);
  expect(await messages.find({ place, marker: 'liaison:1:mess', since })).toBeNull();
  const posted = (await sandbox.ledger('zoho-cliq')).filter((one) => one.marker === marker);
  expect(posted).toHaveLength(1);
});

it('a channel is posted to by its id too, and a message there is the same as under its name', async () => {
  const id = (await messages.places()).find(({ name }) => name === '#ventes')?.id ?? '';
  await post(id, 'liaison:by-id:message');
  expect(await messages.find({ place: '#ventes', marker: 'liaison:by-id:message', since })).not.toBeNull();
});

it('a message is found behind a hundred newer ones', async () => {
  const place = '#annonces';
  await post(place, 'liaison:first:message');
  for (let count = 0; count < 104; count += 1) await connected.client.post(place, `Suite ${count}`);
  expect(await messages.find({ place, marker: 'liaison:first:message', since })).not.toBeNull();
  expect(await messages.find({ place, marker: 'liaison:none:message', since })).toBeNull();
});

it.each([
  ['5,000 signs', '*_~`'.repeat(1_250)],
  ['32,000 letters', 'x'.repeat(32_000)],
  ['emoji', '👩‍👩‍👧‍👦'.repeat(700)],
  ['links and mentions', '[clic](https://x.example) {@hugo} '.repeat(300)],
])('a value of %s is one message with its link and mark whole', async (_what, value) => {
  const marker = `liaison:${value.length}:message`;
  const id = await post('#ventes', marker, value);
  const [line] = (await sandbox.ledger('zoho-cliq')).filter((one) => one.marker === marker);
  const posted = String(line?.record.text);
  expect(posted.length).toBeLessThanOrEqual(5_000);
  expect(posted).toMatch(/\n\[La fiche\]\(https:\/\/crm\.zoho\.eu\/[^()\s]+#liaison:\d+:message\)$/);
  expect(await messages.find({ place: '#ventes', marker, since })).toBe(id);
});

it('is read as people will: without marks and addresses, values with the signs they have', () => {
  const value = 'Lot *3* [a](b) :100: {@hugo}\n# deux';
  const posted = messages.compose([{ markup: '*Gagnée* : ' }, { value }], whole);
  expect(messages.readable(posted)).toBe(`Gagnée : ${value}\nLa fiche`);
  expect(posted).not.toMatch(/\*3\*|\]\(b|:100:|\{@|^#/m);
});

it.each(['#nulle-part', '#support', 'nobody@example.org', '#salon2025'])(
  'to %s is refused with what to do',
  async (place) => {
    const { kind, details } = await failureOf(post(place, 'liaison:no:message'));
    expect([kind, details.sentence.fr.includes('Cliq')]).toEqual(['rejected', true]);
  },
);

describe('faults', () => {
  afterEach(() => sandbox.fault('zoho-cliq', null));

  it('after the work was done leave a message that can be found', async () => {
    await sandbox.fault('zoho-cliq', { commitThenFail: 'reset', count: 1 });
    const error = await failureOf(post('#ventes', 'liaison:lost:message'));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
    expect(await messages.find({ place: '#ventes', marker: 'liaison:lost:message', since })).not.toBeNull();
  });

  it('of too many requests wait, though Cliq does not say how long', async () => {
    await sandbox.fault('zoho-cliq', { status: 429, count: 1 });
    const error = await failureOf(post('#ventes', 'liaison:limit:message'));
    expect(error.kind).toBe('rate-limited');
    expect((error.details.retryAt ?? 0) - Date.now()).toBeGreaterThan(30_000);
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(connected.exchanges).sort()).toEqual(['accounts.zoho.eu', 'cliq.zoho.eu']);
});

import type { MicrosoftTeamsClient } from '../../server/connectors/microsoft-teams/client.ts';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { messagesOf } from '../../server/core/messages.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

let sandbox: OpenSandbox;
let connected: Connected<MicrosoftTeamsClient>;
let messages: ReturnType<typeof messagesOf>;

beforeAll(async () => {
  const only = ['microsoft-accounts', 'microsoft-teams'];
  sandbox = await openSandbox('microsoft-teams', { only, limitFactor: 100 });
  connected = await sandbox.connect({ ...microsoftTeams, budgets: [] });
  messages = messagesOf({ connector: microsoftTeams as never, client: connected.client });
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );
const since = new Date();
const SALES = 'Atelier Lumen/Ventes';
const ADDRESS = 'https://crm.zoho.eu/crm/org1/tab/Leads/1?a=1&b=2';
const whole = { words: 'Tout', title: 'La fiche', address: ADDRESS };
const text = (value: string, more = whole) => messages.compose([{ markup: '*Gagnée* : ' }, { value }], more);
const post = (place: string, marker: string, value = 'Lot') =>
  messages.post({ place, marker, lines: [text(value)] });
const posted = async (marker: string) =>
  (await sandbox.ledger('microsoft-teams')).filter((one) => one.marker === marker);
const act = (wish: object) => sandbox.act('microsoft-teams', wish);

it('says in whose name it posts, and fails with reconnect when the token is no good', async () => {
  expect(connected.account.name).toBe('hugo.marchetti@atelier-lumen.example');
  expect((await failureOf(sandbox.connect(microsoftTeams, 'wrong'))).kind).toBe('reconnect');
});

it('offers the channels that the person takes part in, none that is archived or of a team that is', async () => {
  const places = await messages.places();
  expect(places.map(({ name }) => name)).toEqual([
    'Atelier Lumen/General',
    'Atelier Lumen/Annonces',
    SALES,
    'Atelier Lumen/Direction',
    'Support/General',
    'Support/Tickets urgents',
    'Support/Hébergeur & partenaires',
  ]);
  expect(places.find(({ name }) => name === SALES)?.title).toBe('Atelier Lumen › Ventes');
});

it('offers every page of them, and by its ids one whose name is not its own', async () => {
  await sandbox.seed('microsoft-teams', { team: 'Support', channels: 60 });
  await act({ act: 'rename-channel', channel: 'Support/Canal 2', name: 'Canal 1' });
  const places = await messages.places();
  expect(places.filter(({ title }) => title.startsWith('Support › Canal'))).toHaveLength(60);
  const [one, other, ...more] = places.filter(({ title }) => title === 'Support › Canal 1');
  expect([one?.name, other?.name, more]).toEqual([undefined, undefined, []]);
  const { kind, details } = await failureOf(post('Support/Canal 1', 'liaison:two:message'));
  expect([kind, details.sentence.en]).toEqual(['rejected', expect.stringContaining('Several channels')]);
  await post(one?.id ?? '', 'liaison:one:message');
  expect((await posted('liaison:one:message'))[0]?.record.channel).toBe('Canal 1');
});

it.each([SALES, 'Atelier Lumen/Direction', 'support/hébergeur & partenaires'])(
  'a message to %s is found again by its mark, among others, and by no other mark',
  async (place) => {
    const marker = `liaison:${place.length}:message`;
    expect(await messages.find({ place, marker, since })).toBeNull();
    const id = await post(place, marker);
    await post(place, `${marker}2`);
    expect(await messages.find({ place, marker, since })).toBe(id);
    expect(await messages.find({ place, marker: 'liaison:1:mess', since })).toBeNull();
    expect(await posted(marker)).toHaveLength(1);
  },
);

it('a message whose page has a place of its own after the # is found too, and one that leads nowhere', async () => {
  const page = 'https://desk.zoho.eu/support/lumen/ShowHomePage.do#Cases/dv/7';
  for (const [address, marker] of [
    [page, 'liaison:hash:message'],
    [null, 'liaison:none:message'],
  ] as const) {
    const id = await messages.post({
      ...{ place: SALES, marker },
      lines: [text('Lot', { ...whole, address } as never)],
    });
    expect(await messages.find({ place: SALES, marker, since })).toBe(id);
  }
  const [line] = await posted('liaison:hash:message');
  expect(line?.record.content).toContain('?liaison=liaison:hash:message#Cases/dv/7">La fiche</a>');
});

it('a message is found behind a hundred newer ones, and under answers of people', async () => {
  const place = 'Atelier Lumen/Annonces';
  const id = await post(place, 'liaison:first:message');
  await act({ act: 'say', channel: place, who: 'claire', html: '<p>Bravo</p>', to: id.split('/').at(-1) });
  const spot = await connected.client.spotOf(place);
  for (let count = 0; count < 104; count += 1) await connected.client.post(spot, `<div>Suite ${count}</div>`);
  expect(await messages.find({ place, marker: 'liaison:first:message', since })).toBe(id);
  expect(await messages.find({ place, marker: 'liaison:not:message', since })).toBeNull();
});

it('an alert, which is plain words without a page, stands there as it is, with a link to its channel', async () => {
  const lines = ['3 lots <b>à revoir</b> *vite* : https://liaison.example/#/log?a=1&b=2.', '', 'C:\\a_b_c'];
  // Its mark is no id, but whatever its sender makes it.
  const marker = 'Liaison : « 2 » points (é)';
  const id = await messages.post({ place: SALES, title: 'Alerte & co', lines, marker });
  expect(await messages.find({ place: SALES, marker, since })).toBe(id);
  const content = String((await sandbox.ledger('microsoft-teams')).at(-1)?.record.content);
  expect(content).toMatch(/<br><a href="https:\/\/teams\.microsoft\.com\/[^"\s]+">Liaison<\/a><\/div>$/);
  expect(content).toContain('<a href="https://liaison.example/#/log?a=1&amp;b=2">');
  expect(content).toMatch(/^<div><strong>Alerte &amp; co<\/strong><br>3 lots &lt;b&gt;/);
  expect(messages.readable(content)).toBe(
    'Alerte & co\n3 lots <b>à revoir</b> vite : https://liaison.example/#/log?a=1&b=2.\n\nC:\\a_b_c\nLiaison',
  );
});

it('an answer goes into the thread, and is found there alone', async () => {
  const spot = await connected.client.spotOf(SALES);
  const root = await connected.client.post(spot, '<div>Racine</div>');
  const marker = 'liaison:answer:message';
  const html = `<div>Réponse <a href="${ADDRESS}#${marker}">ici</a></div>`;
  const id = await connected.client.post(spot, html, root);
  const find = (thread: string | null) => connected.client.messageWith(spot, marker, { since, thread });
  expect([await find(root), await find(null)]).toEqual([id, null]);
  expect((await posted(marker))[0]?.record.replyToId).toBe(root);
});

it.each([
  ['8,000 signs', '*_~`'.repeat(2_000)],
  ['60,000 letters', 'x'.repeat(60_000)],
  ['nothing but what HTML needs written otherwise', '<&">'.repeat(3_000)],
  ['emoji', '👩‍👩‍👧‍👦'.repeat(1_000)],
  ['lines', '🙂 🙂 🙂\n'.repeat(4_000)],
  ['Japanese', '請求書'.repeat(4_000)],
  ['links and mentions', '[clic](https://x.example) <at id="0">Hugo</at> '.repeat(300)],
])('a value of %s is one message with its link and mark whole', async (_what, value) => {
  const marker = `liaison:${value.length}:message`;
  const id = await post(SALES, marker, value);
  const [line] = await posted(marker);
  const content = String(line?.record.content);
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(28_000);
  const address = ADDRESS.replace('&', '&amp;');
  expect(content.endsWith(`<br><a href="${address}#${marker}">La fiche</a></div>`)).toBe(true);
  expect(content).toContain('…');
  expect(await messages.find({ place: SALES, marker, since })).toBe(id);
});

it('a value is read with the signs that it has, and is markup for nobody', async () => {
  const value = 'A & B <script>alert(1)</script> *3* [a](https://x.example/_b_) <b>c</b> &lt; "d"\n  _e_';
  const marked = text(value);
  expect(messages.readable(marked)).toBe(`Gagnée : ${value}\nLa fiche`);
  await messages.post({ place: SALES, marker: 'liaison:signs:message', lines: [marked] });
  const content = String((await posted('liaison:signs:message'))[0]?.record.content);
  expect(content).toMatch(/^<div><strong>Gagnée<\/strong> : A &amp; B &lt;script&gt;/);
  expect(content).not.toMatch(/<script|<b>|<em>|\u2060/);
  // The address in it is a link as it is in any chat; its words stay as they were.
  expect(messages.readable(content)).toBe(`Gagnée : ${value}\nLa fiche`);
});

it.each([
  ['Atelier Lumen/Nulle part', 'canal'],
  ['Commerciaux/Ventes', 'canal'],
  ['Support/Entre nous', 'canal'],
  ['Atelier Lumen/Salon 2025', 'canal'],
  ['#ventes', 'canal'],
])('to %s is refused with what to do', async (place, word) => {
  const { kind, details } = await failureOf(post(place, 'liaison:no:message'));
  expect([kind, details.sentence.fr.includes(word)]).toEqual(['rejected', true]);
});

it('a channel that was archived, or deleted, and a person who left say who has to do what', async () => {
  const ids = new Map((await messages.places()).map(({ id, name }) => [name, id]));
  const sentence = async (name: string) => {
    const { kind, details } = await failureOf(post(ids.get(name) ?? '', 'liaison:gone:message'));
    return `${kind}: ${details.sentence.en}`;
  };
  await act({ act: 'archive-channel', channel: 'Support/Canal 3' });
  expect(await sentence('Support/Canal 3')).toMatch(/^rejected: .*archived/);
  await act({ act: 'delete-channel', channel: 'Support/Canal 4' });
  expect(await sentence('Support/Canal 4')).toMatch(/^rejected: .*no such channel/);
  await act({ act: 'leave', who: 'hugo', team: 'Support' });
  expect(await sentence('Support/Tickets urgents')).toMatch(/^rejected: .*takes no part/);
  expect((await messages.places()).some(({ title }) => title.startsWith('Support'))).toBe(false);
  const { details } = await failureOf(post('Support/Tickets urgents', 'liaison:gone:message'));
  expect(details.sentence.en).toContain('they take no part there');
  await act({ act: 'join', who: 'hugo', team: 'Support' });
  await post('Support/Tickets urgents', 'liaison:back:message');
});

describe('faults', () => {
  afterEach(() => sandbox.fault('microsoft-teams', null));

  it('after the work was done leave a message that can be found', async () => {
    const id = (await messages.places()).find(({ name }) => name === SALES)?.id ?? '';
    await sandbox.fault('microsoft-teams', { commitThenFail: 'reset', count: 1 });
    const error = await failureOf(post(id, 'liaison:lost:message'));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
    expect(await messages.find({ place: id, marker: 'liaison:lost:message', since })).not.toBeNull();
  });
});

it('spoke to declared hosts only', () => {
  expect(hostsOf(connected.exchanges).sort()).toEqual(['graph.microsoft.com']);
});

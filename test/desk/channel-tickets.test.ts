import { randomUUID } from 'node:crypto';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { channelTickets } from '../../server/flows/channel-tickets/flow.ts';
import { openFlow, type Row } from './flow-rig.ts';

const CHANNEL = 'Support/General';

type Flow = Awaited<ReturnType<typeof openFlow>>;
let flow: Flow;

beforeEach(async () => {
  flow = await openFlow(
    channelTickets as never,
    { source: microsoftTeams as never, desk: zohoDesk as never },
    { place: CHANNEL },
  );
});
afterEach(() => flow.close());

async function tell(role: 'source' | 'desk', recordId: string, topic: string, times = 1): Promise<void> {
  const events = Array.from({ length: times }, () => ({
    ...{ key: randomUUID(), topic, recordId, body: {} },
  }));
  await flow.accept(role, events);
  await flow.rig.settled();
}
const act = <Answer>(vendor: string, wish: object) => flow.sandbox.act(vendor, wish) as Promise<Answer>;

async function say(html: string, to?: string, who = 'ines', channel = CHANNEL): Promise<string> {
  const wish = { act: 'say', channel, who, html, ...(to === undefined ? {} : { to }) };
  return (await act<{ message: { id: string } }>('microsoft-teams', wish)).message.id;
}
async function threadOf(root: string): Promise<string> {
  const { messages = [], channels = [] } = await flow.tables('microsoft-teams');
  const channel = messages.find(({ id }) => id === root)?.channelId;
  return `${channels.find(({ id }) => id === channel)?.teamId}/${channel}/${root}`;
}
const changed = async (root: string, times = 1) =>
  tell('source', await threadOf(root), 'thread.changed', times);
const react = (message: string, sign = '🎫') =>
  act('microsoft-teams', { act: 'react', message, who: 'hugo', sign });

const made = async (object: string): Promise<Row[]> =>
  (await flow.sandbox.ledger('zoho-desk'))
    .filter((one) => one.object === object && one.action === 'create' && one.marker !== null)
    .map(({ record }) => record as Row);
const posted = async (): Promise<Row[]> =>
  (await flow.sandbox.ledger('microsoft-teams')).map(({ record }) => record as Row);

it('a message that somebody marks becomes one ticket of who wrote it, with a link to the thread, which is told there', async () => {
  const root = await say('<p>La <b>caisse</b> ne répond plus&nbsp;!</p><p>Depuis 9 h</p>');
  await changed(root);
  expect(await made('ticket')).toEqual([]);
  await react(root);
  await flow.sandbox.fault('zoho-desk', { commitThenFail: 'reset', count: 1, methods: ['POST'] });
  await flow.sandbox.fault('microsoft-teams', { commitThenFail: 'reset', count: 1, methods: ['POST'] });
  await changed(root, 3);
  await changed(root);
  const [ticket, ...more] = await made('ticket');
  expect(more).toEqual([]);
  expect(ticket).toMatchObject({
    subject: 'La caisse ne répond plus !',
    email: 'ines.delorme@atelier-lumen.example',
  });
  expect(String(ticket?.description)).toMatch(/Depuis 9 h/);
  expect(String(ticket?.description)).toContain(`/${root}?groupId=`);
  const [said, ...others] = await posted();
  expect(others).toEqual([]);
  expect(said).toMatchObject({ replyToId: root });
  expect(String(said?.content)).toContain(String(ticket?.ticketNumber));
});

it('what is answered to it in Desk comes into the thread, and what is written there becomes its private comment', async () => {
  const root = await say('<p>Panne 🎫</p>');
  await say('<p>Chez moi aussi</p>', root, 'hugo');
  await changed(root);
  const [ticket] = await made('ticket');
  const id = String(ticket?.id);
  expect((await made('comment')).map(({ isPublic }) => isPublic)).toEqual([false]);
  await act('zoho-desk', { act: 'comment', ticket: id, content: 'C’est réparé.', isPublic: true });
  await act('zoho-desk', { act: 'comment', ticket: id, content: 'Entre nous', isPublic: false });
  await tell('desk', id, 'Ticket_Comment_Add', 3);
  for (let round = 0; round < 3; round += 1) {
    await changed(root);
    await tell('desk', id, 'Ticket_Comment_Add');
  }
  expect(await made('comment')).toHaveLength(1);
  const texts = (await posted()).map(({ content }) => String(content));
  expect(texts).toHaveLength(2);
  expect(texts[1]).toMatch(/C’est réparé\./);
  expect(texts.join()).not.toMatch(/Entre nous/);
  expect(await made('ticket')).toHaveLength(1);
});

it('every message is one where it is set so; what Liaison posts, what is old, deleted or only answers is none', async () => {
  flow.set({ which: 'all', tell: false });
  const first = await say('<p>Un</p>');
  const second = await say('<p>Deux</p>');
  const gone = await say('<p>Trois</p>');
  await act('microsoft-teams', { act: 'delete-message', message: gone });
  const ours = await say(
    '<div>Annonce<br><a href="https://desk.example/1#liaison:1:message">Le ticket</a></div>',
    undefined,
    'hugo',
  );
  const answer = await say('<p>Réponse</p>', first);
  for (const root of [first, second, gone, ours, answer]) await changed(root, 2);
  expect((await made('ticket')).map(({ subject }) => subject)).toEqual(['Un', 'Deux']);
  expect(await posted()).toEqual([]);
  expect((await flow.runs()).map(({ state }) => state)).not.toContain('shelved');
});

it('a department that is gone sets the message aside, and it becomes a ticket once another is chosen', async () => {
  flow.set({ which: 'all', department: 'Nulle part' });
  const root = await say('<p>Perdu</p>');
  await changed(root);
  const [run] = (await flow.runs()).slice(-1);
  expect(run).toMatchObject({ state: 'shelved', error: { kind: 'rejected' } });
  flow.set({ which: 'all' });
  await flow.replayShelved();
  expect((await made('ticket')).map(({ subject }) => subject)).toEqual(['Perdu']);
});

it('a message of another channel, which somebody else follows, is none', async () => {
  flow.set({ which: 'all' });
  await changed(await say('<p>Ailleurs 🎫</p>', undefined, 'ines', 'Support/Tickets urgents'));
  expect(await made('ticket')).toEqual([]);
});

it('what was answered on either side before the two were known to belong together is there once', async () => {
  const root = await say('<p>Panne 🎫</p>');
  await say('<p>Avant</p>', root, 'hugo');
  // The ticket is there, and the server knows nothing of it yet.
  await flow.sandbox.fault('zoho-desk', { commitThenFail: 'reset', count: 1, methods: ['POST'] });
  await changed(root);
  const id = String((await made('ticket'))[0]?.id);
  await act('zoho-desk', { act: 'comment', ticket: id, content: 'Déjà.', isPublic: true });
  await tell('desk', id, 'Ticket_Comment_Add', 2);
  await changed(root);
  expect((await made('comment')).length).toBe(1);
  expect((await posted()).filter(({ content }) => /Déjà/.test(String(content)))).toHaveLength(1);
});

it('two messages of somebody new, while the desk’s search knows nobody yet, are two tickets of one contact', async () => {
  flow.set({ which: 'all', tell: false });
  await flow.sandbox.fault('zoho-desk', { lagMs: 120_000 });
  const before = (await flow.tables('zoho-desk')).contacts ?? [];
  const roots = [await say('<p>Panne</p>'), await say('<p>Encore</p>')];
  const told = await Promise.all(roots.map(threadOf));
  await flow.accept(
    'source',
    told.map((recordId) => ({ key: randomUUID(), topic: 'thread.changed', recordId, body: {} })),
  );
  await flow.rig.settled();
  const tickets = await made('ticket');
  expect(tickets.map(({ subject }) => subject).sort()).toEqual(['Encore', 'Panne']);
  const [contact, ...others] = new Set(tickets.map(({ contactId }) => contactId));
  expect(others).toEqual([]);
  expect(before.map(({ id }) => id)).not.toContain(contact);
  expect((await flow.tables('zoho-desk')).contacts).toHaveLength(before.length + 1);
});

it('a message of a channel that an integration does not follow begins no run of it, once a look found its own', async () => {
  flow.set({ which: 'all', tell: false });
  const here = await say('<p>Ici</p>');
  await changed(here);
  const [team, channel] = (await threadOf(here)).split('/');
  const cursor = { place: CHANNEL, spot: { team, channel }, at: 0, begun: 0 };
  await flow.rig.database.query(
    `insert into cursors (organisation_id, integration, side, cursor)
     select distinct organisation_id, integration, 'first', $1::jsonb from runs`,
    [JSON.stringify(cursor)],
  );
  await changed(await say('<p>Ailleurs</p>', undefined, 'ines', 'Support/Tickets urgents'));
  expect(await flow.runs()).toHaveLength(1);
  await changed(here);
  expect(await flow.runs()).toHaveLength(2);
  // The channel that was chosen since is not looked at yet: whatever is told of may be of it.
  flow.set({ which: 'all', tell: false, place: 'Support/Tickets urgents' });
  await changed(await say('<p>Là-bas</p>', undefined, 'ines', 'Support/Tickets urgents'));
  expect((await made('ticket')).map(({ subject }) => subject)).toEqual(['Ici', 'Là-bas']);
});

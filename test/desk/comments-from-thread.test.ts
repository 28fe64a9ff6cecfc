import { randomUUID } from 'node:crypto';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { announceTickets } from '../../server/flows/announce-tickets/flow.ts';
import { openFlow, type Row } from './flow-rig.ts';

const FROM_THREAD = /\(Microsoft Teams\)/;
const CHANNEL = 'Support/Tickets urgents';

type Flow = Awaited<ReturnType<typeof openFlow>>;
let flow: Flow;

beforeEach(async () => {
  flow = await openFlow(
    announceTickets as never,
    { source: zohoDesk as never, target: microsoftTeams as never },
    { place: CHANNEL, answers: 'all', comments: 'private' },
  );
});
afterEach(() => flow.close());

/** Tells of a ticket, or of a thread, as often as is said. */
async function tell(role: 'source' | 'target', recordId: string, topic: string, times = 1): Promise<void> {
  const events = Array.from({ length: times }, () => ({
    ...{ key: randomUUID(), topic, recordId, body: {} },
  }));
  await flow.accept(role, events);
  await flow.rig.settled();
}

async function announced(subject = 'Panne'): Promise<{ ticket: string; thread: string; root: string }> {
  const { ticket } = (await flow.sandbox.act('zoho-desk', {
    ...{ act: 'open', subject, priority: 'Urgent', email: 'a@exemple.example' },
  })) as { ticket: { id: string } };
  await tell('source', ticket.id, 'Ticket_Add');
  const last = (await posted()).at(-1) as Row;
  const team = (await flow.tables('microsoft-teams')).channels?.find(
    ({ id }) => id === last.channelId,
  )?.teamId;
  return { ticket: ticket.id, root: String(last.id), thread: `${team}/${last.channelId}/${last.id}` };
}

async function say(to: string, html: string, who = 'ines', more: object = {}): Promise<string> {
  const wish = { act: 'say', channel: CHANNEL, who, html, to, ...more };
  return ((await flow.sandbox.act('microsoft-teams', wish)) as { message: { id: string } }).message.id;
}
const posted = async (): Promise<Row[]> =>
  (await flow.sandbox.ledger('microsoft-teams')).map(({ record }) => record as Row);
const written = async (): Promise<Row[]> =>
  (await flow.sandbox.ledger('zoho-desk'))
    .filter(({ object, record }) => object === 'comment' && FROM_THREAD.test(String(record.content)))
    .map(({ record }) => record);
const comments = async (): Promise<Row[]> =>
  ((await flow.tables('zoho-desk')).comments ?? []).filter(({ content }) =>
    FROM_THREAD.test(String(content)),
  );

it('what people write in the thread of a ticket is its private comment, once each and in order', async () => {
  const { ticket, thread, root } = await announced();
  await say(root, '<p>Bonjour&nbsp;: <b>panne</b> &lt;ici&gt;</p>');
  await say(root, '<p>Je regarde</p>', 'hugo');
  await flow.sandbox.fault('zoho-desk', { commitThenFail: 'reset', count: 1 });
  await tell('target', thread, 'thread.changed', 3);
  await tell('target', thread, 'thread.changed', 2);
  const made = await written();
  expect(made.map(({ ticketId, isPublic }) => [ticketId, isPublic])).toEqual([
    [ticket, false],
    [ticket, false],
  ]);
  expect(String(made[0]?.content)).toMatch(/^Inès \S+ \(Microsoft Teams\)\nBonjour : panne <ici>\nhttps:/);
  expect(String(made[1]?.content)).toMatch(/^Hugo \S+ \(Microsoft Teams\)\nJe regarde\n/);
});

it('what Liaison posts in a thread does not come back, and what it took from there is not posted there', async () => {
  flow.set({ comments: 'public' });
  const { ticket, thread, root } = await announced();
  await say(root, '<p>Bonjour</p>');
  await tell('target', thread, 'thread.changed');
  const [made] = await written();
  expect(made).toMatchObject({ isPublic: true });
  await tell('source', ticket, 'Ticket_Comment_Add');
  await flow.sandbox.act('zoho-desk', { act: 'comment', ticket, content: 'D’un agent', isPublic: true });
  await tell('source', ticket, 'Ticket_Comment_Add', 2);
  for (let round = 0; round < 3; round += 1) {
    await tell('target', thread, 'thread.changed');
    await tell('source', ticket, 'Ticket_Comment_Add');
  }
  expect(await written()).toHaveLength(1);
  const [, answer, ...more] = await posted();
  expect(String(answer?.content)).toMatch(/D’un agent/);
  expect(more).toEqual([]);
  // Somebody takes the link out of it: it stays ours.
  await flow.sandbox.act('microsoft-teams', {
    act: 'edit-message',
    message: answer?.id,
    html: '<p>D’un agent</p>',
  });
  await tell('target', thread, 'thread.changed');
  expect(await written()).toHaveLength(1);
});

it('who copies the link of our message writes something of their own', async () => {
  const { thread, root } = await announced();
  const [ours] = await posted();
  const link = /<a href[^>]*>[^<]*<\/a>/.exec(String(ours?.content))?.[0];
  await say(root, `<p>Vu : ${link}</p>`, 'hugo');
  await tell('target', thread, 'thread.changed');
  expect(await written()).toHaveLength(1);
});

it('what is edited in the thread is edited in the ticket, and what is deleted there is taken out', async () => {
  const { thread, root } = await announced();
  const first = await say(root, '<p>Mot de passe : 1234</p>');
  const second = await say(root, '<p>Deux</p>');
  const never = await say(root, '<p>Jamais vu</p>');
  await flow.sandbox.act('microsoft-teams', { act: 'delete-message', message: never });
  await tell('target', thread, 'thread.changed');
  await flow.sandbox.act('microsoft-teams', { act: 'delete-message', message: first });
  await flow.sandbox.act('microsoft-teams', { act: 'edit-message', message: second, html: '<p>Trois</p>' });
  await tell('target', thread, 'thread.changed', 2);
  await tell('target', thread, 'thread.changed');
  const all = (await comments()).map(({ content }) => String(content));
  expect(all).toHaveLength(2);
  expect(all[0]).toMatch(/supprimé/);
  expect(all[1]).toMatch(/Trois/);
  expect(all.join()).not.toMatch(/1234|Deux|Jamais/);
  expect((await written()).map(({ content }) => String(content))).toHaveLength(4);
});

it('mentions are names, and emoji, pictures and files are said', async () => {
  const { thread, root } = await announced();
  await say(
    root,
    '<div><at id="0">Léa</at> urgent&nbsp;: <b>panne</b> <emoji id="1" alt="😡" title="Fâché"></emoji><attachment id="a1"></attachment>' +
      '<img src="https://graph.microsoft.com/v1.0/teams/x/channels/y/messages/z/hostedContents/a/$value" alt="image">' +
      '<a href="https://exemple.example/a?b=1&amp;c=2">ici</a></div>',
    'ines',
    {
      attachments: [
        { id: 'a1', contentType: 'reference', contentUrl: 'https://sp.example/devis.pdf', name: 'devis.pdf' },
      ],
    },
  );
  await tell('target', thread, 'thread.changed');
  const [made] = await written();
  const text = String(made?.content);
  expect(text).toMatch(
    /Léa urgent : panne 😡 ?\[image\] ?ici \(https:\/\/exemple\.example\/a\?b=1&c=2\)\ndevis\.pdf: https:\/\/sp\.example\/devis\.pdf\n/,
  );
  expect(text).not.toMatch(/<|hostedContents/);
});

it('threads of nobody’s ticket, of tickets that are gone and of integrations that do not ask for it make no comment', async () => {
  const asked = await announced();
  const wish = { act: 'say', channel: CHANNEL, who: 'ines', html: '<p>Autre chose</p>' };
  const other = (await flow.sandbox.act('microsoft-teams', wish)) as { message: { id: string } };
  await say(other.message.id, '<p>Oui</p>');
  await tell('target', asked.thread.replace(asked.root, other.message.id), 'thread.changed');
  await say(asked.root, '<p>Trop tard</p>');
  await flow.sandbox.act('zoho-desk', { act: 'trash', ticket: asked.ticket });
  await tell('target', asked.thread, 'thread.changed');
  flow.set({ comments: 'none' });
  const { thread, root } = await announced('Autre');
  await say(root, '<p>Reste ici</p>');
  await tell('target', thread, 'thread.changed');
  expect(await written()).toEqual([]);
  const states = (await flow.runs()).map(({ state }) => state);
  expect(states).not.toContain('shelved');
});

it('a message that the desk refuses is set aside with its words, holds up no other, and is taken when it is retried', async () => {
  const { thread, root } = await announced();
  await say(root, '<p>Un</p>');
  await say(root, '<p>Deux</p>');
  const body = { errorCode: 'UNPROCESSABLE_ENTITY', message: 'Ce commentaire ne va pas.' };
  await flow.sandbox.fault('zoho-desk', {
    ...{ status: 422, body, count: 1, methods: ['POST'], path: 'comments' },
  });
  await tell('target', thread, 'thread.changed');
  const texts = async () => (await written()).map(({ content }) => String(content).split('\n')[1]);
  expect(await texts()).toEqual(['Deux']);
  expect((await flow.runs()).at(-1)).toMatchObject({ state: 'shelved', error: { kind: 'rejected' } });
  await flow.replayShelved();
  expect(await texts()).toEqual(['Deux', 'Un']);
});

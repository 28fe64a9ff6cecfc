import { randomUUID } from 'node:crypto';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { channelTickets } from '../../server/flows/channel-tickets/flow.ts';
import { openFlow } from './flow-rig.ts';

const CHANNEL = 'Support/General';

let flow: Awaited<ReturnType<typeof openFlow>>;
let thread: string;
let message: string;

const act = (wish: object) =>
  flow.sandbox.act('microsoft-teams', wish) as Promise<{ message: { id: string } }>;
async function changed(): Promise<void> {
  await flow.accept('source', [{ key: randomUUID(), topic: 'thread.changed', recordId: thread, body: {} }]);
  await flow.rig.settled();
}
const comments = async (): Promise<string[]> =>
  ((await flow.tables('zoho-desk')).comments ?? [])
    .map(({ content }) => String(content))
    .filter((content) => /\(Microsoft Teams\)/.test(content));

/** A ticket of a channel, in whose thread something was written that the desk refused for now. */
beforeEach(async () => {
  flow = await openFlow(
    channelTickets as never,
    { source: microsoftTeams as never, desk: zohoDesk as never },
    { place: CHANNEL, tell: false },
  );
  const said = { act: 'say', channel: CHANNEL, who: 'ines' };
  const root = (await act({ ...said, html: '<p>Panne 🎫</p>' })).message.id;
  const { messages = [], channels = [] } = await flow.tables('microsoft-teams');
  const channel = messages.find(({ id }) => id === root)?.channelId;
  thread = `${channels.find(({ id }) => id === channel)?.teamId}/${channel}/${root}`;
  await changed();
  message = (await act({ ...said, html: '<p>Mot de passe : 1234</p>', to: root })).message.id;
  await flow.sandbox.fault('zoho-desk', { status: 422, methods: ['POST'], path: '/comments' });
  await changed();
  await flow.sandbox.fault('zoho-desk', null);
  expect(await comments()).toEqual([]);
});
afterEach(() => flow.close());

it('what was deleted while its comment was set aside is not written when it is retried', async () => {
  await act({ act: 'delete-message', message });
  await changed();
  await flow.replayShelved();
  expect((await comments()).join()).not.toMatch(/1234/);
});

it('what was edited while its comment was set aside is written as it is then', async () => {
  await act({ act: 'edit-message', message, html: '<p>Mot de passe oublié</p>' } as never);
  await changed();
  await flow.replayShelved();
  const said = await comments();
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/oublié/);
});

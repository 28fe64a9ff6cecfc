import { randomUUID } from 'node:crypto';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { channelTickets } from '../../server/flows/channel-tickets/flow.ts';
import { openFlow } from '../desk/flow-rig.ts';

const CHANNEL = 'Support/General';

/** As an application whose messages are counted in each thread: ids are those of the thread alone. */
const threads = microsoftTeams.offers?.threads as NonNullable<typeof microsoftTeams.offers>['threads'];
const counted = {
  ...microsoftTeams,
  offers: {
    ...microsoftTeams.offers,
    threads: {
      ...threads,
      replies: async (client: never, thread: string) =>
        (await threads?.replies(client, thread))?.map((reply, index) => ({ ...reply, id: `${index + 1}` })) ??
        null,
    },
  },
};

let flow: Awaited<ReturnType<typeof openFlow>>;

beforeEach(async () => {
  flow = await openFlow(
    channelTickets as never,
    { source: counted as never, desk: zohoDesk as never },
    { place: CHANNEL, tell: false },
  );
});
afterEach(() => flow.close());

const act = (wish: object) =>
  flow.sandbox.act('microsoft-teams', wish) as Promise<{ message: { id: string } }>;
const say = async (html: string, to?: string): Promise<string> =>
  (await act({ act: 'say', channel: CHANNEL, who: 'ines', html, ...(to === undefined ? {} : { to }) }))
    .message.id;
async function changed(root: string): Promise<void> {
  const { messages = [], channels = [] } = await flow.tables('microsoft-teams');
  const channel = messages.find(({ id }) => id === root)?.channelId;
  const recordId = `${channels.find(({ id }) => id === channel)?.teamId}/${channel}/${root}`;
  await flow.accept('source', [{ key: randomUUID(), topic: 'thread.changed', recordId, body: {} }]);
  await flow.rig.settled();
}
/** What each ticket's comments say, without who said it. */
const comments = async (): Promise<string[]> =>
  ((await flow.tables('zoho-desk')).comments ?? [])
    .filter(({ content }) => /\(Microsoft Teams\)/.test(String(content)))
    .map(({ content }) => String(content).split('\n')[1] ?? '')
    .sort();

it('both become comments, each of its own ticket, and an edit of one leaves the other alone', async () => {
  const [one, other] = [await say('<p>Panne 🎫</p>'), await say('<p>Fuite 🎫</p>')];
  const first = await say('<p>De la panne</p>', one);
  await say('<p>De la fuite</p>', other);
  for (const root of [one, other, one, other]) await changed(root);
  expect(await comments()).toEqual(['De la fuite', 'De la panne']);
  await act({ act: 'edit-message', message: first, html: '<p>Plus de panne</p>' });
  for (const root of [other, one]) await changed(root);
  expect(await comments()).toEqual(['De la fuite', 'Plus de panne']);
});

it('what an earlier version remembered by the id alone stays: no second comment, and an edit finds the first', async () => {
  const root = await say('<p>Panne 🎫</p>');
  await changed(root);
  await flow.rig.database.query(
    `update links set right_id = (right_id::jsonb - 'byThread')::text where left_id like 'of %'`,
  );
  const said = await say('<p>Un</p>', root);
  await changed(root);
  const remembered = await flow.rig.database.query(`select from links where left_id = 'said 1'`);
  expect(remembered).toHaveLength(1);
  await act({ act: 'edit-message', message: said, html: '<p>Deux</p>' });
  await say('<p>Trois</p>', root);
  await changed(root);
  expect(await comments()).toEqual(['Deux', 'Trois']);
});

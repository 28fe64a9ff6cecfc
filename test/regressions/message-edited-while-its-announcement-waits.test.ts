import { randomUUID } from 'node:crypto';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { announceTickets } from '../../server/flows/announce-tickets/flow.ts';
import { openFlow } from '../desk/flow-rig.ts';

const CHANNEL = 'Support/Tickets urgents';
const offered = microsoftTeams.offers?.threads;

let flow: Awaited<ReturnType<typeof openFlow>>;
/** What happens in the thread once the announcing run read it, before it wrote anything of it. */
let meanwhile: (thread: string) => Promise<void>;
let said: string;
let of = '';

const act = (wish: object) =>
  flow.sandbox.act('microsoft-teams', wish) as Promise<{ message: { id: string } }>;

beforeEach(async () => {
  let reads = 0;
  const between = {
    ...microsoftTeams,
    offers: {
      ...microsoftTeams.offers,
      threads: {
        ...offered,
        async replies(client: never, thread: string) {
          reads += 1;
          if (reads !== 1) return offered?.replies(client, thread);
          const root = thread.split('/').at(-1);
          of = thread;
          const wish = { act: 'say', channel: CHANNEL, who: 'ines', html: '<p>Mot de passe : 1234</p>' };
          said = (await act({ ...wish, to: root })).message.id;
          return offered?.replies(client, thread);
        },
      },
    },
  };
  let looked = false;
  const tickets = zohoDesk.offers?.tickets;
  const slow = {
    ...zohoDesk,
    offers: {
      ...zohoDesk.offers,
      tickets: {
        ...tickets,
        async commentWith(client: never, id: string, marker: string) {
          if (!looked) {
            looked = true;
            await meanwhile(of);
          }
          return tickets?.commentWith(client, id, marker);
        },
      },
    },
  };
  flow = await openFlow(
    announceTickets as never,
    { source: slow as never, target: between as never },
    { place: CHANNEL, comments: 'private' },
  );
});
afterEach(() => flow.close());

/** The notification of a change, and the run that it begins, end while the announcing one is where it is. */
async function changed(thread: string): Promise<void> {
  await flow.accept('target', [{ key: randomUUID(), topic: 'thread.changed', recordId: thread, body: {} }]);
  const isOver = async () =>
    (await flow.runs()).some(({ recordId, state }) => recordId === thread && /done|skipped/.test(state));
  while (!(await isOver())) await new Promise((next) => setImmediate(next));
}
async function announced(): Promise<string> {
  const { ticket } = (await flow.sandbox.act('zoho-desk', {
    ...{ act: 'open', subject: 'Panne', priority: 'Urgent', email: 'a@exemple.example' },
  })) as { ticket: { id: string } };
  const told = { key: randomUUID(), topic: 'Ticket_Add', recordId: ticket.id, body: {} };
  await flow.accept('source', [told]);
  await flow.rig.settled();
  return ((await flow.tables('zoho-desk')).comments ?? [])
    .filter(({ content }) => /\(Microsoft Teams\)/.test(String(content)))
    .map(({ content }) => String(content))
    .join();
}

it('what was edited meanwhile is written as it is then', async () => {
  meanwhile = async (thread) => {
    await act({ act: 'edit-message', message: said, html: '<p>Mot de passe oublié</p>' });
    await changed(thread);
  };
  const text = await announced();
  expect(text).toMatch(/oublié/);
  expect(text).not.toMatch(/1234/);
});

it('what was deleted meanwhile is taken out', async () => {
  meanwhile = async (thread) => {
    await act({ act: 'delete-message', message: said });
    await changed(thread);
  };
  expect(await announced()).not.toMatch(/1234/);
});

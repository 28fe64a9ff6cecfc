import { randomUUID } from 'node:crypto';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { slack } from '../../server/connectors/slack/connector.ts';
import { zohoCliq } from '../../server/connectors/zoho-cliq/connector.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import { announceTickets } from '../../server/flows/announce-tickets/flow.ts';
import { openFlow } from './flow-rig.ts';

type Flow = Awaited<ReturnType<typeof openFlow>>;
let flow: Flow;
/** So often a run does not come to its end, though its work is done. */
let endsLost = 0;
const losesEnds = {
  ...announceTickets,
  async run(context: never) {
    const outcome = await announceTickets.run(context);
    if (endsLost === 0) return outcome;
    endsLost -= 1;
    throw new LiaisonError('conflict', { sentence: { en: 'Lost.', fr: 'Perdu.' } });
  },
};
beforeAll(async () => {
  flow = await openFlow(losesEnds as never, { source: zohoDesk as never, target: slack as never });
});
afterAll(() => flow.close());
beforeEach(() => flow.set());

const act = async (wish: object): Promise<{ id: string; ticketNumber: string }> =>
  ((await flow.sandbox.act('zoho-desk', wish)) as { ticket: { id: string; ticketNumber: string } }).ticket;
const opened = (more: object = {}) =>
  act({ act: 'open', subject: 'Panne', email: 'client@exemple.example', ...more });
/** A delivery that says so, and whose body is wrong in everything else. */
async function tell(id: string, topic = 'Ticket_Update', times = 1): Promise<void> {
  const body = { eventType: topic, payload: { id, priority: 'Urgent', subject: 'Faux' } };
  const events = Array.from({ length: times }, () => ({ key: randomUUID(), topic, recordId: id, body }));
  await flow.accept('source', events);
  await flow.rig.settled();
}
async function posted(): Promise<string[]> {
  const lines = await flow.sandbox.ledger('slack');
  return lines.filter(({ object }) => object === 'message').map(({ record }) => String(record.text));
}
const lastSummary = async (): Promise<string> => (await flow.runs()).at(-1)?.summary?.fr ?? '';

it('an urgent ticket is announced by the preset, once, its signs as they are', async () => {
  const ticket = await opened({ priority: 'Urgent', subject: 'RE: <!here> *panne* & "arrêt"' });
  await tell(ticket.id, 'Ticket_Add', 3);
  await tell(ticket.id);
  const [text, ...others] = await posted();
  expect(others).toEqual([]);
  expect(text?.replaceAll('\u2060', '')).toContain(
    `🚨 Ticket urgent #${ticket.ticketNumber}: RE: &lt;!here&gt; *panne* &amp; "arrêt"`,
  );
  expect(text).not.toMatch(/<!here>|[^\u2060]\*panne\*/);
  const [line] = (await flow.sandbox.ledger('slack')).filter(({ object }) => object === 'message');
  expect(line?.record.channel).toBe('C07URGENT01');
});

it('it is told again only when it became urgent again, though nobody heard of the time between', async () => {
  const before = (await posted()).length;
  const { id } = await opened({ priority: 'Low' });
  await tell(id);
  expect(await lastSummary()).toContain('«\u00a0Low\u00a0»');
  await act({ act: 'change', ticket: id, priority: 'Urgent' });
  await tell(id);
  await act({ act: 'change', ticket: id, subject: 'Panne totale' });
  await tell(id);
  expect((await posted()).length - before).toBe(1);
  await act({ act: 'change', ticket: id, priority: 'High' });
  await act({ act: 'change', ticket: id, priority: 'Urgent' });
  await tell(id);
  await tell(id);
  expect((await posted()).length - before).toBe(2);
});

it('a run that is taken up again after its message says that it posted it, and posts no other', async () => {
  const { id, ticketNumber } = await opened({ priority: 'Urgent' });
  const before = (await posted()).length;
  endsLost = 1;
  await tell(id, 'Ticket_Update', 2);
  expect(endsLost).toBe(0);
  expect((await posted()).length - before).toBe(1);
  const ends = (await flow.runs()).slice(-2).map(({ state, summary }) => `${state}: ${summary?.fr}`);
  expect(ends.sort()).toEqual([
    expect.stringContaining(`done: Le ticket nº ${ticketNumber} a été annoncé`),
    expect.stringContaining('skipped: '),
  ]);
});

it('the body of a delivery is believed in nothing, and a ticket that is gone is none', async () => {
  const before = (await posted()).length;
  const { id } = await opened({ priority: 'Low' });
  await tell(id);
  await act({ act: 'change', ticket: id, priority: 'Urgent' });
  await act({ act: 'trash', ticket: id });
  await tell(id);
  await tell('1');
  expect((await posted()).length).toBe(before);
});

it('what has been urgent for more than a day is no news', async () => {
  const before = (await posted()).length;
  const { tickets = [] } = await flow.tables('zoho-desk');
  const old = tickets.find(({ priority }) => priority === 'High');
  flow.set({ priority: 'High' });
  await act({ act: 'change', ticket: old?.id, subject: 'Toujours là' });
  await tell(String(old?.id));
  expect([(await posted()).length, await lastSummary()]).toEqual([
    before,
    expect.stringContaining('plus d’un jour'),
  ]);
});

it('tickets are announced when they are opened, where that is chosen, in words of one’s own', async () => {
  flow.set({
    when: 'opened',
    place: '#ventes',
    template: '{Department}: {Requester} – {Subject} ({Status})',
  });
  const { id } = await opened({ name: 'Léa', email: 'lea@exemple.example' });
  await tell(id, 'Ticket_Add');
  await tell(id);
  const texts = (await posted()).filter((text) => text.startsWith('Support: Léa – Panne (Open)'));
  expect(texts).toHaveLength(1);
});

it('a description of any length, a message that is lost, and a place that is gone', async () => {
  const { id } = await opened({
    priority: 'Urgent',
    subject: 'S'.repeat(255),
    description: '🙂\n'.repeat(20_000),
  });
  await flow.sandbox.fault('slack', { commitThenFail: 'reset', count: 1 });
  const before = (await posted()).length;
  await tell(id);
  expect((await posted()).length - before).toBe(1);
  flow.set({ place: '#nulle-part' });
  const other = await opened({ priority: 'Urgent' });
  await tell(other.id);
  expect((await flow.runs()).at(-1)).toMatchObject({ state: 'shelved', error: { kind: 'rejected' } });
  flow.set();
  await flow.replayShelved();
  expect((await posted()).length - before).toBe(2);
});

it.each([
  ['zoho-cliq', zohoCliq, '#annonces', 'text'],
  ['microsoft-teams', microsoftTeams, 'Support/Tickets urgents', 'content'],
])('goes to any application that offers messages: %s', async (vendor, connector, place, member) => {
  const other = await openFlow(
    announceTickets as never,
    { source: zohoDesk as never, target: connector as never },
    { place },
  );
  const { ticket } = (await other.sandbox.act('zoho-desk', {
    act: 'open',
    subject: '*gras* [lien](https://x.example) <b>A & B</b>',
    priority: 'Urgent',
  })) as { ticket: { id: string } };
  await other.sandbox.fault(vendor, { commitThenFail: 'reset', count: 1 });
  const body = { payload: { id: ticket.id } };
  for (let times = 0; times < 3; times += 1)
    await other.accept('source', [{ key: randomUUID(), topic: 'Ticket_Add', recordId: ticket.id, body }]);
  await other.rig.settled();
  const [line, ...more] = (await other.sandbox.ledger(vendor)).map(({ record }) => String(record[member]));
  expect(more).toEqual([]);
  expect(line).toMatch(/^(<div>)?🚨 Ticket urgent #\d+: /);
  expect(line).not.toMatch(/\]\(https:\/\/x\.example\)|<strong>|[^\u2060*]\*gras\*[^\u2060]<b>/);
  await other.close();
});

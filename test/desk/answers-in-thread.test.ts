import { randomUUID } from 'node:crypto';
import { microsoftTeams } from '../../server/connectors/microsoft-teams/connector.ts';
import { slack } from '../../server/connectors/slack/connector.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { announceTickets } from '../../server/flows/announce-tickets/flow.ts';
import { openFlow } from './flow-rig.ts';

const PLACES = [
  ['slack', slack, '#support-urgent', 'text', 'threadTs'],
  ['microsoft-teams', microsoftTeams, 'Support/Tickets urgents', 'content', 'replyToId'],
] as const;

it.each(PLACES)(
  'answers follow in the thread, once each and in order: %s',
  async (vendor, connector, place, text, root) => {
    const flow = await openFlow(
      announceTickets as never,
      { source: zohoDesk as never, target: connector as never },
      { place, answers: 'all' },
    );
    const act = (wish: object) => flow.sandbox.act('zoho-desk', wish) as Promise<never>;
    const tell = async (id: string, topic: string, times = 1): Promise<void> => {
      const events = Array.from({ length: times }, () => ({
        ...{ key: randomUUID(), topic, recordId: id },
        body: { eventType: topic, payload: { id: '1', ticketId: id, content: 'Faux', isPublic: true } },
      }));
      await flow.accept('source', events);
      await flow.rig.settled();
    };
    const posted = async (): Promise<string[]> => {
      const lines = await flow.sandbox.ledger(vendor);
      return lines.filter(({ object }) => object === 'message').map(({ record }) => String(record[text]));
    };
    try {
      const opened = async (priority: string) =>
        (
          (await act({ act: 'open', subject: 'Panne', priority, email: 'a@exemple.example' })) as {
            ticket: { id: string };
          }
        ).ticket.id;
      const id = await opened('Urgent');
      await tell(id, 'Ticket_Add');
      expect(await posted()).toHaveLength(1);

      await act({
        act: 'reply',
        ticket: id,
        direction: 'in',
        content: '<p>Alors <b>quoi</b> ?</p><script>x</script>',
      });
      await act({ act: 'comment', ticket: id, content: 'Entre nous', isPublic: false });
      await act({ act: 'reply', ticket: id, direction: 'out', content: 'Brouillon', status: 'DRAFT' });
      await act({
        act: 'comment',
        ticket: id,
        content: 'De Liaison https://x.example#liaison:1:a',
        isPublic: true,
      });
      await act({
        act: 'reply',
        ticket: id,
        direction: 'out',
        content: `<p>*Voici* &lt;!here&gt; ${'z'.repeat(9_000)}</p>`,
      });
      await flow.sandbox.fault(vendor, { commitThenFail: 'reset', count: 1 });
      await tell(id, 'Ticket_Thread_Add', 5);
      await tell(id, 'Ticket_Comment_Add', 3);
      const [, first, second, ...more] = await posted();
      expect(more).toEqual([]);
      const roots = (await flow.sandbox.ledger(vendor))
        .filter(({ object }) => object === 'message')
        .map(({ record }) => record[root] ?? null);
      expect([roots[0], roots[1] === null, roots[1] === roots[2]]).toEqual([null, false, true]);
      expect(first).toMatch(/Client/);
      expect(first).toMatch(/Alors quoi \?/);
      expect(second).toMatch(/Voici/);
      expect(second).toMatch(/…/);
      expect(second).not.toMatch(/<!here>|<strong>Voici/);
      expect(second).toContain(id);

      const never = await opened('Low');
      await act({ act: 'reply', ticket: never, direction: 'in', content: 'Et moi ?' });
      await tell(never, 'Ticket_Thread_Add');
      expect(await posted()).toHaveLength(3);

      flow.set({ answers: 'agents' });
      await act({ act: 'reply', ticket: id, direction: 'in', content: 'Merci' });
      await act({ act: 'comment', ticket: id, content: 'Avec plaisir', isPublic: true });
      await tell(id, 'Ticket_Comment_Add');
      expect((await posted()).slice(3).join()).toMatch(/Avec plaisir/);
      expect((await posted()).join()).not.toMatch(/Merci|Entre nous|Brouillon|De Liaison/);

      flow.set({ answers: 'none' });
      await act({ act: 'comment', ticket: id, content: 'Encore', isPublic: true });
      await tell(id, 'Ticket_Comment_Add');
      await tell(id, 'Ticket_Update');
      expect(await posted()).toHaveLength(4);
    } finally {
      await flow.close();
    }
  },
);

import { memberChanges } from '../../server/connectors/mailchimp/member-changes.ts';
import { audienceOf } from './one-member-audience.ts';

it('whoever signs up and leaves within one second is heard to leave, also by a look in between', async () => {
  const { client, held } = audienceOf('subscribed');
  const look = async (cursor: Parameters<typeof memberChanges>[2]) => {
    const members = await memberChanges(client, 'a1', cursor, {
      withReading: false,
      shown: async (found) =>
        found.map(({ hash, status }) => ({ id: hash, version: null, values: { status }, label: '' })),
    });
    const archived = await memberChanges(client, 'a1', members.cursor, {
      withReading: false,
      shown: async (found) => {
        expect(found).toEqual([]);
        return [];
      },
    });
    return { statuses: members.records.map(({ values }) => values.status), cursor: archived.cursor };
  };
  const first = await look(null);
  const unchanged = await look(first.cursor);
  held.status = 'unsubscribed';
  const second = await look(unchanged.cursor);
  expect([first.statuses, unchanged.statuses, second.statuses]).toEqual([
    ['subscribed'],
    [],
    ['unsubscribed'],
  ]);
});

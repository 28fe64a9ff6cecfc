import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';

const GUEST = 'juliette@boulangerie-pelissier.example';
const DAY_MS = 86_400_000;

it('the last meeting with a person is on their record, however many others the calendar holds', async () => {
  const sandbox = await openSandbox('full-calendar', { only: ['microsoft-calendar', 'microsoft-accounts'] });
  try {
    const { client } = await sandbox.connect(microsoftCalendar);
    const now = (await client.calendars()).at;
    const textOf = (at: number) => new Date(at).toISOString().slice(0, 19);
    const at = (begins: number) => ({
      start: { dateTime: textOf(begins), timeZone: 'UTC' },
      end: { dateTime: textOf(begins + 900_000), timeZone: 'UTC' },
    });
    const first = now - 58 * DAY_MS;
    const range = { type: 'numbered', startDate: textOf(first).slice(0, 10), numberOfOccurrences: 57 };
    const recurrence = { pattern: { type: 'daily', interval: 1 }, range };
    for (let many = 0; many < 5; many += 1)
      await client.createEvent('primary', { subject: `Daily ${many}`, ...at(first), recurrence });
    const attendees = [{ type: 'required', emailAddress: { address: GUEST } }];
    await client.createEvent('primary', { subject: 'Long ago', ...at(now - 50 * DAY_MS), attendees });
    await client.createEvent('primary', { subject: 'Yesterday', ...at(now - DAY_MS), attendees });
    const subject = { emails: [GUEST], phones: [] };
    const { sections } = (await microsoftCalendar.card?.read({
      client,
      subject,
      linked: [],
      now,
    } as never)) ?? { sections: [] };
    const last = sections.find(({ id }) => id === 'last');
    expect(JSON.stringify(last?.rows[0]?.label)).toContain('Yesterday');
  } finally {
    await sandbox.close();
  }
});

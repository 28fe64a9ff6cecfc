import { googleCalendar } from '../../server/connectors/google-calendar/connector.ts';
import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import type { CardDeclaration } from '../../server/core/record-card.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';

const GUEST = 'juliette@boulangerie-pelissier.example';
const HOUR_MS = 3_600_000;

/** What everybody who may open the guest's record sees of the calendar. */
async function titlesOn<Client>({ card }: Connector<Client>, client: Client, now: number): Promise<string[]> {
  const { read } = card as CardDeclaration<Client>;
  const subject = { emails: [GUEST], phones: [] };
  const { sections } = await read({ client, subject, linked: [], now } as never);
  return sections.flatMap(({ rows }) => rows.map(({ label }) => JSON.stringify(label)));
}

it('a private meeting of an Outlook calendar is on nobody’s record', async () => {
  const sandbox = await openSandbox('private-outlook', {
    only: ['microsoft-calendar', 'microsoft-accounts'],
  });
  try {
    const { client } = await sandbox.connect(microsoftCalendar);
    const now = (await client.calendars()).at;
    for (const sensitivity of ['normal', 'private', 'confidential', 'personal'])
      await client.createEvent('primary', {
        subject: `About ${sensitivity}`,
        sensitivity,
        start: { dateTime: textOf(now + HOUR_MS), timeZone: 'UTC' },
        end: { dateTime: textOf(now + 2 * HOUR_MS), timeZone: 'UTC' },
        attendees: [{ type: 'required', emailAddress: { address: GUEST } }],
      });
    const about = (await titlesOn(microsoftCalendar, client, now)).filter((one) => one.includes('About'));
    expect(about).toEqual([expect.stringContaining('About normal')]);
  } finally {
    await sandbox.close();
  }
});

it('nor is one of a Google calendar', async () => {
  const sandbox = await openSandbox('private-google', { only: ['google-calendar', 'google-accounts'] });
  try {
    const { client } = await sandbox.connect(googleCalendar);
    const now = Date.now();
    for (const visibility of ['default', 'private', 'confidential'])
      await client.insertEvent(
        { calendarId: 'primary', sendUpdates: 'none' },
        `a${visibility.length}a1b2c3d4`,
        {
          summary: `About ${visibility}`,
          visibility,
          start: { dateTime: `${textOf(now + HOUR_MS)}Z` },
          end: { dateTime: `${textOf(now + 2 * HOUR_MS)}Z` },
          attendees: [{ email: GUEST }],
        },
      );
    const about = (await titlesOn(googleCalendar, client, now)).filter((one) => one.includes('About'));
    expect(about).toEqual([expect.stringContaining('About default')]);
  } finally {
    await sandbox.close();
  }
});

const textOf = (at: number): string => new Date(at).toISOString().slice(0, 19);

import type { MicrosoftCalendarClient } from '../../server/connectors/microsoft-calendar/client.ts';
import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import { event } from '../../server/connectors/microsoft-calendar/event-object.ts';
import { asLiaisonError, LiaisonError } from '../../server/core/errors.ts';
import type { FieldValue } from '../../server/core/sync-object.ts';
import { type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';

/** A colleague's calendar that is shared no longer is that calendar's matter: the account needs no new consent. */

const VENDOR = 'microsoft-calendar';
const TEAM = 'AAMkADvEquipe=';
const fields = ['title', 'schedule'];
const schedule = { start: '2027-02-01T09:00:00Z', end: '2027-02-01T10:00:00Z' };
let sandbox: OpenSandbox;
let client: MicrosoftCalendarClient;

beforeAll(async () => {
  sandbox = await openSandbox('shared-no-longer', { only: [VENDOR, 'microsoft-accounts'] });
  client = (await sandbox.connect(microsoftCalendar)).client;
});
afterAll(() => sandbox.close());

const changes = (cursor: FieldValue, calendar = TEAM) =>
  event.changes(client, { cursor, fields, options: { calendar } });
async function failing(work: Promise<unknown>): Promise<LiaisonError> {
  const thrown = await work.then(
    () => new Error('it was done'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof LiaisonError)) throw thrown;
  return asLiaisonError(thrown);
}
const closed = { kind: 'rejected', details: { sentence: { en: expect.stringContaining('this calendar') } } };

it('is told as that calendar, and is taken up again once it is shared', async () => {
  const draft = { marker: 'm1', values: { title: 'Relevé', schedule } };
  const [made] = await event.create(client, [draft], { calendar: TEAM });
  if (!made?.ok) throw new Error('nothing was made');
  const { cursor } = await changes(null);
  await sandbox.act(VENDOR, { act: 'unshare' });
  try {
    expect(await failing(changes(null))).toMatchObject(closed);
    // Where a look goes on: all is read again, and that says what is the matter.
    expect((await failing(changes(cursor))).kind).toBe('cursor-lost');
    expect(
      await failing(event.read(client, { ids: [made.id], fields, options: { calendar: TEAM } })),
    ).toMatchObject(closed);
    const another = { ...draft, marker: 'm2' };
    expect(await failing(event.create(client, [another], { calendar: TEAM }).then(unwrapped))).toMatchObject(
      closed,
    );
    // The account's own one is none the worse.
    expect((await changes(null, 'primary')).records).not.toEqual([]);
  } finally {
    await sandbox.act(VENDOR, { act: 'share' });
  }
  expect((await changes(null)).records.map(({ id }) => id)).toEqual([made.id]);
});

it('one that is there no more is told as that, and takes no meeting with it', async () => {
  const [made] = await event.create(client, [{ marker: 'm3', values: { title: 'Atelier', schedule } }], {});
  if (!made?.ok) throw new Error('nothing was made');
  const gone = {
    kind: 'rejected',
    details: { sentence: { en: expect.stringContaining('no longer in Outlook') } },
  };
  expect(await failing(changes(null, 'AAMkADvGone='))).toMatchObject(gone);
  const options = { calendar: 'AAMkADvGone=' };
  expect(await failing(event.read(client, { ids: [made.id], fields, options }))).toMatchObject(gone);
});

/** What is refused of one is an outcome, or stops the call. */
function unwrapped(outcomes: readonly { ok: boolean; error?: unknown }[]): void {
  const [one] = outcomes;
  if (one && !one.ok) throw one.error;
}

import { bearer, signIn } from '../security/visitor.ts';
import { endAll } from '../system/aftermath.ts';
import { openCrm } from '../system/crm-program.ts';
import { type Liaison, startLiaison } from '../system/liaison-process.ts';
import { newServedPlace, type ServedPlace } from '../system/served-place.ts';
import { type SystemSync, systemSync } from '../system/syncs.ts';

const CLAIRE = '4876876000000030001';
let place: ServedPlace;
let liaison: Liaison;
let sync: SystemSync | undefined;
let token = '';
let id = '';

async function ask<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { ...bearer(token), 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  token = (await signIn(liaison.url, 'claire')).token;
  const made = await ask<{ id: string }>('POST', '/integrations', {
    flow: 'contacts-google-crm',
    name: 'Mine',
    owner: 'me',
  });
  id = made.body.id;
}, 60_000);
afterAll(async () => {
  await sync?.close();
  await endAll(place, [liaison]);
}, 30_000);

it('are not counted, whatever the filter asks for, in a query or by reading', async () => {
  const contacts = await (await openCrm(liaison.sandboxUrl)).contacts();
  const mine = (which: (one: (typeof contacts)[number]) => boolean) =>
    contacts.filter((one) => (one.Owner as { id?: string } | undefined)?.id === CLAIRE && which(one)).length;
  for (const [condition, expected] of [
    [{ field: 'Email', is: 'filled' }, mine(({ Email }) => Boolean(Email))],
    [{ field: 'Last_Name', is: 'contains', value: 'a' }, mine((one) => /a/i.test(String(one.Last_Name)))],
    [{ field: 'Description', is: 'empty' }, mine(({ Description }) => !Description)],
    [{ field: 'Owner', is: 'equals', value: '4876876000000030002' }, 0],
  ] as const) {
    const filter = { all: [condition] };
    const saved = await ask<{ count: number }>('POST', `/integrations/${id}/filter/count`, { filter });
    expect([condition, saved.body.count]).toEqual([condition, expected]);
  }
}, 60_000);

it('are linked with nothing by hand', async () => {
  sync = await systemSync(place.connectionString, id);
  await sync.preview();
  const rows = await sync.database.query<{ side: string; id: string }>(
    `select side, min(record_id) as id from sync_records where organisation_id = $1 and integration = $2 and link_id is null
       and case when side = 'right' then excluded->>'code' = 'vendor' else excluded is null end group by side`,
    [sync.key.organisationId, id],
  );
  const of = (side: string) => rows.find((row) => row.side === side)?.id;
  const pair = { left: of('left'), right: of('right') };
  const { status, body } = await ask<{ detail: string }>('POST', `/integrations/${id}/links`, pair);
  expect([status, body.detail]).toEqual([409, expect.stringContaining('belongs to somebody else')]);
}, 60_000);

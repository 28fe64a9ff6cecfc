import { generateKeyPairSync } from 'node:crypto';
import { deskToken } from '../../sandbox/zoho-desk/sign.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  play,
  startLiaison,
  until,
  type Webhook,
  webhookOf,
} from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { call } from './tried.ts';
import { setFault } from './vendors.ts';

let place: ServedPlace;
let liaison: Liaison;
let database: Database;
let announcing = '';
let looks: EagerLooks;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  database = openDatabase(place.connectionString, { max: 1, onError() {} });
  const { flows } = await call<{
    flows: {
      id: string;
      roles: Record<string, { accounts: { connection: string; connector: { id: string } }[] }>;
    }[];
  }>(liaison, 'GET', '/flows');
  const targets = flows.find(({ id }) => id === 'announce-tickets')?.roles.target?.accounts ?? [];
  const made = await call<{ id: string }>(liaison, 'POST', '/integrations', {
    flow: 'announce-tickets',
    name: 'Urgences',
    owner: 'organisation',
    connections: { target: targets.find(({ connector }) => connector.id === 'slack')?.connection },
    settings: {},
    enabled: true,
  });
  announcing = made.id;
  await until(() => webhookOf(liaison.sandboxUrl, 'zoho-desk').catch(() => null));
  looks = lookEagerly(place.connectionString, announcing);
}, 120_000);
afterAll(async () => {
  await looks.stop();
  await database.close();
  await endAll(place, [liaison]);
});
afterEach(async () => {
  for (const vendor of ['zoho-desk', 'stripe']) await setFault(liaison.sandboxUrl, vendor, {});
});

const urgent = async (subject: string): Promise<{ id: string; ticketNumber: string }> =>
  (await play(liaison.sandboxUrl, 'ticket-urgent', { subject })).ticket as never;
async function announced(subject: string): Promise<number> {
  const lines = await ledger(liaison.sandboxUrl);
  return lines.filter(
    ({ vendor, record }) => vendor === 'slack' && JSON.stringify(record).includes(`: ${subject}`),
  ).length;
}
const ofTicket = async (email: string) => {
  const lines = await ledger(liaison.sandboxUrl);
  const tickets = lines.filter(
    ({ vendor, object, action, record }) =>
      vendor === 'zoho-desk' && object === 'ticket' && action === 'create' && record.email === email,
  );
  const ids = tickets.map(({ id }) => id);
  const comments = lines.filter(
    ({ object, action, record }) =>
      object === 'comment' && action === 'create' && ids.includes(String(record.ticketId)),
  );
  return { tickets: tickets.length, comments: comments.length, id: ids[0] ?? '' };
};

it('a payment that fails three times, while the server is killed and events come twice, is one ticket with two comments', async () => {
  const email = 'panne.de.carte@exemple.example';
  await setFault(liaison.sandboxUrl, 'stripe', { duplicate: true, reorder: true });
  const { payment } = await play(liaison.sandboxUrl, 'payment-failed', { email });
  await play(liaison.sandboxUrl, 'payment-failed', { payment });
  await until(async () => (await ofTicket(email)).tickets > 0);
  await liaison.kill();
  liaison = await startLiaison(place);
  await play(liaison.sandboxUrl, 'payment-failed', { payment });
  await until(async () => (await ofTicket(email)).comments === 2);
  await allSettled(liaison.url);
  expect(await ofTicket(email)).toMatchObject({ tickets: 1, comments: 2 });
  await play(liaison.sandboxUrl, 'payment-after-failure', { payment });
  await until(async () => (await ofTicket(email)).comments === 3);
});

it('an urgent ticket is announced once, whether Desk tells of it once, twice or never', async () => {
  await urgent('Une fois');
  await until(async () => (await announced('Une fois')) === 1);
  await setFault(liaison.sandboxUrl, 'zoho-desk', { duplicate: true });
  await urgent('Deux fois');
  await until(async () => (await announced('Deux fois')) > 0);
  await setFault(liaison.sandboxUrl, 'zoho-desk', { loseDeliveries: 1 });
  await urgent('Jamais');
  await until(async () => (await announced('Jamais')) > 0);
  await looks.twice();
  await allSettled(liaison.url);
  const counts = await Promise.all(['Une fois', 'Deux fois', 'Jamais'].map(announced));
  expect(counts).toEqual([1, 1, 1]);
});

describe('a delivery of Desk', () => {
  const send = async ({ url }: Webhook, token: string | null, events: unknown = [EVENT]): Promise<number> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { 'x-zdesk-jwt': token }) },
      body: JSON.stringify(events),
    });
    return answer.status;
  };
  const EVENT = { payload: { id: '1' }, eventType: 'Ticket_Update', eventTime: '1', orgId: '1' };
  const stored = async (): Promise<number> => {
    const [row] = await database.query<{ count: number }>(
      `select count(*)::int as count from inbox where connector = 'zoho-desk' and record_id = '1'`,
    );
    return row?.count ?? 0;
  };
  const tokenOf = (secret: string, at = new Date()): string =>
    Object.values(deskToken({ scheme: 'zdesk-jwt', secret }, '', at))[0] ?? '';

  it('is refused and leaves nothing where its token is forged, another webhook’s, over or missing', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'zoho-desk');
    const own = JSON.parse(webhook.secret) as Record<string, string>;
    const changed = (change: object): string => tokenOf(JSON.stringify({ ...own, ...change }));
    const forger = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    const wrong = [
      null,
      'x.y.z',
      changed({ aud: 'webhookId:2' }),
      changed({ iss: 'orgId:2' }),
      changed({ privateKey: forger.export({ type: 'pkcs8', format: 'pem' }).toString() }),
      tokenOf(webhook.secret, new Date(Date.now() - 3_600_000)),
      tokenOf(webhook.secret, new Date(Date.now() + 3_600_000)),
    ];
    const refused: number[] = [];
    for (const token of wrong) refused.push(await send(webhook, token));
    // A token of another time says when it is from.
    expect(refused).toEqual([401, 401, 401, 401, 401, 400, 400]);
    for (const odd of [{}, [], [{ payload: 1 }], 'x'])
      expect(await send(webhook, tokenOf(webhook.secret), odd)).toBe(400);
    expect(await stored()).toBe(0);
    const trial = await fetch(webhook.url);
    expect(trial.status).toBe(200);
  });

  it('is stored where its token is right, is fetched and not believed, and has its effect once', async () => {
    const webhook = await webhookOf(liaison.sandboxUrl, 'zoho-desk');
    for (let times = 0; times < 3; times += 1) expect(await send(webhook, tokenOf(webhook.secret))).toBe(200);
    expect(await stored()).toBe(1);
    const { ticket } = (await json<{ ticket: { id: string } }>(
      `${liaison.sandboxUrl}/_sandbox/acts/zoho-desk`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ act: 'open', subject: 'Tranquille', priority: 'Low' }),
      },
    )) as { ticket: { id: string } };
    const lie = { ...EVENT, payload: { id: ticket.id, priority: 'Urgent', subject: 'Mensonge' } };
    expect(await send(webhook, tokenOf(webhook.secret), [lie])).toBe(200);
    await allSettled(liaison.url);
    expect([await announced('Mensonge'), await announced('Tranquille')]).toEqual([0, 0]);
  });
});

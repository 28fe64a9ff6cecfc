import { openDatabase } from '../../server/store/database.ts';
import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import {
  allSettled,
  json,
  type LedgerEntry,
  type Liaison,
  ledger,
  startLiaison,
  until,
  webhookOf,
} from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { call } from './tried.ts';
import { setFault } from './vendors.ts';

/** A ticket, its message in Teams, what is answered there, its comment, and what is answered to that. */

const KILLS = 4;
const TICKETS_EACH = 3;
const DELIVERIES = 50;
const CHANNEL = 'Support/Tickets urgents';
const DEMANDS = 'Support/General';

let place: ServedPlace;
let liaison: Liaison;
let looks: EagerLooks;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  const { flows } = await call<{
    flows: {
      id: string;
      roles: Record<string, { accounts: { connection: string; connector: { id: string } }[] }>;
    }[];
  }>(liaison, 'GET', '/flows');
  await call(liaison, 'POST', '/integrations', {
    flow: 'channel-tickets',
    name: 'Demandes dans Teams',
    owner: 'organisation',
    connections: {},
    settings: { place: DEMANDS, which: 'all' },
    enabled: true,
  });
  const targets = flows.find(({ id }) => id === 'announce-tickets')?.roles.target?.accounts ?? [];
  const made = await call<{ id: string }>(liaison, 'POST', '/integrations', {
    flow: 'announce-tickets',
    name: 'Urgences dans Teams',
    owner: 'organisation',
    connections: { target: targets.find(({ connector }) => connector.id === 'microsoft-teams')?.connection },
    settings: { place: CHANNEL, answers: 'all', comments: 'public' },
    enabled: true,
  });
  for (const vendor of ['zoho-desk', 'microsoft-teams'])
    await until(() => webhookOf(liaison.sandboxUrl, vendor).catch(() => null));
  looks = lookEagerly(place.connectionString, made.id);
}, 120_000);
afterAll(async () => {
  await looks.stop();
  await endAll(place, [liaison]);
});

const act = <Answer>(vendor: string, wish: object): Promise<Answer> =>
  json<Answer>(`${liaison.sandboxUrl}/_sandbox/acts/${vendor}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });

/** What came to Teams by its API, and to Desk's tickets as comments by its own. */
const messages = (lines: readonly LedgerEntry[]): LedgerEntry[] =>
  lines.filter(({ vendor, object }) => vendor === 'microsoft-teams' && object === 'message');
const comments = (lines: readonly LedgerEntry[]): LedgerEntry[] =>
  lines.filter(
    ({ vendor, object, record }) =>
      vendor === 'zoho-desk' && object === 'comment' && String(record.content).includes('(Microsoft Teams)'),
  );
const bearing = (lines: readonly LedgerEntry[], words: string): LedgerEntry[] =>
  lines.filter(({ record }) => String(record.content).includes(words));

async function delivered(): Promise<number> {
  const database = openDatabase(place.connectionString, { max: 1, onError() {} });
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from inbox
     where connector in ('zoho-desk', 'microsoft-teams') and connection_id is not null`,
  );
  await database.close();
  return row?.count ?? 0;
}

const doubled = async (): Promise<void> => {
  for (const vendor of ['zoho-desk', 'microsoft-teams'])
    await setFault(liaison.sandboxUrl, vendor, { duplicate: true, reorder: true });
};

interface Panne {
  readonly subject: string;
  readonly ticket: string;
}

async function opened(subject: string): Promise<Panne> {
  const { ticket } = await act<{ ticket: { id: string } }>('zoho-desk', {
    ...{ act: 'open', subject, priority: 'Urgent', email: 'a@exemple.example' },
  });
  return { subject, ticket: ticket.id };
}

/** Two people write below its message, and an agent answers in Desk meanwhile. */
async function talkedAbout({ subject, ticket }: Panne): Promise<void> {
  const root = await until(
    async () => bearing(messages(await ledger(liaison.sandboxUrl)), `: ${subject}<`)[0],
  );
  const say = (who: string, html: string) =>
    act('microsoft-teams', { act: 'say', channel: CHANNEL, who, html, to: root.id });
  await say('ines', `<p>Vu ${subject}&nbsp;!</p>`);
  await act('zoho-desk', { act: 'comment', ticket, content: `Réglé ${subject}.`, isPublic: true });
  await say('hugo', `<p>Merci ${subject}&nbsp;!</p>`);
}

/** Tickets that were opened by Desk's own API, and not by an agent. */
const opens = async (): Promise<LedgerEntry[]> =>
  (await ledger(liaison.sandboxUrl)).filter(
    ({ vendor, object, action, marker }) =>
      vendor === 'zoho-desk' && object === 'ticket' && action === 'create' && marker !== null,
  );

/** Somebody asks in the channel, and once more; an agent answers in Desk as soon as it is a ticket. */
async function askedAndAnswered(demand: string): Promise<void> {
  const say = (html: string, to?: string) =>
    act<{ message: { id: string } }>('microsoft-teams', {
      ...{ act: 'say', channel: DEMANDS, who: 'ines', html, to },
    });
  const { message } = await say(`<p>${demand}</p>`);
  await say(`<p>Encore ${demand} !</p>`, message.id);
  const { id } = await until(async () => (await opens()).find(({ record }) => record.subject === demand));
  await act('zoho-desk', { act: 'comment', ticket: id, content: `Fait ${demand}.`, isPublic: true });
}

describe(`a server that is killed ${KILLS} times while tickets and their threads are answered, each delivery twice and in any order`, () => {
  it('has each message and each comment once, and nothing of its own comes back', async () => {
    await doubled();
    const pannes: Panne[] = [];
    let last: Promise<void>[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const round = await Promise.all(
        Array.from({ length: TICKETS_EACH }, (_, index) => opened(`Panne ${kill}${'abc'[index]}`)),
      );
      pannes.push(...round);
      // Whoever answers does so whether the server runs or not.
      last = [...last, ...round.map(talkedAbout)];
      await until(async () => {
        const lines = await ledger(liaison.sandboxUrl);
        return messages(lines).length + comments(lines).length >= pannes.length * kill * 0.5;
      });
      await liaison.kill();
      liaison = await startLiaison(place);
    }
    await Promise.all(last);
    const all = pannes.length;
    await until(async () => {
      const lines = await ledger(liaison.sandboxUrl);
      return messages(lines).length >= 2 * all && comments(lines).length >= 2 * all;
    }, 120_000);
    await looks.twice();
    await allSettled(liaison.url);
    await looks.twice();
    await allSettled(liaison.url);

    const lines = await ledger(liaison.sandboxUrl);
    const times = (of: readonly LedgerEntry[], words: string) => bearing(of, words).length;
    const [posted, noted] = [messages(lines), comments(lines)];
    for (const { subject } of pannes)
      expect([
        subject,
        times(posted, `: ${subject}<`),
        times(posted, `Réglé ${subject}.`),
        times(noted, `Vu ${subject} !`),
        times(noted, `Merci ${subject} !`),
      ]).toEqual([subject, 1, 1, 1, 1]);
    expect([posted.length, noted.length]).toEqual([2 * all, 2 * all]);
    const counts = await json<Record<string, number>>(`${liaison.url}/api/v1/runs/counts`);
    expect(counts.shelved).toBe(0);
    // Each was delivered twice; what came twice is stored once.
    expect(await delivered()).toBeGreaterThanOrEqual(DELIVERIES);
  }, 400_000);

  it('makes one ticket of each message of a channel, told once in its thread, with each answer once on both sides', async () => {
    await doubled();
    const before = {
      tickets: (await opens()).length,
      posted: messages(await ledger(liaison.sandboxUrl)).length,
    };
    const asked: string[] = [];
    let last: Promise<void>[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const round = Array.from({ length: TICKETS_EACH }, (_, index) => `Demande ${kill}${'abc'[index]}`);
      asked.push(...round);
      last = [...last, ...round.map(askedAndAnswered)];
      await until(async () => (await opens()).length - before.tickets >= asked.length * kill * 0.2);
      await liaison.kill();
      liaison = await startLiaison(place);
    }
    await Promise.all(last);
    await until(async () => {
      const lines = await ledger(liaison.sandboxUrl);
      const posted = messages(lines).length - before.posted;
      return posted >= 2 * asked.length && bearing(comments(lines), 'Encore Demande').length >= asked.length;
    }, 120_000);
    await allSettled(liaison.url);
    const lines = await ledger(liaison.sandboxUrl);
    const subjects = (await opens()).slice(before.tickets).map(({ record }) => record.subject);
    expect(subjects.sort()).toEqual([...asked].sort());
    for (const demand of asked)
      expect([
        demand,
        bearing(messages(lines), `Fait ${demand}.`).length,
        bearing(comments(lines), `Encore ${demand} `).length,
      ]).toEqual([demand, 1, 1]);
    expect(messages(lines).length - before.posted).toBe(2 * asked.length);
    const counts = await json<Record<string, number>>(`${liaison.url}/api/v1/runs/counts`);
    expect(counts.shelved).toBe(0);
    expect(await liaison.stop()).toBe(0);
  }, 400_000);
});

import { endAll } from './aftermath.ts';
import { json, type Liaison, play, startLiaison, until, webhookOf } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { call } from './tried.ts';

/** Another application is told what Liaison did, through servers that are killed, and verifies it by the official library. */

interface Made {
  readonly receiver: { readonly id: string };
  readonly secret: string;
}
interface Arrival {
  readonly address: string;
  readonly webhookId: string;
  readonly type: string;
  readonly body: string;
  readonly verified: boolean | null;
  readonly status: number;
}
interface Logged {
  readonly id: string;
  readonly fact: string;
  readonly state: string;
  readonly tries: number;
  readonly dueAt: string | null;
  readonly status: number | null;
}

const ADDRESS = 'https://hooks.example.com/liaison';

let place: ServedPlace;
let liaison: Liaison;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
}, 120_000);
afterAll(() => endAll(place, [liaison]));

const act = (wish: object) =>
  json(`${liaison.sandboxUrl}/_sandbox/acts/receiver`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address: ADDRESS, ...wish }),
  });
async function arrivals(type: string): Promise<Arrival[]> {
  const state = await json<{ tables: { arrivals: Arrival[] } }>(
    `${liaison.sandboxUrl}/_sandbox/state/receiver`,
  );
  return state.tables.arrivals.filter((one) => one.type === type);
}
const log = async (id: string): Promise<Logged[]> =>
  (await call<{ dispatches: Logged[] }>(liaison, 'GET', `/receivers/${id}/dispatches`)).dispatches;

it('is told once of a won deal that nobody took before the server was killed, under one id, and believes it', async () => {
  const made = await call<Made>(liaison, 'POST', '/receivers', {
    url: ADDRESS,
    facts: ['deal.won'],
  });
  const { id } = made.receiver;
  expect(made.secret).toMatch(/^whsec_/);
  // Nothing tells it again.
  const listed = JSON.stringify(await call(liaison, 'GET', '/receivers'));
  expect(listed).not.toContain(made.secret);
  await act({ act: 'set-secret', secret: made.secret });
  await act({ act: 'set-answer', status: 503, body: 'not now' });
  await until(() => webhookOf(liaison.sandboxUrl, 'zoho-crm').catch(() => null));
  await play(liaison.sandboxUrl, 'deal-won');
  await until(async () => (await log(id)).some(({ tries }) => tries > 0));
  expect(await log(id)).toMatchObject([{ fact: 'deal.won', state: 'waiting', status: 503 }]);
  await liaison.kill();
  liaison = await startLiaison(place);
  await act({ act: 'set-answer', status: 204, body: '' });
  await until(async () => {
    const [one] = await log(id);
    // The next attempt may be minutes away by now: then somebody asks for it. One that is due may be on its way.
    const isFarOff = Date.parse(one?.dueAt ?? '') > Date.now() + 5_000;
    if (isFarOff) await call(liaison, 'POST', `/receivers/${id}/dispatches/${one?.id}/again`);
    return one?.state === 'done';
  });
  const came = await arrivals('deal.won');
  expect(new Set(came.map(({ webhookId }) => webhookId)).size).toBe(1);
  expect(came.every(({ verified }) => verified)).toBe(true);
  expect(came.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(JSON.parse(came.at(-1)?.body ?? '')).toMatchObject({
    type: 'deal.won',
    version: 1,
    integration: { id: 'deal-won-to-slack' },
    data: { record: { application: 'zoho-crm', object: 'zohoCrm.deals', name: 'Refonte site vitrine' } },
  });

  // With another secret the application refuses it, until it is given the new one; a test is tried once.
  const { secret } = await call<Made>(liaison, 'POST', `/receivers/${id}/secret`);
  await act({ act: 'set-secret', secret });
  await call(liaison, 'POST', `/receivers/${id}/test`);
  await until(async () => (await log(id))[0]?.state === 'done');
  expect(await arrivals('test')).toMatchObject([{ verified: true, status: 204 }]);
}, 120_000);

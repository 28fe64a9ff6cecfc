import { setTimeout as sleep } from 'node:timers/promises';
import { endAll } from './aftermath.ts';
import { createWonDeals } from './crm.ts';
import { allSettled, json, type Liaison, startLiaison } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { call, offered, type Standings, standings, tryOn } from './tried.ts';

/** A try while a vendor is down, refuses or has had enough: a sentence that says so, and nothing changed. */

const FLOW = 'deal-won-to-slack';
/** What is stored a while after it was called stands by then. */
const STORED_AFTER_MS = 2_500;
/** As long as a vendor asks to be left alone that has had enough. */
const PAUSE_SECONDS = 1;

let place: ServedPlace;
let liaison: Liaison;
let deal = '';
/** As everything stood before the first try. */
let before: Standings;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  const { integrations } = await call<{ integrations: { id: string; enabled: boolean }[] }>(
    liaison,
    'GET',
    '/integrations',
  );
  for (const { id, enabled } of integrations)
    if (enabled) await call(liaison, 'PATCH', `/integrations/${id}`, { enabled: false });
  [deal = ''] = await createWonDeals(liaison.sandboxUrl, ['Serres du Midi']);
  await allSettled(liaison.url);
  await sleep(STORED_AFTER_MS);
  before = await standings(liaison, place.connectionString, true);
}, 90_000);
afterAll(() => endAll(place, [liaison]));

const fault = (vendor: string, body?: object) =>
  json(`${liaison.sandboxUrl}/_sandbox/faults/${vendor}`, {
    method: body === undefined ? 'DELETE' : 'PUT',
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });

const FAULTS = [
  ['is down', { status: 503 }, 'retry-later'],
  ['has had enough', { status: 429, retryAfter: PAUSE_SECONDS }, 'rate-limited'],
  ['refuses the token', { status: 401 }, 'reconnect'],
] as const;

it.each(
  ['zoho-crm', 'slack'].flatMap((vendor) =>
    // Slack says in a success that it refuses a token.
    FAULTS.filter(([, , kind]) => vendor !== 'slack' || kind !== 'reconnect').map(
      (one) => [vendor, ...one] as const,
    ),
  ),
)('%s %s', async (vendor, _name, body, kind) => {
  await fault(vendor, body);
  const tried = await tryOn(liaison, FLOW, deal);
  const list = await offered(liaison, FLOW);
  await fault(vendor);
  expect(tried.outcome).toMatchObject({ state: 'failed', error: { kind } });
  const { sentence } = tried.outcome.error ?? {};
  expect(sentence?.fr).toContain(vendor === 'slack' ? 'Slack' : 'Zoho CRM');
  // Nobody tries it again by himself.
  expect(sentence?.en).not.toMatch(/Liaison (tries|waits)|by itself/);
  expect(tried.steps.filter(({ effect }) => effect === 'write')).toEqual([]);
  if (vendor === 'zoho-crm') expect(list).toMatchObject({ records: null, problem: { kind } });
  expect(await standings(liaison, place.connectionString, true)).toEqual(before);
  // As before: it works again as soon as the vendor does, or the pause is over that it asked for.
  if (kind === 'rate-limited') await sleep(PAUSE_SECONDS * 1_000);
  expect((await tryOn(liaison, FLOW, deal)).outcome.state).toBe('done');
});

it('and nothing of all that is stored a while later either', async () => {
  await sleep(STORED_AFTER_MS);
  expect(await standings(liaison, place.connectionString, true)).toEqual(before);
});

it('says what is not there: a record, an integration', async () => {
  expect((await tryOn(liaison, 'stripe-payment-to-books', 'evt_of_nobody')).outcome.state).toBe('no-record');
  expect((await tryOn(liaison, 'sheet-row-to-lead', '999')).outcome.state).toBe('no-record');
  expect((await tryOn(liaison, FLOW, '1')).outcome).toMatchObject({ state: 'skipped' });
  const answer = await fetch(`${liaison.url}/api/v1/integrations/nobodys/try`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(404);
});

it('tells what stands in a sheet before anything is taken of it', async () => {
  const { standing } = await offered(liaison, 'sheet-row-to-lead');
  expect(standing).toMatchObject({ setting: 'begin' });
  expect(standing?.count).toBeGreaterThan(0);
  expect(standing?.shown.length).toBeGreaterThan(0);
});

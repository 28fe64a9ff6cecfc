import { endAll } from '../system/aftermath.ts';
import { allSettled, type Liaison, startLiaison } from '../system/liaison-process.ts';
import { newServedPlace, type ServedPlace } from '../system/served-place.ts';

/** Two windows change one filter: the second one hears of the first, as it does with settings. */

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire is looked into freely
  readonly body: any;
}

let place: ServedPlace;
let liaison: Liaison;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
}, 90_000);
afterAll(() => endAll(place, [liaison]));

async function ask(method: string, id: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${liaison.url}/api/v1/integrations/${id}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

const atLeast = (value: number) => ({ all: [{ field: 'Amount', is: 'at-least', value }] });
const named = (value: string) => ({ all: [{ field: 'Last_Name', is: 'contains', value }] });

const CASES = [
  {
    id: 'deal-won-to-slack',
    first: { filter: atLeast(1_000) },
    second: { filter: atLeast(2_000) },
    holds: (value: object) => value,
  },
  {
    id: 'contacts-google-crm',
    first: { filter: { right: named('a') } },
    second: { filter: { right: named('b') } },
    holds: ({ right }: { right: object }) => right,
  },
] as const;

it.each(CASES)(
  '$id: the second save is refused with what holds, and is done once it was seen',
  async (one) => {
    const seen = (await ask('GET', one.id)).body;
    expect(seen.filter).toBeNull();
    const { filterVersion: filterBasedOn } = seen;
    const saved = await ask('PATCH', one.id, { ...one.first, filterBasedOn });
    expect(saved.status).toBe(200);
    expect(saved.body.filterVersion).not.toBe(filterBasedOn);

    for (const filter of [one.second.filter, null]) {
      const refused = await ask('PATCH', one.id, { filter, filterBasedOn });
      expect(refused).toMatchObject({
        status: 409,
        body: { type: 'urn:liaison:problem:changed-meanwhile', title: 'Modifié entre-temps' },
      });
      const { filter: current, filterVersion, filterWords } = refused.body.current;
      expect([current, filterVersion]).toEqual([saved.body.filter, saved.body.filterVersion]);
      expect(filterWords).toEqual(saved.body.filterWords);
    }
    expect((await ask('GET', one.id)).body.filter).toEqual(saved.body.filter);

    const again = await ask('PATCH', one.id, { ...one.second, filterBasedOn: saved.body.filterVersion });
    expect(again.status).toBe(200);
    const { filter } = (await ask('GET', one.id)).body;
    expect(JSON.stringify(filter)).toContain(JSON.stringify(Object.values(one.second.filter)[0]));
    // Who names no version is not held up.
    expect((await ask('PATCH', one.id, { filter: null })).status).toBe(200);
  },
);

it.each(CASES)(
  '$id: of two that are saved in the same moment one holds, whole',
  async ({ id, first, second }) => {
    const { filterVersion: filterBasedOn } = (await ask('GET', id)).body;
    const both = await Promise.all(
      [first, second].map((wish) => ask('PATCH', id, { ...wish, filterBasedOn })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const won = both.find(({ status }) => status === 200)?.body.filter;
    expect((await ask('GET', id)).body.filter).toEqual(won);
    await ask('PATCH', id, { filter: null });
  },
);

it('a save of settings by somebody who saw no filter takes away none that was saved meanwhile', async () => {
  const id = 'deal-won-to-slack';
  await ask('PATCH', id, { filter: atLeast(1) });
  for (let turn = 1; turn <= 8; turn += 1) {
    const template = `{Deal_Name} ${turn}`;
    const [settings, filter] = await Promise.all([
      ask('PATCH', id, { settings: { template } }),
      ask('PATCH', id, { filter: atLeast(turn * 1_000) }),
    ]);
    expect([settings.status, filter.status]).toEqual([200, 200]);
    const now = (await ask('GET', id)).body;
    expect([now.settings.values.template, now.filter]).toEqual([template, atLeast(turn * 1_000)]);
  }
});

it('a save of settings is not held up by another filter, nor one of the filter by other settings', async () => {
  const id = 'deal-won-to-slack';
  const { filterVersion, settings } = (await ask('GET', id)).body;
  const saved = await ask('PATCH', id, {
    settings: { template: '{Deal_Name} !' },
    basedOn: settings.version,
  });
  expect(saved.status).toBe(200);
  expect((await ask('PATCH', id, { filter: null, filterBasedOn: filterVersion })).status).toBe(200);
  const { version } = saved.body.settings;
  const again = await ask('PATCH', id, { settings: { template: '{Deal_Name}' }, basedOn: version });
  expect(again.status).toBe(200);
});

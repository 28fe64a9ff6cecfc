import { endAll } from '../system/aftermath.ts';
import { allSettled, type Liaison, startLiaison } from '../system/liaison-process.ts';
import { type OutsideUser, outsideUser } from '../system/outside-user.ts';
import { newServedPlace, type ServedPlace } from '../system/served-place.ts';
import { call, offered, tryOn } from '../system/tried.ts';

/** A try offers the latest records that fit its integration's filter, and takes the first of them where none is named. */

const ID = 'deal-won-to-slack';
let place: ServedPlace;
let liaison: Liaison;
let crm: OutsideUser;
const made = new Map<string, string>();

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  await call(liaison, 'PATCH', `/integrations/${ID}`, { enabled: false });
  crm = await outsideUser(
    ...([liaison.sandboxUrl, 'zoho', 'zoho-crm', 'zoho-crm'] as const),
    'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL',
  );
  const deals = [
    ['Serres 100% verre', { Amount: 60_000 }],
    ['Verrières', { Amount: 50_000 }],
    // Newer, and more of them than are offered: none fits.
    ...Array.from({ length: 12 }, (_, at) => [`Petite ${at}`, { Amount: 100 + at }] as const),
    ['Sans montant', {}],
    ['Dollars', { Amount: 90_000, Currency: 'USD' }],
    ['Ouverte', { Amount: 90_000, Stage: 'Qualification' }],
  ] as const;
  for (const [name, more] of deals) {
    const deal = { Deal_Name: name, Stage: 'Closed Won', Closing_Date: '2026-12-31', ...more };
    const { data } = await crm.call<{ data: { details: { id: string } }[] }>('POST', '/crm/v8/Deals', {
      data: [deal],
    });
    made.set(name, data[0]?.details.id ?? '');
  }
}, 90_000);
afterAll(() => endAll(place, [liaison]));

const titles = async (search?: string) =>
  ((await offered(liaison, ID, search)).records ?? []).map(({ title }) => title);
const filterIs = (filter: object | null) => call(liaison, 'PATCH', `/integrations/${ID}`, { filter });

const AT_LEAST = { field: 'Amount', is: 'at-least', value: 50_000 };

it.each([
  ['that COQL can say', [AT_LEAST], ['Serres 100% verre', 'Verrières']],
  [
    'of several parts',
    [AT_LEAST, { any: [AT_LEAST, { field: 'Amount', is: 'empty' }] }],
    ['Serres 100% verre', 'Verrières'],
  ],
  [
    'that only our own evaluation can',
    [AT_LEAST, { field: 'Deal_Name', is: 'contains', value: '100%' }],
    ['Serres 100% verre'],
  ],
])('under a filter %s', async (_, all, fitting) => {
  await filterIs({ all });
  expect((await titles()).toSorted()).toEqual(fitting);
  const tried = await tryOn(liaison, ID);
  expect([tried.outcome.state, fitting.includes(String(tried.record?.title))]).toEqual(['done', true]);
});

it('whoever looks for a record finds it, and is told that the filter leaves it out', async () => {
  await filterIs({ all: [AT_LEAST] });
  expect(await titles('Petite 3')).toEqual(['Petite 3']);
  const tried = await tryOn(liaison, ID, made.get('Petite 3'));
  expect(tried.outcome.state).toBe('skipped');
  expect(tried.outcome.summary.fr).toMatch(/^Le filtre l’a laissé de côté\u00a0: Montant était 103\s€/);
});

it('where none fits there is none to try it on, and without a filter the latest is tried', async () => {
  await filterIs({ all: [{ field: 'Amount', is: 'at-least', value: 10_000_000 }] });
  expect(await titles()).toEqual([]);
  expect((await tryOn(liaison, ID)).outcome.state).toBe('no-record');
  await filterIs(null);
  expect(await titles()).toHaveLength(10);
});

import type { Answer } from '../../server/api/contract.ts';
import { endAll } from './aftermath.ts';
import { type EagerLooks, lookEagerly } from './eager-looks.ts';
import { json, type Liaison, ledger, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';

let place: ServedPlace;
let liaison: Liaison;
let looks: EagerLooks;
beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  looks = lookEagerly(place.connectionString, 'orders');
});
afterAll(async () => {
  await looks.stop();
  await endAll(place, [liaison]);
});

const change = (body: object) =>
  json(`${liaison.url}/api/v1/integrations/orders`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const invoiced = async (): Promise<string[]> =>
  (await ledger(liaison.sandboxUrl))
    .filter(
      ({ object, action, marker }) => object === 'invoice' && action === 'create' && marker?.includes(' #'),
    )
    .map(({ marker }) => String(marker?.split(' #')[1]))
    .sort();

it('what the orders of the last thirty days would become is shown, and they are taken where that is chosen, once', async () => {
  await looks.twice();
  // Only what comes from now on: the orders that are there stay as they are.
  expect(await invoiced()).toEqual([]);
  await change({ enabled: false });
  const { standing } = await json<Answer<'listTryRecords'>>(`${liaison.url}/api/v1/integrations/orders/try`);
  // The shop has two that are sent, one in preparation, and one whose transfer is awaited.
  expect(standing).toMatchObject({
    count: 3,
    setting: 'begin',
    chosen: 'new',
    said: {
      en: '3 orders of the last thirty days would become an invoice:',
      fr: '3 commandes de ces trente derniers jours deviendraient une facture\u00a0:',
    },
  });
  expect(standing?.shown.map(({ detail }) => detail?.en)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Order 1001, €53\.74: an invoice and its payment$/)]),
  );
  await change({ enabled: true, settings: { begin: 'month' } });
  await until(async () => (await invoiced()).length === 3);
  await looks.twice();
  expect(await invoiced()).toEqual(['1001', '1002', '1003']);
  // They were asked for: no webhook was lost.
  const { integrations } = await json<{ integrations: { id: string; looks: { found: number } | null }[] }>(
    `${liaison.url}/api/v1/integrations`,
  );
  expect(integrations.find(({ id }) => id === 'orders')?.looks?.found).toBe(0);
});

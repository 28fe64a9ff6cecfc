import type { Why } from '../../server/api/contract.ts';
import { endAll } from '../system/aftermath.ts';
import { allSettled, type Liaison, startLiaison, until } from '../system/liaison-process.ts';
import { type OutsideUser, outsideUser } from '../system/outside-user.ts';
import { newServedPlace, type ServedPlace } from '../system/served-place.ts';
import { call } from '../system/tried.ts';

/** Why something was done of a record is told, however many integrations are off that heard of each of its edits. */

const ID = 'deal-won-to-slack';
const OFF = 12;
const EDITS = 10;
let place: ServedPlace;
let liaison: Liaison;
let crm: OutsideUser;
let deal: string;

const why = (record: string, object = '') =>
  call<Why>(liaison, 'GET', `/why?record=${record}${object === '' ? '' : `&object=${object}`}`);

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
  await allSettled(liaison.url);
  crm = await outsideUser(
    ...([liaison.sandboxUrl, 'zoho', 'zoho-crm', 'zoho-crm'] as const),
    'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL',
  );
  await call(liaison, 'PATCH', `/integrations/${ID}`, {
    filter: { all: [{ field: 'Amount', is: 'at-least', value: 50_000 }] },
  });
  for (let copy = 0; copy < OFF; copy += 1) await call(liaison, 'POST', `/integrations/${ID}/copy`, {});
  const { data } = await crm.call<{ data: { details: { id: string } }[] }>('POST', '/crm/v8/Deals', {
    data: [{ Deal_Name: 'Serres', Stage: 'Closed Won', Closing_Date: '2026-12-31', Amount: 10 }],
    trigger: ['workflow'],
  });
  deal = data[0]?.details.id ?? '';
  await until(async () => (await why(deal)).lines.some(({ outcome }) => outcome === 'skipped'));
  for (let edit = 1; edit <= EDITS; edit += 1)
    await crm.call('PUT', '/crm/v8/Deals', {
      data: [{ id: deal, Amount: 10 + edit }],
      trigger: ['workflow'],
    });
  await until(async () => {
    const { lines } = await why(deal);
    return lines
      .filter(({ outcome }) => outcome === 'off')
      .every(({ sentence }) => sentence.en.includes(`${EDITS + 1} times`));
  }, 30_000);
  await allSettled(liaison.url);
}, 120_000);
afterAll(() => endAll(place, [liaison]));

it('what came while an integration was off is one line that says how often, and pushes nothing out', async () => {
  const { lines } = await why(deal);
  const off = lines.filter(({ outcome }) => outcome === 'off');
  expect(off).toHaveLength(OFF);
  expect(new Set(off.map(({ integration }) => integration?.id)).size).toBe(OFF);
  for (const { sentence } of off) {
    expect(sentence.en).toMatch(
      /^Arrived 11 times, the last on .+; nothing was done\. The integration has been off since /,
    );
    expect(sentence.fr).toMatch(
      /^Arrivé 11 fois, la dernière le .+\u00a0; rien n’a été fait\. L’intégration est désactivée /,
    );
  }
  const first = lines.filter(({ integration }) => integration?.id === ID).at(-1);
  expect(first?.sentence.fr).toMatch(
    /Le filtre l’a laissé de côté\u00a0: Montant était 10 €, moins que 50\s000 €/,
  );
});

it('of a record of another kind with that id nothing is told', async () => {
  expect((await why(deal, 'zohoCrm.deals')).lines.filter(({ outcome }) => outcome === 'off')).toHaveLength(
    OFF,
  );
  const other = await why(deal, 'zohoCrm.contacts');
  expect(other.lines.filter(({ outcome }) => outcome === 'off').map(({ kind }) => kind)).not.toContain(
    'automation',
  );
});

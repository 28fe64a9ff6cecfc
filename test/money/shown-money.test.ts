import { storedMoneyServices } from '../../server/api/money/stored-money-services.ts';
import type { Connector } from '../../server/core/connector.ts';
import type { StatedMovement, Statement } from '../../server/core/reconciliation/statement.ts';
import type { World } from '../../server/engine/ports.ts';
import type { Database } from '../../server/store/database.ts';
import { cancelCheck, moneyAccountsOf } from '../../server/store/money-accounts.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { until } from '../system/liaison-process.ts';
import { check, told } from './checked.ts';
import { type Money, openMoney } from './rig.ts';
import { roundsOver } from './rounds-over.ts';

/** What of a check is shown, and what may be done with it. */

const DAY = 86_400;
const ASKER = { organisationId: ORGANISATION.id, name: 'Claire' };
const YOUNG_S = 60;

let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());
beforeEach(async () => {
  await money.reset();
  money.change({ enabled: true });
  await money.rig.database.query('delete from money_accounts');
});

/** What the API answers from, over the accounts as a world has them. */
function shown(world: World = money.world) {
  const rounds = roundsOver({ ...money, world });
  return storedMoneyServices({
    database: money.rig.database,
    connectors: world.connectors,
    vendorLinks: (address) => address,
    pairsOf: rounds.pairsOf,
    keepPairs: rounds.keepPairs,
    begin: () => {},
    tell: (events) => money.engine.accept(events),
  });
}

const pay = async (at: number, booked: boolean): Promise<void> => {
  await money.act({ act: 'pay', email: 'claire@exemple.example', amountMinor: 4_900, currency: 'eur', at });
  const events = await money.announced();
  if (booked) await money.play(...events);
};
const seconds = () => Math.floor(Date.now() / 1_000);

/** A payment that somebody edited in Books, and was found to be. @returns its account and its key. */
async function edited(): Promise<{ id: string; key: string }> {
  await pay(seconds() - 2 * DAY, true);
  const { payments = [] } = await money.books();
  const wish = { act: 'edit-payment', payment: payments.at(-1)?.payment_id, amountMinor: 4_000 };
  await money.sandbox.act('zoho-books', wish);
  const { id, result } = await check(money);
  return { id, key: result?.differences[0]?.key ?? '' };
}

const stored = () =>
  money.rig.database.query('select *, xmin::text as version from money_accounts m order by id');
const countTold = async (): Promise<number> =>
  (await money.rig.database.query(`select 1 from inbox where event_key like 'money %'`)).length;

it('to be looked at changes nothing: neither keeps an account nor forgets one, nor what was accepted of it', async () => {
  const services = shown();
  expect(await services.list(ORGANISATION.id)).toEqual([]);
  expect(await stored()).toEqual([]);
  const { id, key } = await edited();
  await services.accept(ASKER, id, key, 'Agreed');
  const before = await stored();
  expect(await services.list(ORGANISATION.id)).toMatchObject([{ id, open: 0, differences: 1 }]);
  const unbooked = shown({ ...money.world, integrations: async () => [] });
  expect(await unbooked.list(ORGANISATION.id)).toEqual([]);
  expect((await unbooked.get(ORGANISATION.id, id))?.found).toMatchObject([{ accepted: { note: 'Agreed' } }]);
  expect(await stored()).toEqual(before);
  expect(await services.list(ORGANISATION.id)).toMatchObject([{ id, open: 0 }]);
});

it('an account is there as soon as its check is asked for', async () => {
  const [account] = (await shown().check(ORGANISATION.id, undefined)) ?? [];
  expect(account).toMatchObject({ checkedAt: null, check: { state: 'asked' } });
});

it('what the page does not offer is refused, and nothing is done', async () => {
  const services = shown();
  const { id, key } = await edited();
  const [{ actions } = { actions: [] }] = (await services.get(ORGANISATION.id, id))?.found ?? [];
  expect(actions).toEqual(['open', 'accept']);
  const refused = { kind: 'conflict', details: { sentence: { en: expect.stringContaining('cannot be') } } };
  await expect(services.takeUp(ORGANISATION.id, id, key)).rejects.toMatchObject(refused);
  await services.accept(ASKER, id, key, 'Agreed');
  // A note may be put better.
  const again = await services.accept(ASKER, id, key, 'Agreed by phone');
  expect(again?.found[0]?.accepted?.note).toBe('Agreed by phone');
  expect((await services.accept(ASKER, id, key, null))?.open).toBe(1);

  await money.reset();
  await pay(seconds() - YOUNG_S, false);
  const young = (await check(money)).result?.differences[0]?.key ?? '';
  await expect(services.accept(ASKER, id, young, 'Agreed')).rejects.toMatchObject(refused);
  money.change({ enabled: false });
  await expect(services.takeUp(ORGANISATION.id, id, young)).rejects.toMatchObject(refused);
  expect(await countTold()).toBe(0);
  money.change({ enabled: true });
  await services.takeUp(ORGANISATION.id, id, young);
  await services.takeUp(ORGANISATION.id, id, young);
  expect(await countTold()).toBe(1);
  await money.rig.settled();
  expect(told(await check(money))).toEqual([]);
});

/** The rig's world, with a statement of the test's own in place of Stripe's. */
function stating(statement: Statement): World {
  const { connectors } = money.world;
  const stripe = connectors.get('stripe');
  if (stripe === undefined) throw new Error('no stripe');
  const source: Connector = { ...stripe, offers: { balance: { statement: async () => statement } } };
  return { ...money.world, connectors: new Map([...connectors, ['stripe', source]]) };
}

const movement = (number: number): StatedMovement => ({
  id: `order ${number}`,
  kind: 'payment',
  payment: `none_${number}`,
  credit: null,
  alsoKnownAs: [],
  toldBy: [],
  minor: 100,
  currency: 'EUR',
  movedAt: new Date(Date.now() - 2 * DAY * 1_000).toISOString(),
  who: null,
  object: 'stripe.payments',
  recordId: `none_${number}`,
  event: { topic: 'payment_intent.succeeded', recordId: `none_${number}`, body: {} },
});

it('more than are kept: alert, list and account count the same, and a payout counts its own by their whole ids', async () => {
  const movements = Array.from({ length: 2_001 }, (_, number) => movement(number));
  const sums = { paymentsMinor: 300, refundsMinor: 0, disputesMinor: 0, otherMinor: 0, feesMinor: 0 };
  const payout = { id: 'po_1', at: new Date().toISOString(), arrivesOn: null, minor: 300, currency: 'EUR' };
  const world = stating({
    movements,
    payouts: [{ ...payout, ...sums, movements: ['order 0', 'order 7', 'order 9999'], isByHand: false }],
    isPart: false,
  });
  const { id, openDifferences } = await check({ ...money, world });
  const services = shown(world);
  const [listed] = await services.list(ORGANISATION.id);
  expect(listed).toMatchObject({ open: openDifferences, differences: 2_001 });
  const detail = await services.get(ORGANISATION.id, id);
  expect(detail?.found.filter(({ state }) => state === 'open')).toHaveLength(openDifferences);
  expect(detail?.omitted).toBe(1);
  expect(detail?.payouts).toMatchObject([{ movements: 3, differences: 2 }]);
});

it('keeps of a movement and of its run no more than what finds it and takes it up', async () => {
  await money.act({
    act: 'pay',
    email: 'claire@exemple.example',
    amountMinor: 50_000,
    currency: 'sek',
    at: seconds() - DAY,
  });
  await money.play(...(await money.announced()));
  const [difference] = (await check(money)).result?.differences ?? [];
  expect(Object.keys(difference?.movement ?? {}).sort()).toEqual(['event', 'id', 'object', 'recordId']);
  expect(Object.keys(difference?.run ?? {}).sort()).toEqual(['id', 'integration', 'state']);
});

it('what fails while the two are compared is said of nobody’s account', async () => {
  let asked = 0;
  const world: World = {
    ...money.world,
    // The first one is of the pairs, the second one of the comparison.
    integrations: async (organisation, fresh) => {
      asked += 1;
      if (asked > 1) throw new Error('out of luck');
      return money.world.integrations(organisation, fresh);
    },
  };
  const { error } = await check({ ...money, world });
  expect(error).toMatchObject({ side: 'liaison', kind: 'unknown' });
  expect(error?.sentence.en).not.toContain('Books');
});

it('a beat that cannot be written ends neither the telling of how far it is nor that it can be cancelled', async () => {
  const { database } = money.rig;
  await pay(seconds() - 2 * DAY, true);
  await check(money);
  let failures = 0;
  const flaky: Database = {
    ...database,
    query: (text, ...rest) => {
      if (text.includes('set progress =') && failures < 2) {
        failures += 1;
        return Promise.reject(new Error('the connection was lost'));
      }
      return database.query(text, ...rest);
    },
  };
  await money.sandbox.fault('stripe', { hang: true });
  const checking = check({ ...money, rig: { ...money.rig, database: flaky } });
  const now = async () => (await moneyAccountsOf(database, ORGANISATION.id))[0];
  await until(async () => failures === 2);
  const beatAt = (await now())?.beatAt?.getTime() ?? 0;
  await until(async () => ((await now())?.beatAt?.getTime() ?? 0) > beatAt);
  await cancelCheck(database, ORGANISATION.id, (await now())?.id ?? '');
  expect((await checking).error).toMatchObject({ kind: 'cancelled' });
  await money.sandbox.fault('stripe', null);
});

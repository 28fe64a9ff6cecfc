import { askForCheck, beginCheck, failCheck, moneyAccountsOf } from '../../server/store/money-accounts.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { type Money, openMoney } from './rig.ts';
import { roundsOver } from './rounds-over.ts';

const HOUR = 3_600_000;
let money: Money;
beforeAll(async () => {
  money = await openMoney();
});
afterAll(() => money.close());

/** Rounds by a clock of the test's own. */
const roundsAt = (clock: { now: number }) => roundsOver(money, () => clock.now);

const account = async () => {
  const [found] = await moneyAccountsOf(money.rig.database, ORGANISATION.id);
  return found;
};

/** Its last check, and the moment since when it is kept, were earlier: what the database notes is by its own clock, which no test moves. */
const longAgo = (hours: number) =>
  money.rig.database.query(
    `update money_accounts set kept_at = kept_at - $1 * interval '1 hour', checked_at = checked_at - $1 * interval '1 hour'`,
    [hours],
  );
const failed = (ago: number) =>
  money.rig.database.query('update money_accounts set failed_at = $1', [new Date(Date.now() - ago)]);

it('a check is made once in the night of the organisation, when somebody asks, and again an hour after one that failed', async () => {
  const { database } = money.rig;
  const rounds = roundsAt({ now: Date.now() });
  await rounds.round();
  expect((await account())?.checkedAt).toBeNull();
  // The third hour of the next day in Paris has come since it is kept.
  await longAgo(28);
  await rounds.round();
  expect((await account())?.checkedAt).not.toBeNull();
  money.asked();
  await rounds.round();
  expect(money.asked()).toEqual({});

  const id = (await account())?.id ?? '';
  await askForCheck(database, ORGANISATION.id, [id]);
  await Promise.all([rounds.asked(ORGANISATION.id), roundsAt({ now: Date.now() }).asked(ORGANISATION.id)]);
  const asked = await account();
  expect([asked?.askedAt, asked?.begunAt]).toEqual([null, null]);
  const { stripe } = money.asked();
  // Both processes were asked, one made it: transactions, charges, payouts.
  expect(stripe).toBe(3);

  await beginCheck(database, id);
  await failCheck(database, id, { side: 'books', kind: 'retry-later', sentence: { en: 'No.', fr: 'Non.' } });
  await longAgo(28);
  await failed(HOUR / 2);
  await rounds.round();
  expect(money.asked()).toEqual({});
  await failed(1.5 * HOUR);
  await rounds.round();
  expect((await account())?.error).toBeNull();
  expect(money.asked().stripe).toBe(3);
});

it('who saw that a check was asked for, and comes to it when another process has made it, makes it no second time', async () => {
  const { engine, rig } = money;
  const id = (await account())?.id ?? '';
  await askForCheck(rig.database, ORGANISATION.id, [id]);
  money.asked();
  let isSeen = (): void => {};
  const seen = new Promise<void>((resolve) => {
    isSeen = resolve;
  });
  let made: Promise<void> = Promise.resolve();
  const late: typeof engine.ifFree = async (name, work) => {
    isSeen();
    await made;
    return engine.ifFree(name, work);
  };
  const other = roundsOver({ ...money, engine: { ...engine, ifFree: late } }, Date.now);
  made = seen.then(() => roundsAt({ now: Date.now() }).asked(ORGANISATION.id));
  await other.asked(ORGANISATION.id);
  expect(money.asked().stripe).toBe(3);
});

it('what a process that died left under way is taken up by the next one', async () => {
  const { database } = money.rig;
  const clock = { now: Date.now() };
  const id = (await account())?.id ?? '';
  await askForCheck(database, ORGANISATION.id, [id]);
  await database.query(`update money_accounts set begun_at = now(), beat_at = now() where id = $1`, [id]);
  await roundsAt(clock).round();
  expect((await account())?.begunAt).not.toBeNull();
  clock.now += HOUR;
  await roundsAt(clock).round();
  const after = await account();
  expect([after?.begunAt, after?.askedAt]).toEqual([null, null]);
});

it('an account that no integration books any more is forgotten, and its alert with it', async () => {
  await roundsAt({ now: Date.now() }).round();
  expect(await account()).toBeDefined();
  const without = roundsOver({ ...money, world: { ...money.world, integrations: async () => [] } });
  await without.round();
  expect(await account()).toBeUndefined();
});

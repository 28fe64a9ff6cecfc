import { createBudgets } from './budgets.ts';

/** A clock that moves only when somebody waits. */
function virtualBudgets(patienceMs?: number) {
  let now = 1_000_000;
  const budgets = createBudgets({
    clock: () => now,
    wait: async (ms) => {
      now += ms;
    },
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  return { budgets, now: () => now, advance: (ms: number) => (now += ms) };
}

describe('budgets', () => {
  it('no period of the budget’s length ever holds more calls than the budget', async () => {
    const { budgets, now } = virtualBudgets();
    const times: number[] = [];
    for (let call = 0; call < 60; call += 1) {
      await budgets.take('a', [{ calls: 5, perMs: 1000 }], undefined);
      times.push(now());
    }
    for (const [index, time] of times.entries()) {
      const fifthBefore = times[index - 5];
      if (fifthBefore !== undefined) expect(time - fifthBefore).toBeGreaterThanOrEqual(1000);
    }
    expect(times.at(-1)! - times[0]!).toBe(11_000);
  });

  it('the tightest of several budgets decides', async () => {
    const { budgets, now } = virtualBudgets();
    const start = now();
    const both = [
      { calls: 10, perMs: 1000 },
      { calls: 2, perMs: 5000 },
    ];
    for (let call = 0; call < 4; call += 1) await budgets.take('a', both);
    expect(now() - start).toBe(5000);
  });

  it('a budget of some calls counts those, and no others wait for it', async () => {
    const { budgets, now } = virtualBudgets();
    const start = now();
    const own = [
      { calls: 2, perMs: 5_000, of: /^POST / },
      { calls: 1, perMs: 2_000, of: /^GET .*\/messages$/ },
    ];
    const take = (call: string) => budgets.take('a', own, undefined, call);
    for (const call of ['POST /a', 'GET /chats/1/messages', 'POST /b', 'GET /users', 'GET /users'])
      await take(call);
    expect(now() - start).toBe(0);
    await take('GET /chats/2/messages');
    expect(now() - start).toBe(2_000);
    await take('POST /c');
    expect(now() - start).toBe(5_000);
  });

  it('one connection’s calls cost another nothing', async () => {
    const { budgets, now } = virtualBudgets();
    const start = now();
    const budget = [{ calls: 1, perMs: 20_000 }];
    await budgets.take('a', budget);
    await budgets.take('b', budget);
    expect(now()).toBe(start);
  });

  it('says when, instead of keeping a worker waiting for long', async () => {
    const { budgets, now } = virtualBudgets(10_000);
    const budget = [{ calls: 1, perMs: 60_000 }];
    expect(await budgets.take('a', budget)).toBeNull();
    expect(await budgets.take('a', budget)).toBe(now() + 60_000);
    expect(await budgets.take('a', budget)).toBe(now() + 60_000);
  });

  it('keeps a pause that the vendor asked for, the later of two', async () => {
    const { budgets, now, advance } = virtualBudgets();
    budgets.pause('a', now() + 90_000);
    budgets.pause('a', now() + 40_000);
    expect(await budgets.take('a', [])).toBe(now() + 90_000);
    advance(90_000);
    expect(await budgets.take('a', [])).toBeNull();
  });
});

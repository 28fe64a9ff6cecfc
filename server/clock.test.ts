import { deploymentClock } from './clock.ts';

/** A database and a machine whose clocks the test sets; `took` milliseconds pass while the database answers. */
function world(aheadMs: number) {
  const at = { mono: 5_000, database: 1_795_000_000_000, took: [2], wallExtra: 0 };
  const clock = deploymentClock({
    async ask() {
      const took = at.took.length > 1 ? (at.took.shift() as number) : (at.took[0] as number);
      at.mono += took / 2;
      at.database += took / 2;
      const told = at.database;
      at.mono += took / 2;
      at.database += took / 2;
      return told;
    },
    monotonic: () => at.mono,
    wall: () => at.database + aheadMs + at.wallExtra,
  });
  const pass = (ms: number): void => {
    at.mono += ms;
    at.database += ms;
  };
  return { at, clock, pass };
}

describe('the clock of a deployment', () => {
  it.each([600_000, -600_000, 0])('is the database’s, whatever the machine’s is (%d ms)', async (ahead) => {
    const { at, clock, pass } = world(ahead);
    await clock.measure();
    expect(clock.now()).toBe(at.database);
    expect(clock.aheadMs()).toBe(ahead);
    pass(90_000);
    expect(clock.now()).toBe(at.database);
  });

  it('goes on evenly when the machine’s is set meanwhile', async () => {
    const { at, clock, pass } = world(0);
    await clock.measure();
    at.wallExtra = -3_600_000;
    pass(1_000);
    expect(clock.now()).toBe(at.database);
    expect(clock.aheadMs()).toBe(-3_600_000);
  });

  it('is the machine’s until the database was asked', () => {
    const { at, clock } = world(7_000);
    expect(clock.now()).toBe(at.database + 7_000);
    expect(clock.aheadMs()).toBeNull();
  });

  it('believes the quickest of several answers, and none that is slow', async () => {
    const { at, clock } = world(0);
    at.took = [800, 4, 300];
    await clock.measure();
    expect(Math.abs(clock.now() - at.database)).toBeLessThanOrEqual(2);
    at.took = [9_000];
    // An answer that took so long may be off by seconds: what was known is better.
    const before = clock.now() - at.database;
    await clock.measure();
    expect(clock.now() - at.database).toBe(before);
  });
});

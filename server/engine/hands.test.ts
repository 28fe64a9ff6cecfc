import { hands } from './hands.ts';

const WIDTH = 64;

function rig(width = WIDTH) {
  let now = 0;
  let made = 0;
  const held = hands(width, () => now);
  return {
    held,
    pass(ms: number) {
      now += ms;
    },
    /** Takes all that a lane may have, as `take` does for one that has more waiting than anybody needs. */
    fill(integration: string, organisationId = 'a'): number {
      const shares = held.shares();
      if (shares === null) return 0;
      const of = (one: (lane: { organisationId: string; integration: string }) => boolean) =>
        shares.held.filter(one).reduce((sum, lane) => sum + lane.count, 0);
      const lane = of((one) => one.integration === integration && one.organisationId === organisationId);
      const organisation = of((one) => one.organisationId === organisationId);
      const allowed = Math.max(shares.organisation - organisation, lane === 0 ? 1 : 0);
      const count = Math.max(0, Math.min(shares.count, shares.lane - lane, allowed));
      for (let i = 0; i < count; i += 1) {
        made += 1;
        held.hold({ id: String(made), integration, organisationId });
      }
      return count;
    },
  };
}

describe('hands', () => {
  it('leave some free whatever one lane has waiting', () => {
    const { fill, held } = rig();
    expect(fill('busy')).toBe(48);
    expect(fill('busy')).toBe(0);
    expect(held.shares()?.count).toBe(16);
    expect(fill('other')).toBeGreaterThan(0);
  });

  it('do not count what waits for a vendor as busy, and let one lane have no more of it than there are hands', () => {
    const { fill, held, pass } = rig();
    fill('hangs');
    pass(1_001);
    expect(held.shares()?.count).toBe(WIDTH);
    expect(fill('hangs')).toBe(16);
    pass(1_001);
    expect(fill('hangs')).toBe(0);
    expect(held.size).toBe(WIDTH);
  });

  it('are there for the next however many lanes, of however many organisations, hang', () => {
    const { fill, pass } = rig();
    for (let round = 0; round < 20; round += 1)
      for (let lane = 0; lane < 200; lane += 1) {
        fill(`hangs ${lane % 5}`, String(lane));
        pass(1_001);
      }
    expect(fill('next', 'of somebody else')).toBeGreaterThan(0);
  });

  it('are shared by organisation, whatever the number of its flows', () => {
    const { fill, held, pass } = rig();
    for (let lane = 0; lane < 100; lane += 1) {
      fill(`hangs ${lane}`);
      pass(1_001);
    }
    expect(held.size).toBeLessThanOrEqual(2 * WIDTH + 100);
    expect(fill('next', 'b')).toBeGreaterThan(8);
  });

  it.each([1, 2, 4])('of a width of %i go on', (width) => {
    const { fill, held, pass } = rig(width);
    expect(fill('one')).toBeGreaterThan(0);
    pass(1_001);
    expect(fill('other')).toBeGreaterThan(0);
    held.drop();
    expect(held.size).toBe(0);
  });
});

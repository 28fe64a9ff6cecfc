import type { Operation } from './plan.ts';
import { unlessDeclined } from './unfit.ts';

const WHY = { en: 'opted out', fr: 'désabonné' };
const list = { declines: (values: object) => ('out' in values ? WHY : null) };
const made = (values: Record<string, boolean>): Operation => ({
  ...{ kind: 'create', side: 'left', from: 'r1', values, base: {} },
});

describe('a record that its own side makes of nobody', () => {
  it('is left alone where it comes from, with the reason', () => {
    expect(unlessDeclined(made({ out: true }), { left: list, right: {} })).toEqual({
      ...{ kind: 'exclude', code: 'unfit', side: 'right', id: 'r1', reason: WHY },
    });
  });

  it('is made where nothing is said against it, and changes are nobody’s to decline', () => {
    const [one, other] = [made({ in: true }), made({ out: true })];
    expect(unlessDeclined(one, { left: list, right: {} })).toBe(one);
    expect(unlessDeclined(other, { left: {}, right: list })).toBe(other);
    const removal: Operation = { kind: 'remove', side: 'left', id: 'l1', linkId: 'k' };
    expect(unlessDeclined(removal, { left: list, right: list })).toBe(removal);
  });
});

import { textOf } from './value-text.tsx';

const words = { blank: 'blank', yes: 'yes', no: 'no', moment: (instant: string) => `<${instant}>` };
const text = (value: unknown) => textOf(value, words);

describe('a value in words', () => {
  it('is blank when nothing is in it, and never the name of a type', () => {
    for (const value of [null, undefined, '', [], {}, { given: '', family: null }]) {
      expect([value, text(value)]).toEqual([value, 'blank']);
    }
    expect([text(0), text(false), text(true)]).toEqual(['0', 'no', 'yes']);
  });

  it('is a name in order, labels in a row', () => {
    expect(text({ family: 'Lefèvre', given: 'Zoé' })).toBe('Zoé Lefèvre');
    expect(text(['VIP', 'Lyon'])).toBe('VIP, Lyon');
  });

  it('is a time from when to when: moments in the reader’s zone, wall clocks as they stand', () => {
    expect(text({ start: '2026-12-03T13:30:00Z', end: '2026-12-03T15:00:00Z' })).toBe(
      '<2026-12-03T13:30:00Z> → <2026-12-03T15:00:00Z>',
    );
    expect(
      text({
        end: '2026-10-13T10:45:00',
        start: '2026-10-13T10:00:00',
        zone: 'Europe/Paris',
        rule: 'FREQ=WEEKLY',
      }),
    ).toBe('2026-10-13 10:00 → 2026-10-13 10:45 · zone Europe/Paris · rule FREQ=WEEKLY');
    expect(text({ start: '2026-12-09', end: '2026-12-11' })).toBe('2026-12-09 → 2026-12-11');
  });
});

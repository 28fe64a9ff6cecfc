import { english } from '../../language/english.ts';
import { ruleText } from './series-text.ts';
import { textOf } from './value-text.tsx';

const words = {
  ...english.syncs.value,
  moment: (instant: string) => `<${instant}>`,
  date: (day: string) => `[${day}]`,
};
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
    ).toBe('2026-10-13 10:00 → 2026-10-13 10:45 · every week · Europe/Paris');
    const exceptions = [
      { at: 'a', cancelled: true },
      { at: 'b', start: 'c' },
      { at: 'd', cancelled: true },
    ];
    expect(text({ start: '2026-10-13', end: '2026-10-14', rule: 'FREQ=DAILY', exceptions })).toBe(
      '2026-10-13 → 2026-10-14 · every day · 1 changed, 2 cancelled',
    );
    expect(text({ start: '2026-12-09', end: '2026-12-11' })).toBe('2026-12-09 → 2026-12-11');
  });
});

describe('the rule of a series in words', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=TU;UNTIL=20271130', 'every week on Tuesday until [2027-11-30]'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'every 2 weeks on Monday, Thursday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'every month on day 15 of the month'],
  ])('%s is “%s”', (rule, told) => {
    expect(ruleText(rule, words.series, words.date)).toBe(told);
  });

  it('is told as it stands where words would leave something out', () => {
    expect(text({ rule: 'FREQ=MONTHLY;BYSETPOS=2;BYDAY=MO,TU' })).toBe('FREQ=MONTHLY;BYSETPOS=2;BYDAY=MO,TU');
  });
});

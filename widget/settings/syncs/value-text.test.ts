import { english } from '../../language/english.ts';
import { formatsOf } from '../../language/formats.ts';
import { french } from '../../language/french.ts';
import { ruleText } from './series-text.ts';
import { textOf } from './value-text.tsx';

const plain = (told: string) => told.replaceAll(/[\u00a0\u202f]/g, ' ');
const words = { ...english.syncs.value, formats: formatsOf('en-GB', 'Europe/Paris') };
const text = (value: unknown) => plain(textOf(value, words));
const inFrench = (value: unknown) =>
  plain(textOf(value, { ...french.syncs.value, formats: formatsOf('fr-FR', 'Europe/Paris') }));

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

  it('is a time from when to when: moments in the reader’s zone, wall clocks as they stand there', () => {
    const meeting = { start: '2026-12-03T13:30:00Z', end: '2026-12-03T15:00:00Z' };
    expect(text(meeting)).toBe('3 Dec 2026, 14:30 → 16:00');
    expect(inFrench(meeting)).toBe('3 déc. 2026, 14:30 → 16:00');
    expect(inFrench({ start: '2026-12-03T22:30:00Z', end: '2026-12-03T23:30:00Z' })).toBe(
      '3 déc. 2026, 23:30 → 4 déc. 2026, 00:30',
    );
    const series = {
      end: '2026-10-13T10:45:00',
      start: '2026-10-13T10:00:00',
      zone: 'America/New_York',
      rule: 'FREQ=WEEKLY;UNTIL=20261110',
    };
    expect(inFrench(series)).toBe(
      '13 oct. 2026, 10:00 → 10:45 · chaque semaine jusqu’au 10 nov. 2026 · America/New_York',
    );
  });

  it('is days as they are written, the last one among them', () => {
    expect(inFrench({ start: '2026-12-09', end: '2026-12-11' })).toBe(
      '9 déc. 2026 → 10 déc. 2026, toute la journée',
    );
    expect(text({ start: '2026-12-24', end: '2026-12-25' })).toBe('24 Dec 2026, all day');
    const exceptions = [
      { at: 'a', cancelled: true },
      { at: 'b', start: 'c' },
      { at: 'd', cancelled: true },
    ];
    expect(text({ start: '2026-10-13', end: '2026-10-14', rule: 'FREQ=DAILY', exceptions })).toBe(
      '13 Oct 2026, all day · every day · 1 changed, 2 cancelled',
    );
    expect(inFrench('1985-03-12')).toBe('12 mars 1985');
  });

  it('of a title that there is not says so in the reader’s language', () => {
    expect([text('(No title)'), inFrench('(No title)')]).toEqual(['(No title)', '(Sans titre)']);
  });
});

describe('the rule of a series in words', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=TU;UNTIL=20271130', 'every week on Tuesday until 30 Nov 2027'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'every 2 weeks on Monday, Thursday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;UNTIL=20291224', 'every year on 24 December until 24 Dec 2029'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'every month on day 15 of the month'],
  ])('%s is “%s”', (rule, told) => {
    expect(ruleText(rule, words.series, words.formats.date, words.formats.dayOfYear)).toBe(told);
  });

  it('is told as it stands where words would leave something out', () => {
    expect(text({ rule: 'FREQ=MONTHLY;BYSETPOS=2;BYDAY=MO,TU' })).toBe('FREQ=MONTHLY;BYSETPOS=2;BYDAY=MO,TU');
  });
});

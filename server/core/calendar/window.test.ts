import { hasLeftWindow, windowStart } from './window.ts';

const NOW = Date.parse('2026-11-28T15:42:10Z');
const B = windowStart(NOW, 30);

describe('the window of meetings that are taken up', () => {
  it('begins with a day, whenever on that day a side is asked', () => {
    expect(new Date(B).toISOString()).toBe('2026-10-29T00:00:00.000Z');
    for (const moment of ['00:00:00', '09:30:00', '23:59:59'])
      expect(windowStart(Date.parse(`2026-11-28T${moment}Z`), 30)).toBe(B);
  });

  it('is left by what ended as it begins, or before, and only by that', () => {
    const left = (end: string) => hasLeftWindow({ start: '2026-01-01T00:00:00Z', end }, NOW, 30);
    expect(left('2026-10-29T00:00:00Z')).toBe(true);
    expect(left('2026-10-28T23:59:59Z')).toBe(true);
    // A day is given to clocks.
    expect(left('2026-10-29T12:00:00Z')).toBe(true);
    expect(left('2026-10-30T00:00:01Z')).toBe(false);
    expect(hasLeftWindow({ start: '2026-10-20', end: '2026-10-21' }, NOW, 30)).toBe(true);
    expect(hasLeftWindow({ start: '2026-11-20', end: '2026-11-21' }, NOW, 30)).toBe(false);
  });

  it('holds a series until its last occurrence is over, wherever that was moved to, and one without an end for ever', () => {
    const weekly = { start: '2026-09-07T10:00:00', end: '2026-09-07T11:00:00', zone: 'Europe/Paris' };
    const rule = 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261005';
    expect(hasLeftWindow({ ...weekly, rule }, NOW, 30)).toBe(true);
    const exceptions = [
      { at: '2026-10-05T10:00:00', start: '2026-11-05T10:00:00', end: '2026-11-05T11:00:00' },
    ];
    expect(hasLeftWindow({ ...weekly, rule, exceptions }, NOW, 30)).toBe(false);
    expect(hasLeftWindow({ ...weekly, rule: 'FREQ=WEEKLY' }, NOW, 30)).toBe(false);
  });

  it('says nothing of what cannot be read', () => {
    for (const schedule of [undefined, null, 'demain', {}])
      expect(hasLeftWindow(schedule, NOW, 30)).toBe(false);
  });
});

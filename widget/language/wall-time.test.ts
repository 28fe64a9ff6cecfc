import fc from 'fast-check';
import { momentOf, startOfDay, wallTimeOf } from './wall-time.ts';

const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());

describe('wall time', () => {
  it('is read in the time zone of the organisation', () => {
    expect(iso(momentOf('2026-11-20T10:15', 'Europe/Paris'))).toBe('2026-11-20T09:15:00.000Z');
    expect(iso(momentOf('2026-07-20T10:15', 'Europe/Paris'))).toBe('2026-07-20T08:15:00.000Z');
    expect(iso(momentOf('2026-07-20T10:15', 'Asia/Kolkata'))).toBe('2026-07-20T04:45:00.000Z');
    expect(momentOf('', 'Europe/Paris')).toBeNull();
    expect(momentOf('soon', 'Europe/Paris')).toBeNull();
  });

  it('takes the first of an hour that comes twice, and moves past one that is skipped', () => {
    expect(iso(momentOf('2026-10-25T02:30', 'Europe/Paris'))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(momentOf('2026-03-29T02:30', 'Europe/Paris'))).toBe('2026-03-29T01:30:00.000Z');
  });

  it('starts a day at its own midnight', () => {
    expect(iso(startOfDay(Date.parse('2026-11-20T22:59:00Z'), 'Europe/Paris'))).toBe(
      '2026-11-19T23:00:00.000Z',
    );
    expect(iso(startOfDay(Date.parse('2026-11-20T23:01:00Z'), 'Europe/Paris'))).toBe(
      '2026-11-20T23:00:00.000Z',
    );
    expect(iso(startOfDay(Date.parse('2026-11-20T03:00:00Z'), 'America/New_York'))).toBe(
      '2026-11-19T05:00:00.000Z',
    );
  });

  it('shows again what it was read from, whatever the moment and the zone', () => {
    const zones = ['Europe/Paris', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
        fc.constantFrom(...zones),
        (moment, zone) => {
          const wall = wallTimeOf(moment, zone);
          const read = momentOf(wall, zone);
          expect(read).not.toBeNull();
          expect(wallTimeOf(read!, zone)).toBe(wall);
        },
      ),
      { numRuns: 200 },
    );
  });
});

import { lookAtClock } from './look-at-clock.ts';
import { lastPlanned } from './schedule.ts';
import { settings } from './settings.ts';

const at = (text: string) => Date.parse(text);
const said = (moment: number) => new Date(moment).toISOString();
const paris = 'Europe/Paris';

describe('the last planned moment', () => {
  it.each([
    ['hour', 0, '2026-11-29T13:59:59Z', '2026-11-29T13:00:00.000Z'],
    ['day', 6, '2026-11-29T04:59:59Z', '2026-11-28T05:00:00.000Z'],
    ['day', 6, '2026-11-29T05:00:00Z', '2026-11-29T05:00:00.000Z'],
    // Summer time: the same hour on the wall is another moment.
    ['day', 6, '2026-07-29T05:00:00Z', '2026-07-29T04:00:00.000Z'],
    // 2026-11-29 is a Sunday.
    ['weekdays', 6, '2026-11-29T12:00:00Z', '2026-11-27T05:00:00.000Z'],
    ['weekdays', 6, '2026-11-30T04:00:00Z', '2026-11-27T05:00:00.000Z'],
    ['weekdays', 6, '2026-11-30T05:00:00Z', '2026-11-30T05:00:00.000Z'],
    // The hour from two to three is left out in the night to 29 March 2026.
    ['day', 2, '2026-03-29T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    // And comes twice in the night to 25 October 2026: the first one counts.
    ['day', 2, '2026-10-25T12:00:00Z', '2026-10-25T00:00:00.000Z'],
  ] as const)('of every %s at %d is, at %s, %s', (every, hour, now, expected) => {
    expect(said(lastPlanned({ every, hour }, at(now), paris))).toBe(expected);
  });

  it('is on the hour where clocks are half an hour off', () => {
    expect(said(lastPlanned({ every: 'hour', hour: 0 }, at('2026-11-29T13:45:00Z'), 'Asia/Kolkata'))).toBe(
      '2026-11-29T13:30:00.000Z',
    );
  });
});

describe('a look at the clock', () => {
  const set = settings.parse({
    spreadsheetId: '1abcdefghijklmnop',
    workspace: '7',
    table: 'T',
    every: 'hour',
  });
  const organisation = { id: 'o', name: 'O', locale: 'fr-FR', timeZone: paris, currency: 'EUR' };
  const look = (cursor: unknown, now: string, open = false) =>
    lookAtClock({ settings: set, cursor, now: at(now), organisation, isOpen: async () => open });

  it('begins a run at once when it is turned on, and one for each hour from then on', async () => {
    const first = await look(null, '2026-11-29T13:10:20.500Z');
    expect(first.events).toEqual([
      { key: '2026-11-29T13:10:20Z', recordId: '7/T', body: { slot: '2026-11-29T13:10:20Z' } },
    ]);
    const quiet = await look(first.cursor, '2026-11-29T13:59:59Z');
    expect(quiet.events).toEqual([]);
    const next = await look(quiet.cursor, '2026-11-29T14:00:20Z');
    expect(next.events.map(({ key }) => key)).toEqual(['2026-11-29T14:00:00Z']);
    expect((await look(next.cursor, '2026-11-29T14:30:00Z')).events).toEqual([]);
  });

  it('begins one run for all that came due meanwhile, and none while the one before is not over', async () => {
    const { cursor } = await look(null, '2026-11-29T08:10:00Z');
    const busy = await look(cursor, '2026-11-29T12:10:00Z', true);
    expect(busy).toEqual({ events: [], cursor });
    expect((await look(busy.cursor, '2026-11-29T12:20:00Z')).events.map(({ key }) => key)).toEqual([
      '2026-11-29T12:00:00Z',
    ]);
  });

  it('says what is not chosen yet', async () => {
    const nothing = { ...set, table: '' };
    await expect(
      lookAtClock({ settings: nothing, cursor: null, now: 0, organisation, isOpen: async () => false }),
    ).rejects.toThrow(/No table is chosen/);
  });
});

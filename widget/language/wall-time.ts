/**
 * Between moments and what a wall clock shows in a time zone. Wall times are written as a
 * `datetime-local` field does: `2026-11-20T09:15`.
 */

const DAY_MS = 86_400_000;

/** What the clock on the wall shows at a moment, to the minute. */
export function wallTimeOf(moment: number, timeZone: string): string {
  return new Date(moment + offsetAt(moment, timeZone)).toISOString().slice(0, 16);
}

/**
 * The moment at which the wall clock shows `wall`; null when it cannot be read. Of an hour that a
 * change of clocks shows twice, the first; of one that it skips, the same distance after the change.
 */
export function momentOf(wall: string, timeZone: string): number | null {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return null;
  const before = offsetAt(asUtc - DAY_MS, timeZone);
  const after = offsetAt(asUtc + DAY_MS, timeZone);
  for (const offset of [before, after]) {
    if (offsetAt(asUtc - offset, timeZone) === offset) return asUtc - offset;
  }
  return asUtc - before;
}

export function startOfDay(moment: number, timeZone: string): number {
  return momentOf(`${wallTimeOf(moment, timeZone).slice(0, 10)}T00:00`, timeZone) ?? moment;
}

function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(moment / 1_000) * 1_000;
}

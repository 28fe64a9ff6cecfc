/** Where a test may make the process die as if by `kill -9`. Compiled in; armed by configuration only. */
export const CRASH_POINTS = [
  'after-verify',
  'after-inbox-commit',
  'after-dispatch-commit',
  'after-intent-commit',
  'after-vendor-write',
  'after-result-commit',
  'after-settle-commit',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Called at every named point; does nothing unless armed. */
export type CrashPoints = (point: CrashPoint) => void;

export const noCrash: CrashPoints = () => {};

/**
 * @param armed `after-vendor-write` or `after-vendor-write:3` (the third time it is passed).
 * @param die how to die at once, with nothing flushed.
 */
export function armCrashPoint(armed: string, die: () => void): CrashPoints {
  const [name, count = '1'] = armed.split(':');
  let left = Number(count);
  return (point) => {
    if (point !== name) return;
    left -= 1;
    if (left === 0) die();
  };
}

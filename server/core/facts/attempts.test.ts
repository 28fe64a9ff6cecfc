import { type Attempt, judgeAttempt } from './attempts.ts';

const answered = (status: number, waitMs?: number): Attempt => ({ kind: 'answered', status, waitMs });

it('tries over about 27 hours, later and later, and then no more', () => {
  const pauses: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const verdict = judgeAttempt(answered(500), attempts, false, 0.5);
    if (verdict.kind !== 'again') {
      expect(verdict).toEqual({ kind: 'failed' });
      break;
    }
    pauses.push(verdict.inMs);
  }
  expect(pauses).toHaveLength(7);
  expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
  const hours = pauses.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(27);
  expect(hours).toBeLessThan(28);
});

it.each([
  [answered(200), 'done'],
  [answered(204), 'done'],
  [answered(299), 'done'],
  [answered(301), 'again'],
  [answered(304), 'again'],
  [answered(400), 'again'],
  [answered(404), 'again'],
  [answered(429), 'again'],
  [answered(503), 'again'],
  [answered(410), 'ended'],
  [{ kind: 'none' } as const, 'again'],
])('%j is %s', (attempt, kind) => expect(judgeAttempt(attempt, 1, false, 0.5).kind).toBe(kind));

it('waits as long as it is asked to, and never less than it would', () => {
  expect(judgeAttempt(answered(429, 60_000), 1, false, 0.5)).toEqual({ kind: 'again', inMs: 60_000 });
  expect(judgeAttempt(answered(429, 1), 1, false, 0.5)).toEqual({ kind: 'again', inMs: 5_000 });
});

it('varies, so that what failed together is not tried again together', () => {
  const at = (random: number) => judgeAttempt(answered(500), 2, false, random);
  expect(at(0)).toEqual({ kind: 'again', inMs: 270_000 });
  expect(at(1)).toEqual({ kind: 'again', inMs: 330_000 });
});

it('tries a test once', () => {
  expect(judgeAttempt(answered(500), 1, true, 0.5)).toEqual({ kind: 'failed' });
  expect(judgeAttempt(answered(200), 1, true, 0.5)).toEqual({ kind: 'done' });
});

/**
 * When a dispatch that was not taken is tried again, counted from the attempt before: over about 27 hours in all, as
 * the Standard Webhooks specification proposes.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability
 */
const PAUSES_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000] as const;
/** A receiver of whom every attempt failed for so long is told nothing more. */
export const PATIENCE_DAYS = 5;
/** Part of a pause by which it varies, so that what failed together is not tried again together. */
const SPREAD = 0.1;

/** What came of one attempt. */
export type Attempt =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Milliseconds that the receiver asked to wait for. */
      readonly waitMs?: number | undefined;
    }
  | { readonly kind: 'none' };

export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly inMs: number }
  /** Not tried again by itself. */
  | { readonly kind: 'failed' }
  /** The receiver wants nothing more, ever. */
  | { readonly kind: 'ended' };

/**
 * Without an answer it is tried again, whatever the reason: a name may lead elsewhere tomorrow.
 *
 * @param attempts how often it was tried, this time included.
 * @param isTest somebody waits for it: it is tried once.
 * @param random from 0 to 1.
 */
export function judgeAttempt(attempt: Attempt, attempts: number, isTest: boolean, random: number): Verdict {
  if (attempt.kind === 'answered') {
    if (attempt.status >= 200 && attempt.status < 300) return { kind: 'done' };
    if (attempt.status === 410) return { kind: 'ended' };
  }
  const pause = isTest ? undefined : PAUSES_S[attempts - 1];
  if (pause === undefined) return { kind: 'failed' };
  const spread = pause * 1_000 * (1 - SPREAD + 2 * SPREAD * random);
  const asked = attempt.kind === 'answered' ? (attempt.waitMs ?? 0) : 0;
  return { kind: 'again', inMs: Math.round(Math.max(spread, asked)) };
}

import { Refusal } from '../kit/refusal.ts';

/** Ends a call with `{"ok": false, "error": …}`: HTTP 200, except for the rate limit. */
export class SlackRefusal extends Refusal {
  override readonly name = 'SlackRefusal';

  constructor(error: string, more: object = {}) {
    super(200, error, { ok: false, error, ...more });
  }
}

export function rateLimited(seconds: number): Refusal {
  return new Refusal(
    429,
    'ratelimited',
    { ok: false, error: 'ratelimited' },
    { 'Retry-After': String(seconds) },
  );
}

import type { VendorDesk } from '../core/simulator.ts';
import { StripeRefusal } from './refusal.ts';

const KEPT_MS = 24 * 60 * 60_000;

interface KeptAnswer {
  readonly key: string;
  /** Method, path and body of the request that made it. */
  readonly asked: string;
  readonly status: number;
  readonly body: object;
  readonly requestId: string;
  readonly at: number;
}

/** Answers kept by `Idempotency-Key` for a day. https://docs.stripe.com/api/idempotent_requests */
export function idempotentAnswers(desk: VendorDesk) {
  const table = desk.table<KeptAnswer>('idempotent_answers');
  return {
    /** The first answer to this key, or undefined. Throws when the key was used for something else. */
    find(key: string, asked: string): KeptAnswer | undefined {
      if (key.length > 255)
        throw new StripeRefusal(400, {
          type: 'idempotency_error',
          message: 'An idempotency key has at most 255 characters.',
        });
      const kept = table.get(key);
      if (!kept || desk.clock().getTime() - kept.at > KEPT_MS) return undefined;
      if (kept.asked !== asked)
        throw new StripeRefusal(400, {
          type: 'idempotency_error',
          message: `The idempotency key '${key}' was first used with another request. Use a new key for this one.`,
        });
      return kept;
    },
    keep(answer: Omit<KeptAnswer, 'at'>): void {
      table.put(answer.key, { ...answer, at: desk.clock().getTime() });
    },
  };
}

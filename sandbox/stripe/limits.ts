import { rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { StripeRefusal } from './refusal.ts';

export interface Limits {
  /** Throws a 429 when the operation, or the account, has been asked too often. */
  take(operation: string): void;
}

/** 100 requests a second for the account, 25 for one endpoint. https://docs.stripe.com/rate-limits */
export function stripeLimits(desk: VendorDesk): Limits {
  const account = rateLimit(desk, { perSecond: 100, burst: 100 });
  const endpoint = rateLimit(desk, { perSecond: 25, burst: 25 });
  return {
    take(operation) {
      if (account.take('account') > 0) throw limited('global-rate');
      if (endpoint.take(operation) > 0) throw limited('endpoint-rate');
    },
  };
}

function limited(reason: string): StripeRefusal {
  const message = 'Too many requests were made in too short a time. Slow down, then try again.';
  return new StripeRefusal(
    429,
    { type: 'invalid_request_error', code: 'rate_limit', message },
    { 'Stripe-Rate-Limited-Reason': reason },
  );
}

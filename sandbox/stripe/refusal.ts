import { Refusal } from '../kit/refusal.ts';

export interface StripeError {
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
}

/** Ends a request with Stripe's error body. https://docs.stripe.com/api/errors */
export class StripeRefusal extends Refusal {
  override readonly name = 'StripeRefusal';

  constructor(status: number, error: StripeError, headers: Readonly<Record<string, string>> = {}) {
    super(status, error.message, { error }, headers);
  }
}

/** A 400 about one parameter. */
export function badParameter(param: string, code: string, message: string): StripeRefusal {
  return new StripeRefusal(400, { type: 'invalid_request_error', code, param, message });
}

/** Stripe answers 404 for an id in the path and 400 for one in a parameter. */
export function missing(object: string, id: string, param = 'id'): StripeRefusal {
  const message = `No such ${object}: '${id}'`;
  return new StripeRefusal(param === 'id' ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message,
  });
}

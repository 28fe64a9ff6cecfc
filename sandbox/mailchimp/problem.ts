import { randomId } from '../core/identifiers.ts';
import { Refusal } from '../kit/refusal.ts';

/** One field of a request that was refused. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

const PROBLEM = { 'Content-Type': 'application/problem+json' };

/** Ends a request with Mailchimp's problem document. https://mailchimp.com/developer/marketing/docs/errors/ */
export class MailchimpRefusal extends Refusal {
  override readonly name = 'MailchimpRefusal';
  readonly errors: readonly FieldError[];

  constructor(status: number, title: string, detail: string, errors: readonly FieldError[] = []) {
    const instance = randomId('', 32).toLowerCase();
    super(status, detail, problem(status, title, detail, instance, errors), PROBLEM);
    this.errors = errors;
  }
}

export function problem(
  status: number,
  title: string,
  detail: string,
  instance: string,
  errors: readonly FieldError[] = [],
): object {
  const type = 'https://mailchimp.com/developer/marketing/docs/errors/';
  return { type, title, status, detail, instance, ...(errors.length > 0 ? { errors } : {}) };
}

/** A request whose parts are not of the right shape. */
export function invalid(...errors: FieldError[]): MailchimpRefusal {
  const detail =
    "The resource submitted could not be validated. For field-specific details, see the 'errors' array.";
  return new MailchimpRefusal(400, 'Invalid Resource', detail, errors);
}

export function notFound(): MailchimpRefusal {
  return new MailchimpRefusal(404, 'Resource Not Found', 'The requested resource could not be found.');
}

/** What stands before the API answers a caller that asks too much: a page, without a word of JSON. */
export const ACCESS_DENIED =
  '<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>You don’t have permission to access this server.</body></html>';

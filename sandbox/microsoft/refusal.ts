import { Refusal } from '../kit/refusal.ts';

const moment = (): string => new Date().toISOString().slice(0, 19);

/** Graph's error body. https://learn.microsoft.com/graph/errors */
export const graphError = (code: string, message: string): object => ({
  error: {
    code,
    message,
    innerError: { date: moment(), 'request-id': '93b6f17e-c05d-4f45-ad2a-6665c708d8a0' },
  },
});

/** What Graph answers to what it does not do. */
export class GraphRefusal extends Refusal {
  override readonly name = 'GraphRefusal';

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(status, message, graphError(code, message), headers);
  }
}

const CODES: Readonly<Record<number, string>> = {
  401: 'InvalidAuthenticationToken',
  403: 'ErrorAccessDenied',
  404: 'ErrorItemNotFound',
  410: 'SyncStateNotFound',
  429: 'ApplicationThrottled',
  503: 'ServiceUnavailable',
};

/** Its own body for a failure that a fault asks for. */
export const graphFailure = (status: number): object =>
  graphError(CODES[status] ?? (status < 500 ? 'BadRequest' : 'UnknownError'), `Status ${status}.`);

export const notFound = (): GraphRefusal =>
  new GraphRefusal(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');

export const badRequest = (message: string, code = 'BadRequest'): GraphRefusal =>
  new GraphRefusal(400, code, message);

/** https://learn.microsoft.com/graph/throttling: seconds that are no whole number, too. */
export const throttled = (seconds: number): GraphRefusal =>
  new GraphRefusal(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', {
    'Retry-After': seconds.toFixed(3),
  });

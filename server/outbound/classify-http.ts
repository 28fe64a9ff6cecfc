import type { VendorAnswer } from '../core/connector.ts';
import { type ErrorDetails, type ErrorKind, LiaisonError } from '../core/errors.ts';
import { retryAfter } from './retry-after.ts';
import { sentenceFor } from './sentences.ts';
import { isRead } from './transport.ts';

/** What HTTP statuses mean (RFC 9110, RFC 6585) where a vendor says nothing else. */
const STATUS_KINDS: Readonly<Record<number, ErrorKind>> = {
  400: 'rejected',
  401: 'reconnect',
  403: 'reconnect',
  404: 'gone',
  408: 'retry-later',
  409: 'conflict',
  410: 'gone',
  412: 'conflict',
  421: 'retry-later',
  422: 'rejected',
  423: 'retry-later',
  425: 'retry-later',
  429: 'rate-limited',
  501: 'rejected',
};

export interface HttpRules {
  /** The vendor's title, as it stands in sentences. */
  readonly vendor: string;
  /** Where this vendor means something else by a status; null: it is no failure. */
  readonly statuses?: Readonly<Record<number, ErrorKind | null>>;
  /** The vendor's own words in the answer. */
  readonly message?: (answer: VendorAnswer) => string | undefined;
  /** The field that the vendor refused. */
  readonly field?: (answer: VendorAnswer) => string | undefined;
  /** Every success carries JSON, so one that does not (a page of a proxy, a cut answer) is none. */
  readonly json?: boolean;
}

/**
 * Turns an answer into an error of the closed set by its status, or null when it is a success. Connectors
 * build their `classify` on it and look into bodies themselves first.
 *
 * @example
 * classify: (answer) => bodyFailure(answer) ?? classifyHttp(answer, { vendor: 'Acme', json: true })
 */
export function classifyHttp(answer: VendorAnswer, rules: HttpRules): LiaisonError | null {
  const kind = kindOf(answer, rules);
  if (kind === null) return null;
  const message = rules.message?.(answer);
  const field = rules.field?.(answer);
  return failure(kind, rules.vendor, answer, {
    ...(message === undefined ? {} : { vendorMessage: message }),
    ...(field === undefined ? {} : { field }),
  });
}

/**
 * An error of one kind with its usual sentence, the time to wait that the answer named, and for writes
 * whether they may have happened all the same.
 */
export function failure(
  kind: ErrorKind,
  vendor: string,
  answer: VendorAnswer,
  details: Partial<ErrorDetails> = {},
): LiaisonError {
  const retryAt =
    kind === 'rate-limited' || kind === 'retry-later' ? retryAfter(answer.headers, answer.now) : undefined;
  // A refusal (4xx) is an answer: nothing was done. A breakdown, or a success that nobody can read, is not.
  const isUncertain = answer.status >= 500 || answer.status === 408 || answer.status < 400;
  const mayHaveHappened =
    !isRead(answer.method) && isUncertain && kind !== 'rejected' && kind !== 'rate-limited';
  return new LiaisonError(kind, {
    sentence: sentenceFor(kind, vendor),
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(mayHaveHappened ? { mayHaveHappened } : {}),
    ...details,
  });
}

function kindOf(answer: VendorAnswer, rules: HttpRules): ErrorKind | null {
  const { status } = answer;
  const declared = rules.statuses?.[status];
  if (declared !== undefined) return declared;
  if (status === 304) return null;
  if (status < 300) return rules.json && answer.text !== '' && !isJson(answer.text) ? 'retry-later' : null;
  if (status < 400) return 'unknown';
  if (status === 503 && answer.headers.has('retry-after')) return 'rate-limited';
  return STATUS_KINDS[status] ?? (status >= 500 ? 'retry-later' : 'rejected');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

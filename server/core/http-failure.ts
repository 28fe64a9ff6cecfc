import type { VendorAnswer } from './connector.ts';
import { type ErrorDetails, type ErrorKind, LiaisonError } from './errors.ts';
import { failureSentence } from './failure-sentences.ts';
import { retryAfter } from './retry-after.ts';

/** What HTTP statuses mean (RFC 9110, RFC 6585) where a vendor says nothing else. */
const STATUS_KINDS: Readonly<Record<number, ErrorKind>> = {
  400: 'rejected',
  401: 'reconnect',
  403: 'rejected',
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

const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a method changes nothing at the vendor by what HTTP says of it (RFC 9110, 9.2.1). */
export const isReadingMethod = (method: string): boolean => READING_METHODS.has(method.toUpperCase());

/** Where one vendor differs from what the statuses mean by themselves. */
export interface HttpFailureRules {
  /** The vendor's title, as it stands in sentences. */
  readonly vendor: string;
  readonly statuses?: Readonly<Record<number, ErrorKind>>;
  /** True for answers to calls that change nothing, for vendors that read through POST. */
  readonly isRead?: (answer: VendorAnswer) => boolean;
}

/**
 * Classifies one answer by its status, or returns null when it is a success. Every vendor here answers in
 * JSON: a 2xx whose body is something else (a proxy's page, a cut answer) is a failure whose write may
 * have happened. Connectors look at the vendor's own error codes first, then ask this.
 *
 * @example
 * classify: (answer) => codeFailure(answer) ?? httpFailure(answer, { vendor: 'Acme' })
 */
export function httpFailure(
  answer: VendorAnswer,
  rules: HttpFailureRules,
  details: Partial<ErrorDetails> = {},
): LiaisonError | null {
  const kind = kindOf(answer, rules);
  return kind === null ? null : failureOf(kind, answer, rules, details);
}

/** The error of one kind for an answer, with the usual sentence and the time that the vendor named. */
export function failureOf(
  kind: ErrorKind,
  answer: VendorAnswer,
  rules: HttpFailureRules,
  details: Partial<ErrorDetails> = {},
): LiaisonError {
  const waits = kind === 'rate-limited' || kind === 'retry-later';
  const retryAt = waits ? retryAfter(answer.headers, answer.now) : undefined;
  return new LiaisonError(kind, {
    sentence: failureSentence(kind, rules.vendor),
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(isUncertain(kind, answer, rules) ? { mayHaveHappened: true } : {}),
    ...details,
  });
}

/** The JSON of an answer, or undefined when it has none. */
export function jsonOf(answer: VendorAnswer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

function kindOf(answer: VendorAnswer, rules: HttpFailureRules): ErrorKind | null {
  const { status } = answer;
  const declared = rules.statuses?.[status] ?? STATUS_KINDS[status];
  if (declared !== undefined) return declared;
  if (status === 204 || status === 205 || status === 304) return null;
  if (status < 300) return jsonOf(answer) === undefined ? 'retry-later' : null;
  // A redirect is not followed: its target was declared by nobody.
  if (status < 400) return 'unknown';
  // A 503 that names a time is a limit; without one it is an outage, which is not waited for without end.
  if (status === 503 && answer.headers.has('retry-after')) return 'rate-limited';
  return status >= 500 ? 'retry-later' : 'rejected';
}

/** A refusal is an answer: nothing was done. A breakdown, or a success that nobody can read, is none. */
function isUncertain(kind: ErrorKind, answer: VendorAnswer, rules: HttpFailureRules): boolean {
  const isRead = rules.isRead?.(answer) ?? isReadingMethod(answer.method);
  if (isRead || kind === 'rejected' || kind === 'reconnect') return false;
  if (answer.status >= 500 || answer.status === 408) return true;
  return answer.status < 400 && (kind === 'retry-later' || kind === 'unknown');
}

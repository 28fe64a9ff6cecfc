import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import { type ErrorDetails, type ErrorKind, LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import { failureOf, httpFailure, jsonOf } from '../../core/http-failure.ts';
import { refusalSentence } from './refusals.ts';

export const VENDOR = 'Zoho CRM';
/** Queries are sent by POST and change nothing. */
const isRead = (answer: VendorAnswer): boolean =>
  answer.method.toUpperCase() === 'GET' || answer.url.pathname.endsWith('/coql');
const rules = { vendor: VENDOR, isRead };

/**
 * Zoho CRM's error codes, where they say more than the status that comes with them.
 * https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html
 */
const CODE_KINDS: Readonly<Record<string, ErrorKind>> = {
  INVALID_TOKEN: 'reconnect',
  INVALID_OAUTHTOKEN: 'reconnect',
  AUTHENTICATION_FAILURE: 'reconnect',
  OAUTH_SCOPE_MISMATCH: 'reconnect',
  TOO_MANY_REQUESTS: 'rate-limited',
  RATE_LIMIT_EXCEEDED: 'rate-limited',
  INTERNAL_ERROR: 'retry-later',
  INTERNAL_SERVER_ERROR: 'retry-later',
  ALREADY_MODIFIED: 'conflict',
  RECORD_LOCKED: 'conflict',
  RECORD_NOT_FOUND: 'gone',
  RESOURCE_NOT_FOUND: 'gone',
  NOT_FOUND: 'gone',
  NO_PERMISSION: 'rejected',
  PERMISSION_DENIED: 'rejected',
  DUPLICATE_DATA: 'rejected',
  MANDATORY_NOT_FOUND: 'rejected',
  INVALID_DATA: 'rejected',
  INVALID_MODULE: 'rejected',
};

const problemSchema = z.object({
  code: z.string(),
  message: z.string().catch(''),
  details: z.record(z.string(), z.unknown()).catch({}),
});
export type Problem = z.infer<typeof problemSchema>;

/** Reads `{code, message, details, status: 'error'}`, in which Zoho CRM states every failure. */
export function problemOf(value: unknown): Problem | null {
  const read = problemSchema.extend({ status: z.literal('error') }).safeParse(value);
  return read.success ? read.data : null;
}

/** One failed record of a write that carried several, as an error of the closed set. */
export function problemError(problem: Problem): LiaisonError {
  const kind = kindOf(problem) ?? 'rejected';
  return new LiaisonError(kind, { sentence: failureSentence(kind, VENDOR), ...detailsOf(problem, kind) });
}

/** Failures stand in the status, and for writes in the results: those are left to whoever sent them. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const body = jsonOf(answer);
  const isRefusal = answer.status >= 400 && answer.status < 500 && ![401, 429].includes(answer.status);
  if (isRefusal && Array.isArray((body as { data?: unknown } | undefined)?.data)) return null;

  const problem = problemOf(body) ?? firstProblem(body, answer.status);
  const byStatus = httpFailure(answer, rules);
  if (problem === null) return byStatus;
  const kind = kindOf(problem) ?? byStatus?.kind ?? 'rejected';
  return failureOf(kind, answer, rules, detailsOf(problem, kind));
}

/** Settings answer `{webhooks: [problem]}`, `{watch: [problem]}`: the first one speaks for the call. */
function firstProblem(body: unknown, status: number): Problem | null {
  if (typeof body !== 'object' || body === null || status < 400) return null;
  return (
    Object.values(body)
      .map((value) => (Array.isArray(value) ? problemOf(value[0]) : null))
      .find(Boolean) ?? null
  );
}

function kindOf(problem: Problem): ErrorKind | undefined {
  // An id that Zoho does not know is bad data to it, in the body or in the path; to us the record is gone.
  const { api_name: apiName, resource_path_index: placeInPath } = problem.details;
  if (problem.code === 'INVALID_DATA' && (apiName === 'id' || placeInPath === 1)) return 'gone';
  return CODE_KINDS[problem.code];
}

function detailsOf(problem: Problem, kind: ErrorKind): Partial<ErrorDetails> {
  const apiName = problem.details.api_name;
  const field = typeof apiName === 'string' ? apiName : undefined;
  return {
    vendorMessage: `${problem.code}: ${problem.message}`,
    ...(kind === 'rejected' ? { sentence: refusalSentence(problem.code, field) } : {}),
    ...(field === undefined ? {} : { field }),
  };
}

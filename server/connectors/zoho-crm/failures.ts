import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import { jsonOf } from '../../core/http-failure.ts';
import { failures, type Said } from '../../kit/failures.ts';
import { NO_RIGHT_TO_MAIL, refusalSentence } from './refusals.ts';

export const VENDOR = 'Zoho CRM';

const problemSchema = z.object({
  code: z.string(),
  message: z.string().catch(''),
  details: z.record(z.string(), z.unknown()).catch({}),
});
export type Problem = z.infer<typeof problemSchema>;
/** Made once: making a schema costs more than reading an answer by it. */
const statedProblem = problemSchema.extend({ status: z.literal('error') });

/** Reads `{code, message, details, status: 'error'}`, in which Zoho CRM states every failure. */
export function problemOf(value: unknown): Problem | null {
  const read = statedProblem.safeParse(value);
  return read.success ? read.data : null;
}

/**
 * Zoho CRM's error codes, where they say more than the status that comes with them.
 * https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html
 */
const table = failures({
  vendor: VENDOR,
  // Queries are sent by POST and change nothing.
  isRead: ({ method, url }) => method.toUpperCase() === 'GET' || url.pathname.endsWith('/coql'),
  said(body, { status, url }) {
    const problem = problemOf(body) ?? firstProblem(body, status);
    if (problem?.code === 'OAUTH_SCOPE_MISMATCH' && OF_MAIL.test(url.pathname)) return withoutMail(problem);
    return problem && saidBy(problem);
  },
  codes: {
    INVALID_TOKEN: 'reconnect',
    INVALID_OAUTHTOKEN: 'reconnect',
    AUTHENTICATION_FAILURE: 'reconnect',
    OAUTH_SCOPE_MISMATCH: 'reconnect',
    TOO_MANY_REQUESTS: 'rate-limited',
    RATE_LIMIT_EXCEEDED: 'rate-limited',
    INTERNAL_ERROR: 'retry-later',
    INTERNAL_SERVER_ERROR: 'retry-later',
    failure_in_attachment_handling: 'retry-later',
    ALREADY_MODIFIED: 'conflict',
    RECORD_LOCKED: 'conflict',
    RECORD_NOT_FOUND: 'gone',
    RESOURCE_NOT_FOUND: 'gone',
    NOT_FOUND: 'gone',
    NO_PERMISSION: 'rejected',
    PERMISSION_DENIED: 'rejected',
    DUPLICATE_DATA: 'rejected',
    MANDATORY_NOT_FOUND: 'rejected',
    VIRUS_DETECTED: 'rejected',
    FILE_SIZE_MORE_THAN_ALLOWED_SIZE: 'rejected',
    BODY_SIZE_REACHED: 'rejected',
    INVALID_DATA: 'rejected',
    INVALID_MODULE: 'rejected',
  },
  otherwise: { kind: 'rejected' },
});

/** What a connection of before e-mails were logged may not call. */
const OF_MAIL = /\/(?:Emails|actions\/associate_email|files)$/;

/** It is the e-mails' affair alone: what else the connection does goes on. */
const withoutMail = ({ code, message }: Problem): Said => ({
  codes: [code],
  meaning: { kind: 'rejected' },
  details: { vendorMessage: `${code}: ${message}`, sentence: NO_RIGHT_TO_MAIL },
});

/** One failed record of a write that carried several, as an error of the closed set. */
export const problemError = (problem: Problem): LiaisonError => table.ofOne(saidBy(problem));

/** Failures stand in the status, and for writes in the results: those are left to whoever sent them. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const isRefusal = answer.status >= 400 && answer.status < 500 && ![401, 429].includes(answer.status);
  if (isRefusal && Array.isArray((jsonOf(answer) as { data?: unknown } | undefined)?.data)) return null;
  return table.classify(answer);
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

function saidBy({ code, message, details }: Problem): Said {
  const { api_name: apiName, resource_path_index: placeInPath } = details;
  const field = typeof apiName === 'string' ? apiName : undefined;
  // An id that Zoho does not know is bad data to it, in the body or in the path; to us the record is gone.
  const isGone = code === 'INVALID_DATA' && (apiName === 'id' || placeInPath === 1);
  return {
    codes: [code],
    meaning: isGone ? { kind: 'gone' } : null,
    details: (kind) => ({
      vendorMessage: `${code}: ${message}`,
      ...(kind === 'rejected' ? { sentence: refusalSentence(code, field) } : {}),
      ...(field === undefined ? {} : { field }),
    }),
  };
}

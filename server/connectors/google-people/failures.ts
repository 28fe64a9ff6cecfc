import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import { type ErrorDetails, type ErrorKind, LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import { failureOf, httpFailure, jsonOf } from '../../core/http-failure.ts';

export const VENDOR = 'Google Contacts';
const rules = { vendor: VENDOR };

const detailSchema = z.looseObject({ '@type': z.string().catch(''), reason: z.string().optional() });
const statusSchema = z.looseObject({ code: z.number().catch(2), message: z.string().catch('') });
const errorSchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().catch(''),
    errors: z.array(z.object({ reason: z.string().optional() })).catch([]),
    details: z.array(detailSchema).catch([]),
  }),
});
const contactErrorsSchema = z.object({ contactErrors: z.record(z.string(), statusSchema) });

/**
 * Reasons that say more than the status that they come with. Over quota is a 403 with a reason, or a 429; an
 * expired sync token, and an old etag, are plain 400s.
 * https://developers.google.com/people/api/rest/v1/people.connections/list
 * https://developers.google.com/people/api/rest/v1/people/updateContact
 */
const REASON_KINDS: Readonly<Record<string, ErrorKind>> = {
  EXPIRED_SYNC_TOKEN: 'cursor-lost',
  rateLimitExceeded: 'rate-limited',
  userRateLimitExceeded: 'rate-limited',
  quotaExceeded: 'rate-limited',
  RATE_LIMIT_EXCEEDED: 'rate-limited',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'reconnect',
  insufficientPermissions: 'reconnect',
  failedPrecondition: 'conflict',
  FAILED_PRECONDITION: 'conflict',
  // Two mutations of one user met: nothing is wrong with the records.
  ABORTED: 'retry-later',
};

/** google.rpc.Code of one contact's error in a batch. */
const CODE_KINDS: Readonly<Record<number, ErrorKind>> = {
  4: 'retry-later',
  5: 'gone',
  8: 'rate-limited',
  9: 'conflict',
  10: 'conflict',
  13: 'retry-later',
  14: 'retry-later',
};

/** Why a batch was not done: what each contact at fault did wrong, by resource name or by index. */
export class ContactErrors extends Error {
  override readonly name = 'ContactErrors';
  readonly byKey: ReadonlyMap<string, LiaisonError>;

  constructor(byKey: ReadonlyMap<string, LiaisonError>) {
    super(`${byKey.size} contacts of the batch are at fault`);
    this.byKey = byKey;
  }
}

export function classify(answer: VendorAnswer): LiaisonError | null {
  const byStatus = httpFailure(answer, rules);
  if (byStatus === null) return null;
  const error = errorSchema.safeParse(jsonOf(answer)).data?.error;
  if (error === undefined) return byStatus;
  const reasons = [
    ...error.details.map(({ reason }) => reason ?? ''),
    ...error.errors.map(({ reason }) => reason ?? ''),
    error.status,
  ];
  const kind = reasons.map((reason) => REASON_KINDS[reason]).find(Boolean) ?? byStatus.kind;
  const errors = contactErrors(error.details);
  return failureOf(kind, answer, rules, {
    ...detailsOf(kind, error.message),
    ...(errors === null ? {} : { cause: errors }),
  });
}

/** https://developers.google.com/people/api/rest/v1/BatchUpdateContactsErrorDetails, and the one of creations. */
function contactErrors(details: readonly unknown[]): ContactErrors | null {
  const found = details.map((detail) => contactErrorsSchema.safeParse(detail).data).find(Boolean);
  if (found === undefined) return null;
  return new ContactErrors(
    new Map(Object.entries(found.contactErrors).map(([key, status]) => [key, statusError(status)])),
  );
}

/** The error of one contact among others. */
export function statusError({ code, message }: z.infer<typeof statusSchema>): LiaisonError {
  const kind = CODE_KINDS[code] ?? 'rejected';
  return new LiaisonError(kind, { sentence: failureSentence(kind, VENDOR), ...detailsOf(kind, message) });
}

function detailsOf(kind: ErrorKind, message: string): Partial<ErrorDetails> {
  const field = kind === 'rejected' ? fieldIn(message) : undefined;
  return { vendorMessage: message, ...(field === undefined ? {} : { field }) };
}

/** `person.email_addresses[0].value` is about `emailAddresses`. */
function fieldIn(message: string): string | undefined {
  const named = /\bperson\.([a-z][A-Za-z_]*)/.exec(message)?.[1];
  return named?.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

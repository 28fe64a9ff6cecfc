import { z } from 'zod';
import type { ErrorDetails, ErrorKind, LiaisonError } from '../../core/errors.ts';
import { failures } from '../../kit/failures.ts';
import { GOOGLE_REASONS, googleSaid } from '../families/google/failures.ts';

export const VENDOR = 'Google Contacts';

const statusSchema = z.looseObject({ code: z.number().catch(2), message: z.string().catch('') });
const contactErrorsSchema = z.object({ contactErrors: z.record(z.string(), statusSchema) });

/** Why a batch was not done: what each contact at fault did wrong, by resource name or by index. */
export class ContactErrors extends Error {
  override readonly name = 'ContactErrors';
  readonly byKey: ReadonlyMap<string, LiaisonError>;

  constructor(byKey: ReadonlyMap<string, LiaisonError>) {
    super(`${byKey.size} contacts of the batch are at fault`);
    this.byKey = byKey;
  }
}

/**
 * An expired sync token, and an old etag, are plain 400s with a reason.
 * https://developers.google.com/people/api/rest/v1/people.connections/list
 * https://developers.google.com/people/api/rest/v1/people/updateContact
 */
const { classify, ofOne } = failures({
  vendor: VENDOR,
  said(body, answer) {
    const said = googleSaid(body, answer);
    if (said === null) return null;
    const errors = contactErrors(said.parts);
    return {
      codes: said.codes,
      details: (kind) => ({
        ...detailsOf(kind, said.message),
        ...(errors === null ? {} : { cause: errors }),
      }),
    };
  },
  codes: {
    ...GOOGLE_REASONS,
    EXPIRED_SYNC_TOKEN: 'cursor-lost',
    failedPrecondition: 'conflict',
    FAILED_PRECONDITION: 'conflict',
    // Two mutations of one user met: nothing is wrong with the records.
    ABORTED: 'retry-later',
    // google.rpc.Code of one contact's error in a batch.
    4: 'retry-later',
    5: 'gone',
    8: 'rate-limited',
    9: 'conflict',
    10: 'conflict',
    13: 'retry-later',
    14: 'retry-later',
  },
  otherwise: { kind: 'rejected' },
});

export { classify };

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
  return ofOne({ codes: [code], details: (kind) => detailsOf(kind, message) });
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

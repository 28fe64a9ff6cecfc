import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import { failures } from '../../kit/failures.ts';
import { isUploadPath } from './hosts.ts';

export const VENDOR = 'Typeform';

const bodySchema = z.object({
  code: z.string().min(1),
  description: z.string().catch(''),
  details: z.array(z.object({ field: z.string().optional() })).catch([]),
});

/** Refusals are JSON with a code. https://www.typeform.com/developers/responses/errors/ */
const table = failures({
  vendor: VENDOR,
  said(body, { status }) {
    const said = bodySchema.safeParse(body).data;
    if (said === undefined || status < 400) return null;
    const field = said.details.find((one) => one.field !== undefined)?.field;
    return {
      codes: [said.code],
      details: {
        vendorMessage: `${said.code}: ${said.description}`,
        ...(field === undefined ? {} : { field }),
      },
    };
  },
  codes: {
    // A token that is good, of somebody who may not do this, or that was not given the permission.
    AUTHENTICATION_FAILED: 'reconnect',
    FORBIDDEN: 'reconnect',
    FORM_NOT_FOUND: 'gone',
    NOT_FOUND: 'gone',
    VALIDATION_ERROR: 'rejected',
    INVALID_REQUEST: 'rejected',
  },
  otherwise: { kind: 'rejected' },
});

/** What somebody uploaded is no JSON, and says nothing of how the call went. */
export const classify = (answer: VendorAnswer): LiaisonError | null =>
  answer.status === 200 && isUploadPath(answer.url.pathname) ? null : table.classify(answer);

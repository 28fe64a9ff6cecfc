import { z } from 'zod';
import { failures } from '../../../../server/kit/failures.ts';

export const VENDOR = 'New Thing';

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string().catch('') }) });

/** By status, and by the vendor's codes where one says more. To fill in: where the vendor documents them. */
export const { classify } = failures({
  vendor: VENDOR,
  // To fill in: where a body states a failure.
  said(body) {
    const stated = refusal.safeParse(body).data?.error;
    if (stated === undefined) return null;
    return { codes: [stated.code], details: { vendorMessage: `${stated.code}: ${stated.message}` } };
  },
  // To fill in: what each code means, and what a user can do about it. Samples go into test/conformance/fault-table.ts.
  codes: {},
  otherwise: { kind: 'unknown' },
});

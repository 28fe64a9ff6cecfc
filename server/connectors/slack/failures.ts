import { z } from 'zod';
import { failures } from '../../kit/failures.ts';
import { REFUSALS } from './refusals.ts';

export const VENDOR = 'Slack';

const refusalSchema = z.object({ ok: z.literal(false), error: z.string().default('unknown_error') });

/** Slack's verdict is `ok` in a 200; only limits and outages have statuses. */
export const { classify } = failures({
  vendor: VENDOR,
  // Everything is asked by POST; what is not in this list only reads.
  isRead: (answer) => !/\/(chat\.postMessage|conversations\.join)$/.test(answer.url.pathname),
  said(body) {
    const refusal = refusalSchema.safeParse(body).data;
    return refusal === undefined
      ? null
      : { codes: [refusal.error], details: { vendorMessage: refusal.error } };
  },
  codes: REFUSALS,
  // A 200 with a code that nobody knows is a refusal all the same: nothing was posted.
  otherwise: { kind: 'unknown', mayHaveHappened: false },
});

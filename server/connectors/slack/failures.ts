import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import { failureOf, httpFailure, jsonOf } from '../../core/http-failure.ts';
import { REFUSALS } from './refusals.ts';

const rules = {
  vendor: 'Slack',
  // Its client asks everything by POST; what is not in this list only reads.
  isRead: (answer: VendorAnswer) => !/\/(chat\.postMessage|conversations\.join)$/.test(answer.url.pathname),
};

const verdictSchema = z.object({ ok: z.boolean(), error: z.string().optional() });

/** Slack's verdict is `ok` in a 200; only limits and outages have statuses. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const verdict = verdictSchema.safeParse(jsonOf(answer)).data;
  if (verdict === undefined || verdict.ok) return httpFailure(answer, rules);
  const code = verdict.error ?? 'unknown_error';
  // A limit's status also tells when to come back.
  if (answer.status >= 400 && REFUSALS[code] === undefined) {
    return httpFailure(answer, rules, { vendorMessage: code });
  }
  const { kind, sentence } = REFUSALS[code] ?? { kind: 'unknown' as const };
  return failureOf(kind, answer, rules, {
    vendorMessage: code,
    ...(sentence === undefined ? {} : { sentence }),
    // A 200 with a code that nobody knows is a refusal all the same: nothing was posted.
    ...(kind === 'unknown' ? { mayHaveHappened: false } : {}),
  });
}

import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { ErrorDetails } from '../../core/errors.ts';
import { failures, type Said } from '../../kit/failures.ts';

export const VENDOR = 'Shopify';

const number = z.number().nonnegative();
const costSchema = z.object({
  requestedQueryCost: number,
  throttleStatus: z.object({ currentlyAvailable: number, restoreRate: z.number().positive() }),
});
const errorSchema = z.object({
  message: z.string().catch(''),
  path: z.array(z.union([z.string(), z.number()])).catch([]),
  extensions: z.object({ code: z.string() }).partial().catch({}),
});
const refusalSchema = z.object({
  field: z.array(z.string()).nullish(),
  message: z.string(),
  code: z.string().nullish(),
});
const answerSchema = z.object({
  // The API before GraphQL, and the gate, say it in a text of its own.
  errors: z
    .union([z.array(errorSchema).nonempty(), z.string().min(1)])
    .optional()
    .catch(undefined),
  data: z.record(z.string(), z.unknown()).nullish().catch(null),
  extensions: z
    .object({ cost: costSchema.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
type Answer = z.output<typeof answerSchema>;

/** What a shop keeps to itself of its customers until Shopify approved the application for it: it comes as null. */
const OF_PERSONS = new Set(['email', 'phone', 'customer', 'billingAddress', 'shippingAddress']);

const isWithheld = ({ path, extensions: { code } }: z.output<typeof errorSchema>): boolean =>
  code === 'ACCESS_DENIED' && path.some((part) => OF_PERSONS.has(String(part)));

/**
 * Refusals come with 200: errors beside the data or in its place, and what a mutation was refused for in the data.
 * https://shopify.dev/docs/api/usage/response-codes#graphql-status-and-error-codes
 */
export const { classify, ofOne } = failures({
  vendor: VENDOR,
  said(body, answer) {
    const said = answerSchema.safeParse(body).data;
    if (said === undefined) return null;
    if (typeof said.errors === 'string')
      return answer.status < 400 ? null : { codes: [], details: { vendorMessage: said.errors } };
    const [error] = (said.errors ?? []).filter((one) => said.data == null || !isWithheld(one));
    if (error === undefined) return refused(said.data);
    const code = error.extensions.code ?? '';
    return {
      codes: code === '' ? [] : [code],
      details: {
        vendorMessage: [code, error.message].filter(Boolean).join(': '),
        ...(code === 'THROTTLED' ? waiting(said, answer) : {}),
      },
    };
  },
  codes: {
    THROTTLED: { kind: 'rate-limited', mayHaveHappened: false },
    ACCESS_DENIED: 'reconnect',
    INTERNAL_SERVER_ERROR: 'retry-later',
    MAX_COST_EXCEEDED: 'rejected',
    RESOURCE_NOT_FOUND: 'gone',
    SHOP_INACTIVE: {
      kind: 'rejected',
      sentence: {
        en: 'The shop is closed at Shopify. Reopen it there, then retry.',
        fr: 'La boutique est fermée chez Shopify. Rouvrez-la, puis relancez.',
      },
    },
  },
  otherwise: { kind: 'unknown' },
  // https://shopify.dev/docs/api/usage/response-codes
  statuses: { 402: 'rejected', 423: 'rejected', 430: 'rate-limited' },
  sentences: {
    402: {
      en: 'The shop is frozen, because it owes Shopify money. Settle it there, then retry.',
      fr: 'La boutique est gelée, car elle doit de l’argent à Shopify. Réglez-le, puis relancez.',
    },
    423: {
      en: 'Shopify has locked the shop. Its owner has to ask Shopify why; retry then.',
      fr: 'Shopify a verrouillé la boutique. Son propriétaire doit demander pourquoi à Shopify\u00a0; relancez ensuite.',
    },
  },
});

/** So long as the points take to come that the query costs more than there are. */
function waiting({ extensions }: Answer, { now }: VendorAnswer): Partial<ErrorDetails> {
  const cost = extensions?.cost;
  if (cost === undefined) return {};
  const { currentlyAvailable, restoreRate } = cost.throttleStatus;
  const lacking = Math.max(1, cost.requestedQueryCost - currentlyAvailable);
  return { retryAt: now + Math.ceil((lacking / restoreRate) * 1_000) };
}

function refused(data: Answer['data']): Said | null {
  for (const part of Object.values(data ?? {})) {
    const [first] = z.object({ userErrors: z.array(refusalSchema) }).safeParse(part).data?.userErrors ?? [];
    if (first === undefined) continue;
    const { field, message, code } = first;
    const name = field?.at(-1);
    return {
      codes: [],
      meaning: { kind: 'rejected' },
      details: {
        vendorMessage: [code, message].filter(Boolean).join(': '),
        ...(name === undefined ? {} : { field: name }),
      },
    };
  }
  return null;
}

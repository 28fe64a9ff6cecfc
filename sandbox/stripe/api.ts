import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Incoming } from '../kit/api.ts';
import type { Reply } from '../kit/refusal.ts';
import { accounts, inAccount } from './account.ts';
import { API_VERSION } from './api-version.ts';
import { balanceOperations } from './balance.ts';
import { customerOperations } from './customers.ts';
import { disputeOperations } from './disputes.ts';
import { eventOperations } from './events.ts';
import { expanded, notExpandable } from './expand.ts';
import { readForm } from './form.ts';
import { idempotentAnswers } from './idempotency.ts';
import { invoiceLineOperations, invoiceOperations, invoicePaymentOperations } from './invoices.ts';
import { authorise, type Bearer } from './key.ts';
import { stripeLimits } from './limits.ts';
import type { Operation } from './operation.ts';
import { accountOperations } from './own-account.ts';
import { readParameters, textsIn } from './parameters.ts';
import { paymentOperations } from './payments.ts';
import { StripeRefusal } from './refusal.ts';
import { stripeTables } from './rows.ts';
import { seed } from './seed.ts';
import { subscriptionOperations } from './subscriptions.ts';
import { webhookEndpointOperations } from './webhook-endpoints.ts';

const operations: readonly Operation[] = [
  ...customerOperations,
  ...paymentOperations,
  ...invoiceOperations,
  ...invoiceLineOperations,
  ...invoicePaymentOperations,
  ...disputeOperations,
  ...balanceOperations,
  ...subscriptionOperations,
  ...eventOperations,
  ...webhookEndpointOperations,
  ...accountOperations,
];

/** Version 1: key, version, limits, idempotency, parameters, work, expansion. */
export function stripeApi(desk: VendorDesk): Api<Operation> {
  const limits = new Map(accounts.map((one) => [one, stripeLimits(desk)]));
  return {
    operations,
    trailingSlash: true,
    admit({ request, response }) {
      response.set({ 'Request-Id': desk.id('req_', 14), 'Stripe-Version': API_VERSION });
      authorise(desk, request.headers.authorization);
      checkVersion(request.get('stripe-version'));
    },
    answer(operation, incoming) {
      const bearer = authorise(desk, incoming.request.headers.authorization);
      limits.get(bearer.account)?.take(`${operation.method} ${operation.path}`);
      return inAccount(desk, bearer.account, (own) => {
        // A sandbox that was begun before there were several.
        if (stripeTables(own).customers.size === 0) seed(own);
        return answer(operation, { ...incoming, desk: own }, bearer);
      });
    },
    unknown({ request }) {
      const message = `Unrecognized request URL (${request.method}: ${request.path}).`;
      return new StripeRefusal(404, { type: 'invalid_request_error', message });
    },
  };
}

function answer(
  operation: Operation,
  { desk, request, response, query, path }: Incoming,
  bearer: Bearer,
): Reply {
  const { text, pairs } = bodyOf(request);
  const posts = operation.method === 'POST';
  const tree = readForm(posts ? [...query, ...pairs] : [...query]);
  const requestId = String(response.get('Request-Id'));
  const key = posts ? (request.get('idempotency-key') ?? null) : null;
  const asked = `${request.method} ${request.path} ${text}`;
  const answers = idempotentAnswers(desk);
  if (key !== null) {
    response.set('Idempotency-Key', key);
    const kept = answers.find(key, asked);
    if (kept) {
      const headers = { 'Idempotent-Replayed': 'true', 'Original-Request': kept.requestId };
      return { status: kept.status, headers, body: kept.body };
    }
  }
  // Refused parameters are not kept under the key: nothing was begun.
  const values = readParameters(tree, { ...operation.parameters, expand: 'texts' });
  const paths = textsIn(values, 'expand') ?? [];
  const { expandable } = operation;
  for (const one of paths) if (expandable && !expandable.includes(one)) throw notExpandable(one);
  const made = operation.run({ desk, id: path.id ?? '', values, bearer, requestId, idempotencyKey: key });
  const body = expanded(desk, made, paths);
  if (key !== null) answers.keep({ key, asked, status: 200, body, requestId });
  return { body };
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || version === API_VERSION) return;
  const message = `This sandbox renders Stripe's objects in version ${API_VERSION} only, not in '${version}'.`;
  throw new StripeRefusal(400, { type: 'invalid_request_error', message });
}

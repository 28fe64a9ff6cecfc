import type { Request, Response, Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { API_VERSION } from './api-version.ts';
import { expanded, notExpandable } from './expand.ts';
import { readForm } from './form.ts';
import { idempotentAnswers } from './idempotency.ts';
import { authorise } from './key.ts';
import type { Limits } from './limits.ts';
import type { Operation } from './operation.ts';
import { readParameters, textsIn } from './parameters.ts';
import { StripeRefusal } from './refusal.ts';

/** Mounts every operation behind one pipeline: key, version, limits, idempotency, parameters, expansion. */
export function mountOperations(
  router: Router,
  desk: VendorDesk,
  operations: readonly Operation[],
  limits: Limits,
): void {
  router.use((request, response, next) => {
    response.set({ 'Request-Id': desk.id('req_', 14), 'Stripe-Version': API_VERSION });
    guarded(response, () => {
      authorise(desk, request.headers.authorization);
      checkVersion(request.get('stripe-version'));
      next();
    });
  });
  for (const operation of operations) {
    router[operation.method](operation.path, (request, response) =>
      guarded(response, () => {
        limits.take(`${operation.method} ${operation.path}`);
        answer(desk, operation, request, response);
      }),
    );
  }
  router.use((request, response) =>
    guarded(response, () => {
      const message = `Unrecognized request URL (${request.method}: ${request.path}).`;
      throw new StripeRefusal(404, { type: 'invalid_request_error', message });
    }),
  );
}

function answer(desk: VendorDesk, operation: Operation, request: Request, response: Response): void {
  const { text, pairs } = bodyOf(request);
  const query = [...new URL(request.url, desk.url).searchParams];
  const tree = readForm(operation.method === 'post' ? [...query, ...pairs] : query);
  const requestId = String(response.get('Request-Id'));
  const key = operation.method === 'post' ? (request.get('idempotency-key') ?? null) : null;
  const asked = `${request.method} ${request.path} ${text}`;
  const answers = idempotentAnswers(desk);
  if (key !== null) {
    response.set('Idempotency-Key', key);
    const kept = answers.find(key, asked);
    if (kept) {
      response.set({ 'Idempotent-Replayed': 'true', 'Original-Request': kept.requestId });
      response.status(kept.status).json(kept.body);
      return;
    }
  }
  // Refused parameters are not kept under the key: nothing was begun.
  const values = readParameters(tree, { ...operation.parameters, expand: 'texts' });
  const id = String(request.params.id ?? '');
  const paths = textsIn(values, 'expand') ?? [];
  const { expandable } = operation;
  for (const path of paths) if (expandable && !expandable.includes(path)) throw notExpandable(path);
  const made = operation.run({ desk, id, values, requestId, idempotencyKey: key });
  const body = expanded(desk, made, paths);
  if (key !== null) answers.keep({ key, asked, status: 200, body, requestId });
  response.json(body);
}

function guarded(response: Response, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    response.set(error.headers).status(error.status).json({ error: error.error });
  }
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || version === API_VERSION) return;
  const message = `This sandbox renders Stripe's objects in version ${API_VERSION} only, not in '${version}'.`;
  throw new StripeRefusal(400, { type: 'invalid_request_error', message });
}

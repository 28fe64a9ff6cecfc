import type { Request, Response, Router } from 'express';
import { bodyOf } from '../core/body.ts';
import { type RateLimit, rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { asAccount } from '../google-accounts/account.ts';
import { checkToken, googleError, refuseToken } from '../google-accounts/check-token.ts';
import { masked } from './field-mask.ts';
import type { Operation } from './operation.ts';
import { readQuery } from './query.ts';
import { badRequest, SheetsRefusal } from './refusal.ts';

const WRITE = 'https://www.googleapis.com/auth/spreadsheets';
const READ = `${WRITE}.readonly`;
/** https://developers.google.com/workspace/sheets/api/limits: a minute, of one user. */
const PER_MINUTE = 60;

/** Mounts every operation behind one pipeline: token, scope, limit, query, body, field mask. */
export function mountOperations(router: Router, desk: VendorDesk, operations: readonly Operation[]): void {
  const rate = { perSecond: PER_MINUTE / 60, burst: PER_MINUTE };
  const limits = { read: rateLimit(desk, rate), write: rateLimit(desk, rate) };
  router.use((request, response, next) => {
    for (const operation of operations) {
      const match = request.method === operation.method ? operation.path.exec(request.path) : null;
      if (!match) continue;
      const { id = '', range = '' } = match.groups ?? {};
      guarded(response, () =>
        answer(
          desk,
          operation,
          { id, range },
          operation.writes ? limits.write : limits.read,
          request,
          response,
        ),
      );
      return;
    }
    next();
  });
  router.use((_request, response) => {
    response.status(404).type('html').send('<!DOCTYPE html><title>Error 404 (Not Found)</title><p>404.');
  });
}

function answer(
  desk: VendorDesk,
  operation: Operation,
  path: { readonly id: string; readonly range: string },
  limit: RateLimit,
  request: Request,
  response: Response,
): void {
  const verdict = checkToken(desk, request, operation.writes ? [WRITE] : [WRITE, READ]);
  if (!verdict.ok) {
    refuseToken(response, verdict.reason);
    return;
  }
  const { clientId, account } = verdict.token;
  if (limit.take(`${clientId} ${account}`) > 0) throw overLimit(operation.writes ? 'Write' : 'Read');
  const query = readQuery(new URL(request.url, desk.url).searchParams, operation.query);
  const body = operation.body.length > 0 ? readBody(request, operation.body) : {};
  const [spreadsheetId, range] = [path.id, path.range].map(decoded);
  const made = asAccount(desk, account, (own) =>
    operation.run({ desk: own, spreadsheetId: spreadsheetId ?? '', range: range ?? '', query, body }),
  );
  response.json(masked(made, query.one('fields')));
}

function readBody(request: Request, taken: readonly string[]): Readonly<Record<string, unknown>> {
  const { text, json } = bodyOf(request);
  if (text === '') return {};
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw badRequest(['Invalid JSON payload received. An object was expected.']);
  const unknown = Object.keys(json).filter((name) => !taken.includes(name));
  if (unknown.length > 0)
    throw badRequest(
      unknown.map((name) => `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`),
    );
  return json as Readonly<Record<string, unknown>>;
}

function guarded(response: Response, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SheetsRefusal)) throw error;
    const { code, status, message, details } = error;
    response.status(code).json(googleError(code, status, message, details.length > 0 ? details : undefined));
  }
}

function overLimit(what: 'Read' | 'Write'): SheetsRefusal {
  const quota = `${what} requests per minute per user`;
  return new SheetsRefusal(429, `Quota exceeded for quota metric '${what} requests' and limit '${quota}'.`, [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'RATE_LIMIT_EXCEEDED',
      domain: 'googleapis.com',
    },
  ]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SheetsRefusal(400, `Unable to parse range: ${text}`);
  }
}

import type { Request, RequestHandler } from 'express';
import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { checkToken } from '../zoho-accounts/check-token.ts';
import { query } from './listing.ts';
import { Refusal } from './refusal.ts';

/**
 * Calls of one organisation in a minute: https://www.zoho.com/books/api/v3/introduction/#api-call-limit.
 * A fault's `requestsPerMinute` stands instead of it.
 */
const PER_MINUTE = 100;
const WINDOW_MS = 60_000;

/**
 * Lets in a call that comes with a token for what it does, for this organisation, within its minute.
 *
 * @param scopeOf the scope that a request needs; absent: as Books names it.
 */
export function door(desk: VendorDesk, scopeOf = booksScope): RequestHandler {
  let window = { from: 0, calls: 0 };
  return (request, response, next) => {
    const verdict = checkToken(desk, request, [scopeOf(request)]);
    if (!verdict.ok) throw new Refusal(401, 57, 'You are not authorized to perform this operation');

    const now = desk.clock().getTime();
    if (now - window.from >= WINDOW_MS) window = { from: now, calls: 0 };
    const limit = desk.requestsPerMinute() ?? PER_MINUTE * desk.limitFactor;
    window.calls += 1;
    response.set({
      'X-Rate-Limit-Limit': String(limit),
      'X-Rate-Limit-Remaining': String(Math.max(0, limit - window.calls)),
      'X-Rate-Limit-Reset': String(Math.ceil((window.from + WINDOW_MS - now) / 1000)),
    });
    if (window.calls > limit) throw tooMany();

    const organization = query(request, 'organization_id');
    if (!request.path.startsWith('/organizations')) {
      if (organization === '') throw new Refusal(400, 6, 'Please specify the CompanyID or CompanyName.');
      if (organization !== company.zgid)
        throw new Refusal(
          400,
          6041,
          `This user is not associated with the CompanyID/CompanyName:${organization}.`,
        );
    }
    next();
  };
}

/** The answer to one call too many in a minute. */
export const tooMany = (): Refusal =>
  new Refusal(
    429,
    44,
    'For security reasons you have been blocked for some time as you have exceeded the maximum number of requests per minute that can originate from one organization.',
  );

const AREAS: Readonly<Record<string, string>> = {
  contacts: 'contacts',
  invoices: 'invoices',
  recurringinvoices: 'invoices',
  customerpayments: 'customerpayments',
  creditnotes: 'creditnotes',
  expenses: 'expenses',
  bankaccounts: 'banking',
  banktransactions: 'banking',
  chartofaccounts: 'accountants',
};
const OPERATIONS: Readonly<Record<string, string>> = {
  GET: 'READ',
  POST: 'CREATE',
  PUT: 'UPDATE',
  DELETE: 'DELETE',
};

/** `GET /invoices/1` needs `ZohoBooks.invoices.READ`; what is no document is a setting. */
function booksScope(request: Request): string {
  const area = AREAS[request.path.split('/')[1] ?? ''] ?? 'settings';
  return `ZohoBooks.${area}.${operationOf(request)}`;
}

/** The last word of a scope: what the call does. */
export const operationOf = ({ method }: Request): string => OPERATIONS[method] ?? 'READ';

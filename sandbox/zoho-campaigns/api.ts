import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../kit/api.ts';
import { lockingLimit } from '../kit/locking-limit.ts';
import { Refusal, type Reply } from '../kit/refusal.ts';
import { checkToken } from '../zoho-accounts/check-token.ts';
import { xmlOf } from './xml.ts';

/** How many calls of a method are let through; one more locks that method for a while. */
export interface Limit {
  readonly calls: number;
  readonly minutes: number;
  readonly lockMinutes: number;
}

/** A call that was let in, with the parameters of its query and of its form. */
export type Call = Incoming & { readonly given: Readonly<Record<string, string>> };

export interface Operation extends Endpoint {
  readonly methods: readonly ('GET' | 'POST')[];
  readonly path: string;
  readonly scope: string;
  /** Each of them is counted by itself. */
  readonly limits?: readonly Limit[];
  /** The parameter that says in which form the answer is wanted, where it is not `resfmt`. */
  readonly formatIn?: 'type' | 'none';
  /** Parameters without which nothing is done. */
  readonly needs?: readonly string[];
  run(call: Call): object;
}

/** https://www.zoho.com/campaigns/help/developers/get-mailing-lists.html, and so on each page that names no other. */
export const USUAL_LIMIT: Limit = { calls: 500, minutes: 5, lockMinutes: 30 };

/** Refusals are answered with 200: https://www.zoho.com/campaigns/help/developers/error-codes.html */
export const refusal = (code: string, message: string): Refusal =>
  new Refusal(200, message, { code, message, status: 'error' });

/**
 * A locked method. No page shows what it answers, and its code is none of the published ones: this is the vendor's
 * envelope with words of that meaning.
 */
export const locked = (): Refusal =>
  refusal('400', 'You have exceeded the limit of API calls. Please try again after some time.');

const PATH = '/api/v1.1';

/** Zoho Campaigns' API v1.1: token, limit, form, parameters, work. */
export function campaignsApi(desk: VendorDesk, operations: readonly Operation[]): Api<Operation> {
  const limits = new Map(
    operations.map((one) => [one, (one.limits ?? [USUAL_LIMIT]).map((limit) => lockingLimit(desk, limit))]),
  );

  function work(operation: Operation, incoming: Incoming): Reply {
    const uri = `${PATH}${incoming.request.path}`;
    const given = { ...bodyOf(incoming.request).form, ...Object.fromEntries(incoming.query) };
    const verdict = checkToken(desk, incoming.request, [operation.scope]);
    // No token and a dead one are answered alike.
    if (!verdict.ok)
      throw new Refusal(401, 'Unauthorized request.', {
        ...{ message: 'Unauthorized request.', version: '1.1', URI: uri, Code: '1007', status: 'error' },
      });
    const isLocked = (limits.get(operation) ?? []).some((limit) => limit.take(verdict.user) > 0);
    if (isLocked) throw locked();
    for (const name of operation.needs ?? [])
      if (!given[name]) throw refusal('903', 'No mandatory fields in this URL.');
    const body = operation.run({ ...incoming, given });
    // The two that name their form so have their whole answer under one member.
    return { body: operation.formatIn === 'type' ? body : { ...body, uri, version: '1.1' } };
  }

  return {
    base: PATH,
    operations,
    answer(operation, incoming) {
      const { request, query } = incoming;
      if (!operation.methods.includes(request.method as 'GET')) return refusal('1004', 'Wrong URL entered.');
      const named = operation.formatIn ?? 'resfmt';
      const format = query.get(named) ?? bodyOf(request).form[named];
      const isJson = named === 'none' || format?.toLowerCase() === 'json';
      return inForm(isJson, request.path, () => work(operation, incoming));
    },
    unknown: () => refusal('1004', 'Wrong URL entered.'),
  };
}

/** As JSON where that was asked for, else as XML. */
function inForm(isJson: boolean, path: string, work: () => Reply): Reply {
  try {
    const reply = work();
    return isJson ? reply : xml(path, reply);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const uri = `${PATH}${path}`;
    const body = error.status === 200 ? { ...(error.body as object), uri, version: '1.1' } : error.body;
    const reply = { status: error.status, body };
    return isJson ? reply : xml(path, reply);
  }
}

const xml = (path: string, { status = 200, body = {} }: Reply): Reply => ({
  status,
  headers: { 'content-type': 'text/xml;charset=UTF-8' },
  body: xmlOf(`${PATH}${path}`, body as object),
});

import type { Request, RequestHandler, Response } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { checkToken } from '../zoho-accounts/check-token.ts';
import { catalogueOf } from './catalogue.ts';
import { costOf, spend } from './credits.ts';
import { CrmFailure, crmError, invalidModule } from './failure.ts';
import type { ListAnswer } from './list.ts';
import type { CrmModule } from './modules.ts';
import { type UserRef, userRef } from './people.ts';

/** An authorised call of the API. */
export interface Call {
  readonly desk: VendorDesk;
  readonly request: Request;
  readonly user: UserRef;
}

const MESSAGES = {
  AUTHENTICATION_FAILURE: 'Authentication failed',
  INVALID_TOKEN: 'invalid oauth token',
  OAUTH_SCOPE_MISMATCH: 'invalid oauth scope to access this URL',
} as const;

/**
 * A route: believes the token, takes its credits, and answers what `handle` gives.
 *
 * @param scopes needed, with `{module}` standing for the module of the path.
 */
export function route(
  desk: VendorDesk,
  scopes: readonly string[],
  handle: (call: Call) => { status: number; body?: object } | ListAnswer,
): RequestHandler {
  return (request: Request, response: Response) => {
    const named = String(request.params.module ?? '').toLowerCase();
    const verdict = checkToken(
      desk,
      request,
      scopes.map((scope) => scope.replace('{module}', named)),
    );
    if (!verdict.ok) throw new CrmFailure(401, crmError(verdict.reason, MESSAGES[verdict.reason]));
    for (const [name, value] of Object.entries(spend(desk, costOf(request)))) response.setHeader(name, value);
    const answer = handle({ desk, request, user: userRef(verdict.user) });
    response.status(answer.status);
    if ('body' in answer && answer.body) response.json(answer.body);
    else response.end();
  };
}

/** The module that the path names. */
export function moduleOf({ desk, request }: Call): CrmModule {
  const module = catalogueOf(desk).module(String(request.params.module));
  if (!module) throw invalidModule();
  return module;
}

/** The one wanted element of a body `{<root>: […]}`; what is not of that form is refused. */
export function elementsOf(json: unknown, root: string): readonly Readonly<Record<string, unknown>>[] {
  const list =
    typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[root] : undefined;
  const at = { api_name: root, json_path: `$.${root}` };
  if (list === undefined)
    throw new CrmFailure(400, crmError('MANDATORY_NOT_FOUND', 'required field not found', at));
  const whole =
    Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'object' && one !== null);
  if (!whole)
    throw new CrmFailure(
      400,
      crmError('INVALID_DATA', 'invalid data', { ...at, expected_data_type: 'jsonarray' }),
    );
  return list as Readonly<Record<string, unknown>>[];
}

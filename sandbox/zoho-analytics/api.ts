import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../kit/api.ts';
import type { Members } from '../kit/json-body.ts';
import { Refusal, type Reply } from '../kit/refusal.ts';
import { checkToken } from '../zoho-accounts/check-token.ts';
import { analyticsTables, type ViewRow, type WorkspaceRow } from './rows.ts';

/** A call that was let in. */
export type Call = Incoming & {
  /** `CONFIG`, from the query or the form. */
  readonly config: Members;
};

export interface Operation extends Endpoint {
  readonly scope: string;
  /** Which limit counts it: https://www.zoho.com/analytics/api/v2/api-limits-pricing/api-frequency.html */
  readonly counted: 'BULK' | 'METADATA' | 'DML';
  /** Without the organisation in a header. */
  readonly isOpen?: true;
  /** `CONFIG` must be there. */
  readonly needsConfig?: true;
  run(call: Call): Reply | Promise<Reply>;
}

const PER_MINUTE = { BULK: 40, METADATA: 60, DML: 100, OVERALL: 100 } as const;

export const refusal = (status: number, errorCode: number, summary: string, errorMessage: string): Refusal =>
  new Refusal(status, errorMessage, { status: 'failure', summary, data: { errorCode, errorMessage } });

/** 8504: https://www.zoho.com/analytics/api/v2/data-api/error-codes.html */
export const improper = (what: string): Refusal =>
  refusal(
    400,
    8504,
    'IMPROPER_PARAMETER',
    `The required parameter ${what} is not proper or has not been sent.`,
  );

export const answered = (summary: string, data: object): Reply => ({
  body: { status: 'success', summary, data },
});

/** Zoho Analytics' API v2: token, limits, organisation, parameters, work. */
export function analyticsApi(desk: VendorDesk, operations: readonly Operation[]): Api<Operation> {
  const calls: { at: number; counted: Operation['counted'] }[] = [];

  function count(counted: Operation['counted']): void {
    const now = desk.clock().getTime();
    while (calls.length > 0 && (calls[0]?.at ?? now) <= now - 60_000) calls.shift();
    const most = (limit: number) => desk.requestsPerMinute() ?? limit * desk.limitFactor;
    const own = calls.filter((one) => one.counted === counted).length;
    if (own >= most(PER_MINUTE[counted]) || calls.length >= most(PER_MINUTE.OVERALL)) throw tooMany();
    calls.push({ at: now, counted });
  }

  return {
    base: '/restapi/v2',
    operations,
    answer(operation, incoming) {
      admit(desk, incoming.request, operation.scope);
      count(operation.counted);
      const org = incoming.request.header('zanalytics-orgid');
      if (!operation.isOpen && !org) throw improper('ZANALYTICS-ORGID');
      const config = configOf(incoming.request, incoming.query);
      if (operation.needsConfig && config === null) throw improper('CONFIG');
      return operation.run({ ...incoming, config: config ?? {} });
    },
    unknown: () => refusal(404, 8502, 'INVALID_URL', 'The URL that is called is not valid.'),
    otherMethod: () => refusal(405, 8503, 'INVALID_METHOD', 'The request method is not allowed.'),
  };
}

export const tooMany = (): Refusal =>
  refusal(400, 6045, 'API_LIMIT_EXCEEDED', 'The number of API requests per minute is exceeded.');

/** No token, and one that is no good, are told apart by code and by status. */
function admit(desk: VendorDesk, request: Request, scope: string): void {
  const verdict = checkToken(desk, request, [scope]);
  if (verdict.ok) return;
  if (verdict.reason === 'AUTHENTICATION_FAILURE')
    throw refusal(400, 8518, 'INVALID_TICKET', 'The ticket is not valid.');
  if (verdict.reason === 'INVALID_TOKEN')
    throw refusal(401, 8535, 'INVALID_OAUTHTOKEN', 'The OAuth token is not valid.');
  throw refusal(401, 8540, 'INVALID_OAUTHSCOPE', 'The OAuth token does not have the scope of this call.');
}

function configOf(request: Request, query: URLSearchParams): Members | null {
  const text = query.get('CONFIG') ?? bodyOf(request).form.CONFIG;
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  } catch {
    // Said below.
  }
  throw improper('CONFIG');
}

/** The workspace that a path names, of the organisation that the header names. */
export function workspaceOf({ desk, path, request }: Call): WorkspaceRow {
  const found = analyticsTables(desk).workspaces.get(path.workspace ?? '');
  if (!found || found.org !== request.header('zanalytics-orgid'))
    throw refusal(400, 7103, 'WORKSPACE_NOT_EXISTS', 'The workspace does not exist.');
  return found;
}

export function tableOf(call: Call): ViewRow {
  const workspace = workspaceOf(call);
  const found = analyticsTables(call.desk).views.get(call.path.view ?? '');
  if (!found || found.workspace !== workspace.id)
    throw refusal(400, 7138, 'VIEW_NOT_EXISTS', 'The view does not exist.');
  return found;
}

import type { VendorAnswer } from '../../server/core/connector.ts';
import type { ErrorKind } from '../../server/core/errors.ts';

export const NOW = Date.UTC(2026, 10, 23, 10, 0, 0);

export interface Fault {
  readonly name: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
  readonly kind: ErrorKind;
  /** After a write whose answer was this. */
  readonly mayHaveHappened?: boolean;
  readonly retryAt?: number;
}

const page = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

/** What any vendor's infrastructure may answer, whatever the vendor. */
export const COMMON_FAULTS: readonly Fault[] = [
  {
    name: '429 with seconds',
    status: 429,
    headers: { 'retry-after': '30' },
    text: '{}',
    kind: 'rate-limited',
    retryAt: NOW + 30_000,
  },
  {
    name: '429 with decimal seconds',
    status: 429,
    headers: { 'retry-after': '2.5' },
    text: '',
    kind: 'rate-limited',
    retryAt: NOW + 2_500,
  },
  {
    name: '429 with a date',
    status: 429,
    headers: { 'retry-after': 'Mon, 23 Nov 2026 10:01:00 GMT' },
    text: '{}',
    kind: 'rate-limited',
    retryAt: NOW + 60_000,
  },
  { name: '429 without a word', status: 429, text: '', kind: 'rate-limited' },
  { name: '500', status: 500, text: '{}', kind: 'retry-later', mayHaveHappened: true },
  {
    name: '502 with a page',
    status: 502,
    headers: { 'content-type': 'text/html' },
    text: page,
    kind: 'retry-later',
    mayHaveHappened: true,
  },
  { name: '503', status: 503, text: '', kind: 'retry-later', mayHaveHappened: true },
  {
    name: '503 with seconds',
    status: 503,
    headers: { 'retry-after': '10' },
    text: '',
    kind: 'rate-limited',
    retryAt: NOW + 10_000,
  },
  { name: '504', status: 504, text: '', kind: 'retry-later', mayHaveHappened: true },
  {
    name: '200 with a page',
    status: 200,
    headers: { 'content-type': 'text/html' },
    text: page,
    kind: 'retry-later',
    mayHaveHappened: true,
  },
  {
    name: '200 cut short',
    status: 200,
    text: '{"data":[{"code":"SUC',
    kind: 'retry-later',
    mayHaveHappened: true,
  },
  { name: '200 with nothing', status: 200, text: '', kind: 'retry-later', mayHaveHappened: true },
  { name: '401', status: 401, text: '{}', kind: 'reconnect' },
  { name: '404', status: 404, text: '{}', kind: 'gone' },
  { name: '410', status: 410, text: '{}', kind: 'gone' },
  { name: '409', status: 409, text: '{}', kind: 'conflict' },
  {
    name: '302 to elsewhere',
    status: 302,
    headers: { location: 'https://evil.example/' },
    text: '',
    kind: 'unknown',
  },
];

/** Failures in the vendors' own words, by connector. Each connector has some: the suite asks for them. */
export const OWN_FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  notion: [
    notional(400, 'validation_error', 'rejected'),
    notional(401, 'unauthorized', 'reconnect'),
    notional(403, 'restricted_resource', 'rejected'),
    notional(404, 'object_not_found', 'gone'),
    notional(409, 'conflict_error', 'conflict'),
    notional(429, 'rate_limited', 'rate-limited'),
    notional(500, 'internal_server_error', 'retry-later', true),
    notional(529, 'service_overload', 'retry-later', true),
  ],
  'zoho-crm': [
    zoho(401, 'INVALID_TOKEN', 'reconnect'),
    zoho(401, 'OAUTH_SCOPE_MISMATCH', 'reconnect'),
    zoho(403, 'NO_PERMISSION', 'rejected'),
    zoho(429, 'TOO_MANY_REQUESTS', 'rate-limited'),
    zoho(400, 'INVALID_DATA', 'rejected'),
    zoho(412, 'ALREADY_MODIFIED', 'conflict'),
    zoho(500, 'INTERNAL_ERROR', 'retry-later', true),
  ],
  'zoho-books': [
    books(200, 9999, 'rejected'),
    books(401, 57, 'reconnect'),
    books(400, 44, 'rate-limited'),
    books(404, 1002, 'gone'),
  ],
  'zoho-inventory': [
    books(200, 9999, 'rejected'),
    books(401, 57, 'reconnect'),
    books(401, 14, 'reconnect'),
    books(400, 44, 'rate-limited'),
    books(404, 1002, 'gone'),
    books(400, 36_004, 'rejected'),
  ],
  'microsoft-teams': [
    graph(401, 'InvalidAuthenticationToken', 'reconnect'),
    graph(403, 'Forbidden', 'rejected'),
    graph(403, 'Missing scope permissions on the request.', 'reconnect'),
    graph(403, 'AclCheckFailed', 'rejected'),
    graph(404, 'NotFound', 'rejected'),
    graph(400, 'BadRequest', 'rejected'),
    graph(413, 'RequestEntityTooLarge', 'rejected'),
    graph(412, 'PreconditionFailed', 'conflict'),
    graph(429, 'TooManyRequests', 'rate-limited'),
    graph(503, 'ServiceUnavailable', 'retry-later', true),
    graph(500, 'InternalServerError', 'retry-later', true),
  ],
  'zoho-cliq': [
    cliq(401, 'oauthtoken_invalid', 'reconnect'),
    cliq(401, 'oauthtoken_scope_invalid', 'reconnect'),
    cliq(404, 'channel_not_found', 'rejected'),
    cliq(404, 'user_not_found', 'rejected'),
    cliq(403, 'access_denied', 'rejected'),
    cliq(400, 'channel_archived', 'rejected'),
    cliq(400, 'invalid_parameters', 'rejected'),
    cliq(429, 'too_many_requests', 'rate-limited'),
    cliq(400, 'You have exceeded the URL throttle limits.', 'rate-limited'),
    cliq(500, 'error', 'retry-later', true),
  ],
  'zoho-analytics': [
    analytics(400, 8518, 'reconnect'),
    analytics(401, 8535, 'reconnect'),
    analytics(400, 6045, 'rate-limited'),
    analytics(400, 6043, 'rate-limited'),
    analytics(400, 7103, 'rejected'),
    analytics(400, 7138, 'rejected'),
    analytics(400, 7235, 'rejected'),
    analytics(400, 7111, 'conflict'),
    analytics(500, 7005, 'retry-later', true),
  ],
  'zoho-campaigns': [
    campaigns(200, '2004', 'Invalid contact email address.', 'rejected'),
    campaigns(200, '2005', 'Group email address added.', 'rejected'),
    campaigns(200, '2001', 'Error in subscription. Please retry after sometime.', 'rejected'),
    campaigns(200, '2104', 'Error in Do-not-mail. Please retry after sometime.', 'retry-later'),
    campaigns(200, '2501', 'Listkey is empty or invalid.', 'rejected'),
    campaigns(200, '2704', 'Insufficient privilege to access other users’ mailing list.', 'rejected'),
    campaigns(200, '914', 'You cannot add contacts as you’ve reached the maximum limit.', 'rejected'),
    campaigns(200, '2101', 'Please retry after sometime.', 'retry-later'),
    campaigns(200, '901', 'Account not active.', 'reconnect'),
    campaigns(200, '400', 'You have exceeded the limit of API calls.', 'rate-limited', NOW + 1_800_000),
    campaigns(429, '400', 'Too many requests.', 'rate-limited', NOW + 1_800_000),
    campaigns(200, '31415', 'A code of tomorrow.', 'rejected'),
    {
      name: 'no token, or a dead one',
      status: 401,
      text: '{"message":"Unauthorized request.","version":"1.1","URI":"/api/v1.1/topics","Code":"1007","status":"error"}',
      kind: 'reconnect',
    },
  ],
  'zoho-salesiq': [
    salesIq(200, 1001, 'Internal error.', 'retry-later', true),
    salesIq(200, 1002, 'Invalid authorization header.', 'reconnect'),
    salesIq(401, 1003, 'Invalid OAuth token.', 'reconnect'),
    salesIq(200, 1003, 'Invalid OAuth scope.', 'reconnect'),
    salesIq(200, 1005, 'Invalid portal or wrong screen name.', 'rejected'),
    salesIq(200, 1006, 'Invalid URL', 'gone'),
    salesIq(200, 1016, 'Mandatory key is missing', 'rejected'),
    salesIq(200, 2310, 'Unable to update customer info', 'rejected'),
    salesIq(200, 4042, 'The conversation does not exist', 'gone'),
    salesIq(200, 4290, 'Too many requests. Please try again later.', 'rate-limited'),
    salesIq(429, 1010, 'Too many requests. Please try again later.', 'rate-limited'),
    salesIq(200, 31415, 'A code of tomorrow.', 'rejected'),
  ],
  'zoho-desk': [
    desk(401, 'UNAUTHORIZED', 'reconnect'),
    desk(401, 'INVALID_OAUTH', 'reconnect'),
    desk(403, 'SCOPE_MISMATCH', 'reconnect'),
    desk(403, 'OAUTH_ORG_MISMATCH', 'reconnect'),
    desk(403, 'FORBIDDEN', 'rejected'),
    desk(403, 'LICENSE_ACCESS_LIMITED', 'rejected'),
    desk(404, 'URL_NOT_FOUND', 'gone'),
    desk(422, 'INVALID_DATA', 'rejected'),
    desk(429, 'TOO_MANY_REQUESTS', 'rate-limited'),
    desk(429, 'THRESHOLD_EXCEEDED', 'rate-limited'),
    desk(500, 'INTERNAL_SERVER_ERROR', 'retry-later', true),
  ],
  slack: [
    said('invalid_auth', 'reconnect'),
    said('token_revoked', 'reconnect'),
    said('account_inactive', 'reconnect'),
    said('ratelimited', 'rate-limited'),
    said('channel_not_found', 'rejected'),
    said('not_in_channel', 'rejected'),
    said('is_archived', 'rejected'),
    said('msg_too_long', 'rejected'),
    said('internal_error', 'retry-later', true),
    said('fatal_error', 'retry-later', true),
    said('a_code_of_tomorrow', 'unknown'),
  ],
  stripe: [
    stripeError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' }, 'reconnect'),
    stripeError(
      403,
      { type: 'invalid_request_error', message: 'The provided key lacks the permission' },
      'rejected',
    ),
    stripeError(404, { type: 'invalid_request_error', code: 'resource_missing', param: 'id' }, 'gone'),
    stripeError(429, { type: 'invalid_request_error', code: 'lock_timeout' }, 'rate-limited'),
    stripeError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' }, 'conflict'),
    stripeError(402, { type: 'card_error', code: 'card_declined' }, 'rejected'),
    stripeError(500, { type: 'api_error' }, 'retry-later', true),
  ],
  'google-calendar': [
    google(403, 'rateLimitExceeded', 'rate-limited'),
    google(403, 'userRateLimitExceeded', 'rate-limited'),
    google(403, 'quotaExceeded', 'rate-limited'),
    google(429, 'rateLimitExceeded', 'rate-limited'),
    google(403, 'forbiddenForNonOrganizer', 'rejected'),
    google(403, 'requiredAccessLevel', 'rejected'),
    google(403, 'insufficientPermissions', 'reconnect'),
    google(401, 'authError', 'reconnect'),
    google(404, 'notFound', 'gone'),
    google(409, 'duplicate', 'conflict'),
    google(410, 'deleted', 'gone'),
    google(410, 'fullSyncRequired', 'cursor-lost'),
    google(412, 'conditionNotMet', 'conflict'),
    google(400, 'timeRangeEmpty', 'rejected'),
  ],
  'google-sheets': [
    google(403, 'rateLimitExceeded', 'rate-limited'),
    google(403, 'userRateLimitExceeded', 'rate-limited'),
    google(429, 'RATE_LIMIT_EXCEEDED', 'rate-limited'),
    google(403, 'forbidden', 'rejected'),
    google(403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'reconnect'),
    google(401, 'authError', 'reconnect'),
    google(404, 'notFound', 'gone'),
    google(400, 'badRequest', 'rejected'),
  ],
  'google-people': [
    google(403, 'rateLimitExceeded', 'rate-limited'),
    google(403, 'userRateLimitExceeded', 'rate-limited'),
    google(429, 'RATE_LIMIT_EXCEEDED', 'rate-limited'),
    google(400, 'EXPIRED_SYNC_TOKEN', 'cursor-lost'),
    google(400, 'failedPrecondition', 'conflict'),
    google(409, 'ABORTED', 'retry-later'),
    google(403, 'forbidden', 'rejected'),
    google(403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'reconnect'),
    google(401, 'authError', 'reconnect'),
    google(404, 'notFound', 'gone'),
    google(400, 'badRequest', 'rejected'),
  ],
  'microsoft-mail': [
    graph(401, 'InvalidAuthenticationToken', 'reconnect'),
    graph(403, 'ErrorAccessDenied', 'reconnect'),
    graph(404, 'ErrorItemNotFound', 'gone'),
    graph(404, 'MailboxNotEnabledForRESTAPI', 'rejected'),
    graph(400, 'ErrorInvalidIdMalformed', 'gone'),
    graph(429, 'ApplicationThrottled', 'rate-limited'),
  ],
  'microsoft-contacts': [
    graph(401, 'InvalidAuthenticationToken', 'reconnect'),
    {
      name: '401 with a claims challenge',
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="", error="insufficient_claims", claims="eyJhIjoxfQ=="' },
      text: '{"error":{"code":"InvalidAuthenticationToken","message":"InteractionRequired"}}',
      kind: 'reconnect',
    },
    graph(403, 'ErrorAccessDenied', 'reconnect'),
    graph(404, 'ErrorItemNotFound', 'gone'),
    graph(404, 'MailboxNotEnabledForRESTAPI', 'rejected'),
    graph(400, 'ErrorInvalidIdMalformed', 'gone'),
    graph(412, 'ErrorIrresolvableConflict', 'conflict'),
    graph(410, 'syncStateNotFound', 'cursor-lost'),
    graph(400, 'SyncStateInvalid', 'cursor-lost'),
    graph(409, 'resyncRequired', 'cursor-lost'),
    graph(429, 'ApplicationThrottled', 'rate-limited'),
    graph(400, 'RequestBodyRead', 'rejected'),
    graph(507, 'ErrorQuotaExceeded', 'rejected'),
    graph(503, 'ServiceUnavailable', 'retry-later', true),
  ],
  'microsoft-calendar': [
    graph(401, 'InvalidAuthenticationToken', 'reconnect'),
    graph(403, 'ErrorAccessDenied', 'reconnect'),
    graph(404, 'ErrorItemNotFound', 'gone'),
    graph(412, 'ErrorIrresolvableConflict', 'conflict'),
    graph(410, 'syncStateNotFound', 'cursor-lost'),
    graph(400, 'TimeZoneNotSupportedException', 'rejected'),
    graph(400, 'ErrorOccurrenceCrossingBoundary', 'rejected'),
    graph(429, 'ApplicationThrottled', 'rate-limited'),
    graph(503, 'ServiceUnavailable', 'retry-later', true),
  ],
  mailchimp: [
    chimp(401, 'API Key Invalid', 'reconnect'),
    chimp(403, 'User Disabled', 'reconnect'),
    chimp(403, 'Forbidden', 'rejected'),
    chimp(429, 'Too Many Requests', 'rate-limited'),
    chimp(400, 'Member In Compliance State', 'rejected'),
    chimp(400, 'Invalid Resource', 'rejected'),
    chimp(405, 'Method Not Allowed', 'rejected'),
    chimp(404, 'Resource Not Found', 'gone'),
    chimp(500, 'Internal Server Error', 'retry-later', true),
    { name: '403 with a page, from the gate before the API', status: 403, text: page, kind: 'rate-limited' },
  ],
  // https://www.typeform.com/developers/responses/errors/
  typeform: [
    own(
      'a token that opens nothing',
      401,
      { code: 'AUTHENTICATION_FAILED', description: 'why' },
      'reconnect',
    ),
    own('a permission that the token has not', 403, { code: 'FORBIDDEN', description: 'why' }, 'reconnect'),
    own('a form that is gone', 404, { code: 'FORM_NOT_FOUND', description: 'Form not found' }, 'gone'),
    own(
      'an address that it does not take',
      400,
      { code: 'VALIDATION_ERROR', description: 'why', details: [{ code: 'INVALID', field: 'url' }] },
      'rejected',
    ),
    own('a refusal that nobody here knows', 402, { code: 'PLAN_LIMIT', description: 'Upgrade' }, 'rejected'),
  ],
  woocommerce: [
    woo(401, 'woocommerce_rest_authentication_error', 'reconnect'),
    woo(401, 'woocommerce_rest_cannot_view', 'reconnect'),
    woo(403, 'woocommerce_rest_cannot_create', 'reconnect'),
    woo(400, 'rest_invalid_param', 'rejected'),
    woo(404, 'woocommerce_rest_shop_order_invalid_id', 'gone'),
    woo(404, 'rest_no_route', 'rejected'),
    woo(413, 'woocommerce_rest_request_entity_too_large', 'rejected'),
    woo(500, 'internal_server_error', 'retry-later', true),
  ],
  shopify: [
    shopified('THROTTLED', 'rate-limited'),
    shopified('ACCESS_DENIED', 'reconnect'),
    shopified('INTERNAL_SERVER_ERROR', 'retry-later', true),
    shopified('SHOP_INACTIVE', 'rejected'),
    shopified('MAX_COST_EXCEEDED', 'rejected'),
    own(
      '200 with a refusal of what was to be changed',
      200,
      { data: { thing: { userErrors: [{ field: ['input', 'uri'], message: 'why' }] } } },
      'rejected',
    ),
    own('200 with an error of no code', 200, { errors: [{ message: 'why' }] }, 'unknown', true),
    own('401 with a text', 401, { errors: '[API] Invalid API key or access token' }, 'reconnect'),
    own('402 of a frozen shop', 402, { errors: 'Unavailable Shop' }, 'rejected'),
    own('423 of a locked shop', 423, { errors: 'Locked' }, 'rejected'),
  ],
};

/** The answer to a write of this connector that met this fault. */
export function answerOf(fault: Fault, url: URL, method = 'POST'): VendorAnswer {
  return {
    method,
    url,
    status: fault.status,
    headers: new Headers(fault.headers),
    text: fault.text,
    now: NOW,
  };
}

function own(name: string, status: number, body: object, kind: ErrorKind, mayHaveHappened = false): Fault {
  return { name, status, text: JSON.stringify(body), kind, mayHaveHappened };
}

function zoho(status: number, code: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  return own(
    `${status} ${code}`,
    status,
    { code, details: {}, message: 'why', status: 'error' },
    kind,
    mayHaveHappened,
  );
}

function books(status: number, code: number, kind: ErrorKind): Fault {
  return own(`${status} with code ${code}`, status, { code, message: 'why' }, kind);
}

function desk(status: number, errorCode: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  return {
    name: errorCode,
    status,
    text: JSON.stringify({ errorCode, message: 'It was refused.' }),
    kind,
    ...(mayHaveHappened ? { mayHaveHappened } : {}),
  };
}

function analytics(status: number, errorCode: number, kind: ErrorKind, mayHaveHappened = false): Fault {
  const body = { status: 'failure', summary: 'WHY', data: { errorCode, errorMessage: 'It was refused.' } };
  return own(`${status} ${errorCode}`, status, body, kind, mayHaveHappened);
}

/** https://www.zoho.com/campaigns/help/developers/error-codes.html : in a 200, most of them. */
function campaigns(status: number, code: string, message: string, kind: ErrorKind, retryAt?: number): Fault {
  const text = JSON.stringify({ code, message, status: 'error', uri: '/api/v1.1/json/listsubscribe' });
  const at = retryAt === undefined ? {} : { retryAt };
  return { name: `${status} ${code}`, status, text, kind, ...at };
}

function cliq(status: number, said: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  const body = / /.test(said) ? { message: said } : { message: 'why', code: said };
  return own(`${status} ${said}`, status, body, kind, mayHaveHappened);
}

function said(error: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  return own(`200 ${error}`, 200, { ok: false, error }, kind, mayHaveHappened);
}

function stripeError(status: number, error: object, kind: ErrorKind, mayHaveHappened = false): Fault {
  return own(`${status} ${JSON.stringify(error)}`, status, { error }, kind, mayHaveHappened);
}

function chimp(status: number, title: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  const body = {
    type: 'https://mailchimp.com/developer/marketing/docs/errors/',
    title,
    status,
    detail: 'why',
  };
  return own(`${status} ${title}`, status, { ...body, instance: '' }, kind, mayHaveHappened);
}

function woo(status: number, code: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  return own(`${status} ${code}`, status, { code, message: 'why', data: { status } }, kind, mayHaveHappened);
}

function notional(status: number, code: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  const body = { object: 'error', status, code, message: 'why' };
  return own(`${status} ${code}`, status, body, kind, mayHaveHappened);
}

function shopified(code: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  return own(
    `200 ${code}`,
    200,
    { errors: [{ message: 'why', extensions: { code } }] },
    kind,
    mayHaveHappened,
  );
}

function graph(status: number, code: string, kind: ErrorKind, mayHaveHappened = false): Fault {
  const text = JSON.stringify({
    error: { code, message: 'As Microsoft says it.', innerError: { date: '2026-11-23' } },
  });
  return { name: `${status} ${code}`, status, text, kind, ...(mayHaveHappened ? { mayHaveHappened } : {}) };
}

function google(status: number, reason: string, kind: ErrorKind): Fault {
  const error = {
    code: status,
    message: 'why',
    errors: [{ domain: 'global', reason }],
    details: [{ reason }],
  };
  return own(`${status} ${reason}`, status, { error }, kind);
}

function salesIq(
  status: number,
  code: number,
  message: string,
  kind: ErrorKind,
  mayHaveHappened = false,
): Fault {
  return {
    name: `${code} ${message}, with ${status}`,
    status,
    text: JSON.stringify({ error: { code, message } }),
    kind,
    ...(mayHaveHappened ? { mayHaveHappened } : {}),
  };
}

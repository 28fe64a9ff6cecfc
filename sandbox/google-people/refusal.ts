const STATUS = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
} as const;

/** Numbers of google.rpc.Code, for statuses inside answers. */
export const RPC_CODES = { INVALID_ARGUMENT: 3, NOT_FOUND: 5, FAILED_PRECONDITION: 9 } as const;
export type RpcStatus = keyof typeof RPC_CODES;

interface More {
  /** Where it is not the usual one of the code: a 400 may be a FAILED_PRECONDITION. */
  readonly status?: string;
  readonly details?: readonly object[];
  /** The short reason of the older error form, which stands beside the newer one. */
  readonly reason?: string;
}

/** Ends a request with Google's error body. */
export class PeopleRefusal extends Error {
  override readonly name = 'PeopleRefusal';
  readonly code: keyof typeof STATUS;
  readonly status: string;
  readonly details: readonly object[];
  readonly reason: string | undefined;

  constructor(code: keyof typeof STATUS, message: string, more: More = {}) {
    super(message);
    this.code = code;
    this.status = more.status ?? STATUS[code];
    this.details = more.details ?? [];
    this.reason = more.reason;
  }

  /** https://cloud.google.com/apis/design/errors */
  get body(): object {
    const { code, message, status, details, reason } = this;
    const errors = reason === undefined ? {} : { errors: [{ message, domain: 'global', reason }] };
    return { error: { code, message, ...errors, status, ...(details.length > 0 ? { details } : {}) } };
  }
}

export const notFound = (): PeopleRefusal => new PeopleRefusal(404, 'Requested entity was not found.');

export function errorInfo(reason: string, metadata?: Readonly<Record<string, string>>): object {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'people.googleapis.com',
    ...(metadata ? { metadata } : {}),
  };
}

/** A 400 that names the members or parameters at fault, as Google words those it cannot find. */
export function badRequest(violations: readonly string[]): PeopleRefusal {
  const fieldViolations = violations.map((description) => ({ description }));
  const detail = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations };
  return new PeopleRefusal(400, violations.join('\n'), { details: [detail] });
}

/** A contact that changed since it was read. */
export function stale(what: 'person.etag' | 'person.metadata.sources.etag'): PeopleRefusal {
  return new PeopleRefusal(
    400,
    `Request ${what} is different than the current ${what}. Clear local cache and get the latest person.`,
    { status: 'FAILED_PRECONDITION', reason: 'failedPrecondition' },
  );
}

import { Refusal } from '../kit/refusal.ts';

const STATUS = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
} as const;

interface More {
  /** Where it is not the usual one of the code: a 400 may be a FAILED_PRECONDITION. */
  readonly status?: string;
  readonly details?: readonly object[];
  /** The short reason of the older error form, which stands beside the newer one. */
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends a request with Google's error body. https://cloud.google.com/apis/design/errors */
export class GoogleRefusal extends Refusal {
  override readonly name = 'GoogleRefusal';
  readonly code: keyof typeof STATUS;
  /** The name of `google.rpc.Code`. */
  readonly rpc: string;
  readonly details: readonly object[];
  readonly reason: string | undefined;

  constructor(code: keyof typeof STATUS, message: string, more: More = {}) {
    const { status = STATUS[code], details = [], reason, headers = {} } = more;
    const errors = reason === undefined ? {} : { errors: [{ message, domain: 'global', reason }] };
    const told = details.length > 0 ? { details } : {};
    super(code, message, { error: { code, message, ...errors, status, ...told } }, headers);
    this.code = code;
    this.rpc = status;
    this.details = details;
    this.reason = reason;
  }
}

export function errorInfo(
  reason: string,
  domain: string,
  metadata?: Readonly<Record<string, string>>,
): object {
  const type = 'type.googleapis.com/google.rpc.ErrorInfo';
  return { '@type': type, reason, domain, ...(metadata ? { metadata } : {}) };
}

/** A 400 that names the members or parameters at fault, as Google words those it cannot find. */
export function badRequest(violations: readonly string[]): GoogleRefusal {
  const fieldViolations = violations.map((description) => ({ description }));
  const detail = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations };
  return new GoogleRefusal(400, violations.join('\n'), { details: [detail] });
}

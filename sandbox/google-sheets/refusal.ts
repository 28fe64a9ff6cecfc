const STATUS = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
} as const;

/** Ends a request with Google's error body. */
export class SheetsRefusal extends Error {
  override readonly name = 'SheetsRefusal';
  readonly code: keyof typeof STATUS;
  readonly status: string;
  readonly details: readonly object[];

  constructor(code: keyof typeof STATUS, message: string, details: readonly object[] = []) {
    super(message);
    this.code = code;
    this.status = STATUS[code];
    this.details = details;
  }
}

/** A 400 that names the members or parameters at fault, as Google words those it cannot find. */
export function badRequest(violations: readonly string[]): SheetsRefusal {
  const fieldViolations = violations.map((description) => ({ description }));
  const detail = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations };
  return new SheetsRefusal(400, violations.join('\n'), [detail]);
}

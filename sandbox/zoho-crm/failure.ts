import { Refusal } from '../kit/refusal.ts';

/** One of the CRM's errors. https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html */
export interface CrmError {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly status: 'error';
}

export function crmError(code: string, message: string, details: CrmError['details'] = {}): CrmError {
  return { code, details, message, status: 'error' };
}

/** Ends a request with one error for the whole of it. */
export class CrmFailure extends Refusal {
  readonly code: string;

  /** `root` puts the error in an array under that name, as some operations do. */
  constructor(status: number, error: CrmError, root?: string) {
    super(status, error.message, root === undefined ? error : { [root]: [error] });
    this.code = error.code;
  }
}

export const invalidModule = (): CrmFailure =>
  new CrmFailure(
    400,
    crmError('INVALID_MODULE', 'the module name given seems to be invalid', { resource_path_index: 0 }),
  );

export const invalidId = (): CrmFailure =>
  new CrmFailure(
    400,
    crmError('INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: 1 }),
  );

export const missingParameter = (name: string): CrmFailure =>
  new CrmFailure(
    400,
    crmError('REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', { param_name: name }),
  );

export const invalidParameter = (name: string, message: string): CrmFailure =>
  new CrmFailure(400, crmError('INVALID_DATA', message, { param_name: name }));

const BY_STATUS: Readonly<Record<number, CrmError>> = {
  401: crmError('INVALID_TOKEN', 'invalid oauth token'),
  403: crmError('NO_PERMISSION', 'permission denied'),
  404: crmError('INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one'),
  429: crmError(
    'TOO_MANY_REQUESTS',
    'You have made too many requests continuously. Please try again after some time.',
  ),
  503: crmError('SERVICE_UNAVAILABLE', 'Service temporarily unavailable'),
};

/** The CRM's usual body of an error status. */
export function bodyOfStatus(status: number): CrmError {
  return BY_STATUS[status] ?? crmError('INTERNAL_ERROR', 'Internal Server Error');
}

import { Refusal } from '../kit/refusal.ts';

/** https://developers.notion.com/reference/status-codes */
const notionError = (status: number, code: string, message: string, more: object = {}) => ({
  object: 'error',
  status,
  code,
  message,
  ...more,
});

export const refuse = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  more: object = {},
): Refusal => new Refusal(status, message, notionError(status, code, message, more), headers);

export const invalid = (message: string): Refusal => refuse(400, 'validation_error', message);

/** What a body lacks, or has too much of: Notion names the place. */
export const invalidBody = (place: string, what: string): Refusal =>
  invalid(`body failed validation: ${place} ${what}.`);

export const notFound = (what: string, id: string): Refusal =>
  refuse(
    404,
    'object_not_found',
    `Could not find ${what} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "Liaison".`,
  );

const CODES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['validation_error', 'body failed validation.'],
  401: ['unauthorized', 'API token is invalid.'],
  403: ['restricted_resource', 'Insufficient permissions for this endpoint.'],
  404: ['object_not_found', 'Could not find object.'],
  409: ['conflict_error', 'Conflict occurred while saving. Please try again.'],
  429: ['rate_limited', 'You have been rate limited. Please try again in a few minutes.'],
  500: ['internal_server_error', 'Unexpected error occurred.'],
  503: ['service_unavailable', 'Notion is unavailable, please try again later.'],
  529: ['service_overload', 'Notion is overloaded, please try again later.'],
};

/** The vendor's body for a failure that a fault asks for. */
export function failureOf(status: number): object {
  const [code, message] = CODES[status] ?? ['internal_server_error', 'Unexpected error occurred.'];
  return notionError(status, code, message);
}

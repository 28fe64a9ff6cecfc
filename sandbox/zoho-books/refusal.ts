/**
 * An answer other than success. Codes and wording as Zoho Books gives them where it is known
 * (https://www.zoho.com/books/api/v3/errors/, .../introduction/#api-call-limit, and answers that users
 * have published): 2, 4, 5, 6, 6041, 15, 44, 57, 1002, 3062, 24016. A client should rest on `code !== 0`
 * and on the HTTP status, not on the wording.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const notFound = (what: string): Refusal => new Refusal(404, 1002, `${what} does not exist.`);

export const invalid = (field: string): Refusal => new Refusal(400, 2, `Invalid value passed for ${field}`);

export const missing = (field: string): Refusal =>
  new Refusal(400, 4, `Invalid value passed for ${field}: it is mandatory and has been left out.`);

export const tooLong = (field: string, limit: number): Refusal =>
  new Refusal(400, 15, `Please ensure that the ${field} has less than ${limit} characters.`);

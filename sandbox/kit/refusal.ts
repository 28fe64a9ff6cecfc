/** What a vendor sends back. An object is sent as JSON, a text as it is; without a body nothing but the status. */
export interface Reply {
  /** 200 unless given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

/**
 * Ends a request with what the vendor answers to what it does not do. Each vendor has one of its own that
 * words the body; the status is the vendor's too, 200 with some.
 */
export class Refusal extends Error implements Reply {
  override readonly name: string = 'Refusal';
  readonly status: number;
  readonly body: object | string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    body: object | string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Ends a call with `{"ok": false, "error": …}`: HTTP 200, except for the rate limit. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly error: string;
  readonly more: object;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    error: string,
    more: object = {},
    transport: { readonly status: number; readonly headers: Readonly<Record<string, string>> } = {
      status: 200,
      headers: {},
    },
  ) {
    super(error);
    this.error = error;
    this.more = more;
    this.status = transport.status;
    this.headers = transport.headers;
  }
}

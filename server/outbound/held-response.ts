import type { TransportAnswer } from './transport.ts';

/**
 * An answer that was read whole, as callers of `fetch` expect one. It has the platform's type; its body becomes a
 * stream only for who asks for a stream, because making one costs more than the rest of the answer.
 */
export class HeldResponse extends Response {
  readonly #answer: TransportAnswer;
  readonly #url: string;
  #streamed: Response | null = null;
  #isUsed = false;

  constructor(url: URL, answer: TransportAnswer) {
    super(null, { status: answer.status });
    this.#answer = answer;
    this.#url = url.href;
  }

  /** The platform leaves it empty; SDKs print it. */
  override get url(): string {
    return this.#url;
  }
  override get headers(): Headers {
    return this.#answer.headers;
  }
  override get bodyUsed(): boolean {
    return this.#streamed?.bodyUsed ?? this.#isUsed;
  }
  override get body(): Response['body'] {
    const isBodiless = this.#isUsed || [204, 205, 304].includes(this.status);
    return isBodiless ? null : this.#asStream().body;
  }
  override async text(): Promise<string> {
    return this.#streamed === null ? new TextDecoder().decode(this.#take()) : this.#streamed.text();
  }
  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#streamed === null ? new Uint8Array(this.#take()) : this.#streamed.bytes();
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }
  override blob(): Promise<Blob> {
    return this.#asStream().blob();
  }
  override formData(): Promise<FormData> {
    return this.#asStream().formData();
  }
  override clone(): Response {
    if (this.bodyUsed) throw new TypeError('The body was read already.');
    return new HeldResponse(new URL(this.#url), this.#answer);
  }

  #take(): Buffer {
    const bytes = this.#unread();
    this.#isUsed = true;
    return bytes;
  }
  #unread(): Buffer {
    if (this.bodyUsed) throw new TypeError('The body was read already.');
    return this.#answer.bytes;
  }
  #asStream(): Response {
    this.#streamed ??= new Response(new Uint8Array(this.#unread()), { headers: this.#answer.headers });
    return this.#streamed;
  }
}

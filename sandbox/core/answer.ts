import type { Response } from 'express';

/** An answer as the routes made it, before a byte of it left. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/**
 * Holds back what the routes send until it is whole, and hands it to `then` with the means to send it.
 * Both recording and faults that come after the work need the whole answer.
 */
export function holdAnswer(
  response: Response,
  then: (answer: Answer, send: (body?: Buffer) => void) => void,
): void {
  const chunks: Buffer[] = [];
  const write = response.write;
  const end = response.end;
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  response.write = ((chunk: unknown) => {
    keep(chunk);
    return true;
  }) as typeof response.write;
  response.end = ((chunk?: unknown) => {
    keep(chunk);
    response.write = write;
    response.end = end;
    const body = Buffer.concat(chunks);
    then({ status: response.statusCode, headers: headersOf(response), body }, (instead) => {
      if (instead && response.hasHeader('content-length'))
        response.setHeader('content-length', instead.length);
      const bytes = instead ?? body;
      if (bytes.length === 0) response.end();
      else response.end(bytes);
    });
    return response;
  }) as typeof response.end;
}

function headersOf(response: Response): Record<string, string> {
  const entries = Object.entries(response.getHeaders()).map(
    ([name, value]) => [name, String(value)] as const,
  );
  return Object.fromEntries(entries);
}

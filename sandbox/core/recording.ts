import { appendFileSync } from 'node:fs';
import type { Request } from 'express';
import type { Answer } from './answer.ts';
import { bodyOf } from './body.ts';
import type { Simulator } from './simulator.ts';

/** Appends exchanges with the vendors' APIs as JSON lines, for a check against the vendors' contracts. */
export interface Recorder {
  /**
   * @param answer null when the connection broke.
   * @param fault why the answer is not what the vendor would say; absent when it is.
   */
  exchange(simulator: Simulator, request: Request, answer: Answer | null, fault?: string): void;
}

export function openRecorder(file: string | undefined): Recorder {
  if (file === undefined) return { exchange: () => undefined };
  return {
    exchange(simulator, request, answer, fault) {
      if (answer && isPage(answer)) return;
      const path = request.originalUrl.slice(simulator.vendor.length + 1);
      if (simulator.besideApi?.(path) === true) return;
      const line = {
        vendor: simulator.recordedAs ?? simulator.vendor,
        method: request.method,
        // Not `url`: a router within the simulator's cuts that while it answers.
        url: simulator.realUrl(path),
        request: { headers: headersOf(request), body: bodyOf(request).text || null },
        response: answer && {
          status: answer.status,
          headers: answer.headers,
          body: answer.body.toString('utf8') || null,
        },
        ...(fault === undefined ? {} : { fault }),
      };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    },
  };
}

/** Consent screens are for people; no contract describes them. */
function isPage({ status, headers }: Answer): boolean {
  return status === 302 || status === 303 || (headers['content-type'] ?? '').startsWith('text/html');
}

function headersOf(request: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  if (headers.authorization) headers.authorization = headers.authorization.replace(/ .*/, ' redacted');
  return headers;
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EvilSite {
  /** Ends with a slash. */
  readonly url: string;
  /** What its next page holds. */
  show(html: string): void;
  stop(): Promise<void>;
}

/** Another site, with whatever page a test gives it. */
export async function startEvilSite(): Promise<EvilSite> {
  let page = '';
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><meta charset="utf-8">${page}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show(html) {
      page = html;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

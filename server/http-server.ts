import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sentence } from './core/sentence.ts';

/** The port cannot be had; the sentence says what to do. */
export class PortFailure extends Error {
  override readonly name = 'PortFailure';
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence.en);
    this.sentence = sentence;
  }
}

export interface HttpServer {
  readonly port: number;
  /** From now on requests of this kind are answered; before, they hear 503. */
  serve(handlers: { hooks?: RequestListener; rest?: RequestListener }): void;
  /** Takes no more connections; resolves when those under way are answered, or after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
}

const HEADERS_WITHIN_MS = 10_000;
/** Headers and body. The door for webhooks is a little stricter, and says why. */
const REQUEST_WITHIN_MS = 15_000;
/** Longer than proxies keep theirs (60 s is usual): a request is never sent on a connection that is about to be closed here. */
const IDLE_FOR_MS = 65_000;
/** Far above what vendors and people open; what comes beyond is not accepted until others have ended. */
const MOST_CONNECTIONS = 8_000;

const starting: RequestListener = (_request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
  response.end('{"ready":false}');
};

function reason(error: NodeJS.ErrnoException, host: string, port: number): Sentence | null {
  if (error.code === 'EADDRINUSE')
    return {
      en: `Port ${port} is in use by another program. Stop it, or set PORT to a free port.`,
      fr: `Le port ${port} est utilisé par un autre programme. Arrêtez-le, ou donnez un port libre à PORT.`,
    };
  if (error.code === 'EACCES')
    return {
      en: `This account may not listen on port ${port}. Set PORT to a port above 1023.`,
      fr: `Ce compte n’a pas le droit d’écouter sur le port ${port}. Donnez à PORT un port supérieur à 1023.`,
    };
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return {
      en: `This machine has no address ${host}. Set HOST to one of its own, or to 0.0.0.0 for all of them.`,
      fr: `Cette machine n’a pas d’adresse ${host}. Donnez à HOST l’une des siennes, ou 0.0.0.0 pour toutes.`,
    };
  return null;
}

/**
 * Takes the port at once, so that a taken one is known before anything else is started. Hooks are answered
 * on the bare server: a framework in between would halve what the open door can take.
 *
 * @throws PortFailure
 */
export async function listen(host: string, port: number): Promise<HttpServer> {
  let hooks = starting;
  let rest = starting;
  // Slow senders are cut off, with a 408; live streams are answers and may last.
  const server = createServer(
    {
      requestTimeout: REQUEST_WITHIN_MS,
      headersTimeout: HEADERS_WITHIN_MS,
      keepAliveTimeout: IDLE_FOR_MS,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      if (request.url?.startsWith('/hooks/')) hooks(request, response);
      else rest(request, response);
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const sentence = reason(error as NodeJS.ErrnoException, host, port);
    throw sentence === null ? error : new PortFailure(sentence);
  }
  return {
    port: (server.address() as AddressInfo).port,
    serve(handlers) {
      hooks = handlers.hooks ?? hooks;
      rest = handlers.rest ?? rest;
    },
    async stop(patienceMs) {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      // What is under way ends its connection, too.
      server.keepAliveTimeout = 1;
      const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

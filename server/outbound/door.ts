import type { Connector } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import type { Resolve } from './addresses.ts';
import { createTransport, type Transport, type TransportAnswer } from './transport.ts';

export interface DoorRequest {
  /** The vendor's real address. */
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly timeoutMs?: number | undefined;
  readonly readAtMost?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where everything leaves the server. It knows which hosts a connector may reach and where they are: at
 * the vendor, or behind the sandbox wall, where nothing but the sandbox can be reached at all.
 */
export interface Door {
  readonly sandboxUrl: string | null;
  /** Throws `rejected` unless the address is https, on the default port, of one of the connector's hosts. */
  check(connector: Hosts, url: URL): void;
  /** Where an address of the vendor is reached, for a request or for a person's browser. */
  locate(connector: Hosts, url: URL): URL;
  /** Checks, locates, sends. Rejects with LiaisonError (`check`) or TransportFailure. */
  send(connector: Hosts, request: DoorRequest): Promise<TransportAnswer>;
  /** The sandbox's own control interface. Throws outside the sandbox. */
  control(path: string, json?: unknown): Promise<unknown>;
  close(): void;
}

type Hosts = Pick<Connector, 'id' | 'hosts'>;

export interface DoorOptions {
  /** Origin (and path) of the sandbox, or null in production. */
  readonly sandboxUrl: string | null;
  readonly transport?: Transport;
  readonly resolve?: Resolve;
}

/** Longest time from the first byte sent to the last one read. */
export const DEFAULT_TIMEOUT_MS = 30_000;

export function createDoor(options: DoorOptions): Door {
  const sandboxUrl = options.sandboxUrl?.replace(/\/+$/, '') ?? null;
  const transport =
    options.transport ??
    createTransport({ sandboxUrl, ...(options.resolve ? { resolve: options.resolve } : {}) });

  function check(connector: Hosts, url: URL): string {
    const isPlain =
      url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
    const service = Object.hasOwn(connector.hosts, url.hostname) ? connector.hosts[url.hostname] : undefined;
    if (!isPlain || service === undefined) throw refusedAddress(connector.id, url);
    return service;
  }

  function locate(connector: Hosts, url: URL): URL {
    const service = check(connector, url);
    if (sandboxUrl === null) return url;
    return new URL(`${sandboxUrl}/${service}${url.pathname}${url.search}`);
  }

  return {
    sandboxUrl,
    check,
    locate,
    send: (connector, request) =>
      transport({
        ...request,
        url: locate(connector, request.url),
        timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      }),
    async control(path, json) {
      if (sandboxUrl === null) throw new Error('There is no sandbox in production.');
      const answer = await transport({
        url: new URL(`${sandboxUrl}/_sandbox/${path}`),
        method: json === undefined ? 'GET' : 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: json === undefined ? null : Buffer.from(JSON.stringify(json)),
        timeoutMs: DEFAULT_TIMEOUT_MS,
      });
      const text = answer.bytes.toString();
      if (answer.status >= 300) throw new Error(`The sandbox answered ${answer.status} to ${path}.`);
      return JSON.parse(text);
    },
    close: () => transport.close(),
  };
}

function refusedAddress(connector: string, url: URL): LiaisonError {
  const host = url.host.slice(0, 100);
  return new LiaisonError('rejected', {
    sentence: {
      en: `Liaison refused to send anything to ${host}: it is not an address of ${connector}. Please report this to us.`,
      fr: `Liaison a refusé tout envoi vers ${host}\u00a0: ce n’est pas une adresse de ${connector}. Merci de nous le signaler.`,
    },
  });
}

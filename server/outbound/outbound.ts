import type { Connector, ConnectorHttp, Received } from '../core/connector.ts';
import { asLiaisonError, LiaisonError } from '../core/errors.ts';
import { failureSentence } from '../core/failure-sentences.ts';
import type { Holding } from '../core/held-write.ts';
import { failureOf } from '../core/http-failure.ts';
import type { Log } from '../core/log.ts';
import { inTry } from '../core/try-sentences.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { type Budgets, createBudgets } from './budgets.ts';
import { classifyTransport } from './classify-transport.ts';
import { credentialOf } from './credential.ts';
import { dataCentreOf, isForeignDataCentre } from './data-centre.ts';
import type { Door } from './door.ts';
import { download } from './download.ts';
import type { Exchange } from './exchange.ts';
import { HeldResponse } from './held-response.ts';
import { holdWrites } from './hold-writes.ts';
import { reachOf } from './reach.ts';
import { redactBody, redactText, redactUrl } from './redact.ts';
import { type PlainRequest, readRequest } from './request.ts';
import { type TransportAnswer, TransportFailure } from './transport.ts';

/** Where the tokens of connections come from. Both reject with a LiaisonError. */
export interface TokenSource {
  /** A token that is good now. */
  authorization(connection: ConnectionRow): Promise<string>;
  /** Another token than the one that the vendor just refused. */
  renew(connection: ConnectionRow, refusedToken: string): Promise<string>;
}

export interface OutboundDeps {
  readonly door: Door;
  readonly tokens: TokenSource;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly log: Log;
  /**
   * The vendor no longer accepts the credentials.
   *
   * @param lost `grant`: it gives no token any longer, to none of the connections that stand on the grant;
   *   `connection`: it refused this application's call, with a token that it had given.
   */
  readonly onReconnect: (
    connection: ConnectionRow,
    error: LiaisonError,
    lost: 'grant' | 'connection',
  ) => Promise<void>;
  /** A call that had its turn is over; null: it succeeded. What we stopped ourselves is not told. */
  readonly onOutcome?: (connection: ConnectionRow, error: LiaisonError | null) => void;
  readonly budgets?: Budgets;
  /** What was delivered to a connection, the newest first. Absent: nothing is known of it. */
  readonly received?: (connection: ConnectionRow, most: number) => Promise<readonly Received[]>;
}

export interface OpenOptions {
  /** Called with each exchange once it is over, before the caller learns its outcome. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Stops requests under way and refuses new ones. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Instead of the vault: while an account is being connected it holds nothing yet. */
  readonly tokens?: TokenSource;
  /**
   * Requests with an effect are held back and answered by what stands in, and how calls go is noted nowhere. Reads are
   * sent.
   */
  readonly holding?: Holding;
}

/** The only way from connectors to vendors. */
export interface Outbound {
  open(connector: Connector, connection: ConnectionRow, options?: OpenOptions): ConnectorHttp;
}

export function createOutbound(deps: OutboundDeps): Outbound {
  const budgets = deps.budgets ?? createBudgets({ clock: deps.clock });
  /** Failures before anything was sent: no token could be had. */
  const withoutToken = new WeakSet<LiaisonError>();

  function open(connector: Connector, connection: ConnectionRow, options: OpenOptions = {}): ConnectorHttp {
    const vendor = connector.titles.en;
    const tokens = options.tokens ?? deps.tokens;
    const { authorisation } = connector;
    const reach = reachOf(connector, connection);
    const canRenew = authorisation.kind === 'oauth' && authorisation.refresh !== undefined;

    function check(url: URL): void {
      deps.door.check(reach, url);
      if (!isForeignDataCentre(connector, connection.dataCentre, url.hostname)) return;
      throw new LiaisonError('rejected', {
        sentence: failureSentence('rejected', vendor),
        vendorMessage: 'The address belongs to another data centre than the connected account.',
      });
    }

    /** One request and its answer; the failure is null when the answer is a success. */
    async function exchange(request: PlainRequest, token: string) {
      const startedAt = deps.clock();
      const started = performance.now();
      const { header, secrets } = credentialOf(authorisation, request.url.hostname, token);
      const headers =
        header === null ? request.headers : { ...request.headers, [header.name.toLowerCase()]: header.value };

      let answer: TransportAnswer | null = null;
      let error: LiaisonError | null;
      try {
        answer = await deps.door.send(reach, {
          url: request.url,
          method: request.method,
          headers,
          body: request.body,
          timeoutMs: options.timeoutMs,
          signal: either(options.signal, request.signal),
        });
        error = judge(request, answer, secrets);
      } catch (thrown) {
        error =
          thrown instanceof TransportFailure
            ? classifyTransport(thrown, request.method, vendor)
            : asLiaisonError(thrown);
      }
      if (hold?.isAsking !== true)
        options.onExchange?.({
          method: request.method,
          url: redactUrl(request.url, secrets),
          requestBody:
            request.body === null ? null : redactBody(textOf(request.body.subarray(0, MOST_READ)), secrets),
          status: answer?.status ?? null,
          responseBody: answer === null ? null : redactBody(textOf(answer.bytes), secrets),
          startedAt: new Date(startedAt).toISOString(),
          ms: Math.round(performance.now() - started),
          ...(error === null ? {} : { error: redactText(describe(error), secrets, 1024) }),
        });
      return { answer, error };
    }

    function judge(
      request: PlainRequest,
      answer: TransportAnswer,
      secrets: readonly string[],
    ): LiaisonError | null {
      const vendorAnswer = {
        method: request.method,
        url: request.url,
        status: answer.status,
        headers: answer.headers,
        text: textOf(answer.bytes),
        now: deps.clock(),
      };
      // A redirect is never followed: its target was declared by nobody, and would be sent the token.
      const isRedirect = answer.status >= 300 && answer.status < 400 && answer.status !== 304;
      const error =
        connector.classify(vendorAnswer) ??
        (isRedirect ? failureOf('unknown', vendorAnswer, { vendor }) : null);
      if (error?.details.vendorMessage === undefined) return error;
      const vendorMessage = redactText(error.details.vendorMessage, secrets, 1024);
      return new LiaisonError(error.kind, { ...error.details, vendorMessage });
    }

    async function waitForTurn({ signal, method, url }: PlainRequest): Promise<void> {
      const stopped = either(options.signal, signal);
      let retryAt: number | null;
      try {
        stopped?.throwIfAborted();
        const call = `${method} ${url.pathname}`;
        retryAt = await budgets.take(connection.id, connector.budgets, stopped, call);
      } catch (thrown) {
        throw classifyTransport(new TransportFailure('stopped', false, thrown), 'GET', vendor);
      }
      if (retryAt !== null) {
        throw new LiaisonError('rate-limited', {
          sentence: failureSentence('rate-limited', vendor),
          retryAt,
        });
      }
    }

    /** Whatever fails here (the database is away) fails before anything was sent. */
    async function beforeSending(getToken: () => Promise<string>): Promise<string> {
      try {
        return await getToken();
      } catch (thrown) {
        if (thrown instanceof LiaisonError) {
          withoutToken.add(thrown);
          throw thrown;
        }
        throw new LiaisonError('retry-later', {
          sentence: failureSentence('retry-later', vendor),
          vendorMessage: 'No access token could be had.',
          cause: thrown,
        });
      }
    }

    async function call(request: PlainRequest): Promise<Response> {
      await waitForTurn(request);
      try {
        const response = await ask(request);
        if (options.holding === undefined) deps.onOutcome?.(connection, null);
        return response;
      } catch (thrown) {
        const isStopped = options.signal?.aborted === true || request.signal?.aborted === true;
        if (!isStopped && options.holding === undefined) deps.onOutcome?.(connection, asLiaisonError(thrown));
        throw thrown;
      }
    }

    async function ask(request: PlainRequest): Promise<Response> {
      let token = await beforeSending(() => tokens.authorization(connection));
      let { answer, error } = await exchange(request, token);
      if (error?.kind === 'reconnect' && answer?.status === 401 && canRenew) {
        const refused = token;
        token = await beforeSending(() => tokens.renew(connection, refused));
        await waitForTurn(request);
        ({ answer, error } = await exchange(request, token));
      }
      if (error?.kind === 'rate-limited' && error.details.retryAt !== undefined) {
        budgets.pause(connection.id, error.details.retryAt);
      }
      if (error !== null) throw error;
      if (answer === null) throw asLiaisonError(null);
      return new HeldResponse(request.url, answer);
    }

    const centre = dataCentreOf(connector, connection.dataCentre);
    const http: ConnectorHttp = {
      account: connection.account,
      apiUrl: (connection.site ?? centre?.apiUrl)?.replace(/\/+$/, '') ?? null,
      ...(centre?.apiUrls === undefined ? {} : { apiUrls: centre.apiUrls }),
      download: (address) =>
        download(deps.door, address, {
          signal: options.signal,
          onAnswer: (url, answer) =>
            options.onExchange?.({
              ...{ method: 'GET', url: redactUrl(url), requestBody: null, ms: 0 },
              status: answer?.status ?? null,
              responseBody: answer === null ? null : `(${answer.bytes.length} bytes)`,
              startedAt: new Date(deps.clock()).toISOString(),
            }),
        }),
      async received(most) {
        try {
          return (await deps.received?.(connection, most)) ?? [];
        } catch (thrown) {
          throw asLiaisonError(thrown);
        }
      },
      async fetch(input, init) {
        const request = await readRequest(input, init, check);
        const standIn = await hold?.take(request);
        if (standIn) return standIn;
        try {
          const response = await call(request);
          hold?.answered();
          return response;
        } catch (thrown) {
          const error = asLiaisonError(thrown);
          if (error.kind === 'reconnect' && hold === null) {
            await deps.onReconnect(connection, error, withoutToken.has(error) ? 'grant' : 'connection');
          }
          // An answer about what was asked is no trouble with the vendor: whoever asked tells of it, or asked to find out.
          const isAnswer = error.kind === 'rejected' || error.kind === 'gone';
          deps.log[isAnswer ? 'info' : 'warn'](
            { connector: connector.id, connection: connection.id, kind: error.kind, host: request.url.host },
            'a vendor call failed',
          );
          throw hold === null ? error : inTry(error, vendor);
        }
      },
    };
    const { holding } = options;
    const onHeld = (one: Exchange): void => options.onExchange?.(one);
    const hold =
      holding === undefined ? null : holdWrites({ connector, holding, http, clock: deps.clock, onHeld });
    return http;
  }

  return { open };
}

/** What is beyond of a request is not looked at for the log, which keeps a hundredth of it. */
const MOST_READ = 1_000_000;

/** A signal for both; most callers have one at most. */
const either = (one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined =>
  one !== undefined && other !== undefined ? AbortSignal.any([one, other]) : (one ?? other);

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function describe(error: LiaisonError): string {
  return [error.message, error.details.vendorMessage].filter((part) => part !== undefined).join(' | ');
}

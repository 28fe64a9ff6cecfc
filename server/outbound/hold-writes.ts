import type { Connector, ConnectorHttp } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import { type HeldWrite, type Holding, isReading } from '../core/held-write.ts';
import type { Exchange } from './exchange.ts';
import { redactTree, redactUrl } from './redact.ts';
import type { PlainRequest } from './request.ts';

interface HoldParts {
  readonly connector: Connector;
  readonly holding: Holding;
  /** The way out that the held requests were to go; its reads are sent. */
  readonly http: ConnectorHttp;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly onHeld: (exchange: Exchange) => void;
}

/** Keeps from the vendor what has an effect there. */
export interface WriteHold {
  /** The answer that stands in; null: the request reads, and is to be sent. */
  take(request: PlainRequest): Promise<Response | null>;
  /** The vendor answered a read: whatever would be written there has somebody to take it. */
  answered(): void;
  /** It asks the vendor something of its own: no request of the step under way. */
  readonly isAsking: boolean;
}

/**
 * Lets reads through and answers writes by what the connector says of them. Before the first write the vendor is asked
 * who it is, unless it answered before: where nobody would take the write, a run would fail there, and so does this.
 */
export function holdWrites({ connector, holding, http, clock, onHeld }: HoldParts): WriteHold {
  const { book } = holding;
  let isThere = false;
  let isAsking = false;

  async function asking<T>(work: () => Promise<T>): Promise<T> {
    isAsking = true;
    try {
      return await work();
    } finally {
      isAsking = false;
    }
  }

  const shown = ({ method, url }: PlainRequest): Exchange => ({
    ...{ method, url: redactUrl(url), requestBody: null, status: null, responseBody: null, ms: 0 },
    startedAt: new Date(clock()).toISOString(),
  });

  async function makeSure(): Promise<void> {
    if (isThere) return;
    await asking(() => connector.identify(connector.client(http)));
    isThere = true;
  }

  async function answerTo(write: HeldWrite, path: string): Promise<unknown> {
    const declared = connector.trial?.writes.find(({ call }) => call.test(`${write.method} ${path}`));
    if (declared === undefined) throw noAnswer(connector);
    const { body, reads } = await declared.answer(write, {
      make: book.make,
      ask: (address) => asking(async () => (await http.fetch(new URL(address, write.url))).json()),
    });
    for (const [address, later] of Object.entries(reads ?? {})) book.reads.set(address, later);
    return body;
  }

  return {
    get isAsking() {
      return isAsking;
    },
    answered() {
      isThere = true;
    },
    async take(request) {
      const { method, url } = request;
      const path = decoded(url.pathname);
      const call = { method, url, body: bodyOf(request) };
      if (isReading(call, path, connector.trial?.reads)) {
        if (book.reads.has(path)) {
          onHeld(shown(request));
          return Response.json(book.reads.get(path));
        }
        // Nothing of that name is there: it must not be asked for.
        if (book.within(decoded(url.href)).length > 0) throw noAnswer(connector);
        return null;
      }
      await makeSure();
      onHeld({ ...shown(request), held: { body: redactTree(call.body) } });
      return Response.json(await answerTo(call, path));
    },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bodyOf({ body, headers }: PlainRequest): unknown {
  if (body === null) return null;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const type = headers['content-type'] ?? '';
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function noAnswer({ titles }: Connector): LiaisonError {
  return new LiaisonError('unknown', {
    sentence: {
      en: `Nothing is written in a try, and what comes next depends on what ${titles.en} would answer: it cannot be shown.`,
      fr: `Un essai n’écrit rien, et la suite dépend de ce que ${titles.fr} répondrait\u00a0: elle ne peut pas être montrée.`,
    },
  });
}

import { LiaisonError } from '../core/errors.ts';
import type { Attempt } from '../core/facts/attempts.ts';
import { retryAfter } from '../core/retry-after.ts';
import type { Door } from '../outbound/door.ts';
import { redactText } from '../outbound/redact.ts';
import type { TransportReason } from '../outbound/transport.ts';
import { TransportFailure } from '../outbound/transport.ts';

export type Way = Pick<Door, 'send'>;

/** Under this path of the sandbox stands whatever application somebody tells of. */
const SIMULATOR = 'receiver';
/** From the first byte sent to the last one read; a receiver does its work after it has answered. */
const PATIENCE_MS = 15_000;
/** So much of an answer is read, and so much of that is kept. */
const READ_BYTES = 8_192;
const KEPT_CHARACTERS = 500;
const USER_AGENT = 'Liaison-Webhooks/1';

export interface Sending {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What came of sending. */
export interface Sent {
  readonly attempt: Attempt;
  /** The beginning of what was answered. */
  readonly answer: string | null;
  /** Why there was no answer. */
  readonly reason: TransportReason | null;
}

/** Sends to exactly this address: no redirect is followed, and nothing but its beginning is read of the answer. */
export async function sendTo(way: Way, { url, headers, body, signal, now }: Sending): Promise<Sent> {
  const address = new URL(url);
  const hosts = { [address.hostname]: `${SIMULATOR}/${address.hostname}` };
  try {
    const answer = await way.send(
      { id: 'receiver', hosts },
      {
        url: address,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'user-agent': USER_AGENT },
        body: Buffer.from(body),
        timeoutMs: PATIENCE_MS,
        readAtMost: READ_BYTES,
        signal,
      },
    );
    const text = answer.bytes.toString('utf8').trim();
    return {
      attempt: { kind: 'answered', status: answer.status, waitMs: waitOf(answer.headers, now) },
      answer: text === '' ? null : redactText(text, [], KEPT_CHARACTERS),
      reason: null,
    };
  } catch (thrown) {
    // The door's own refusal; anything else is our fault, and no judgement of the receiver.
    if (!(thrown instanceof TransportFailure || thrown instanceof LiaisonError)) throw thrown;
    const reason = thrown instanceof TransportFailure ? thrown.reason : 'forbidden';
    return { attempt: { kind: 'none' }, answer: null, reason };
  }
}

function waitOf(headers: Headers, now: number): number | undefined {
  const at = retryAfter(headers, now);
  return at === undefined ? undefined : at - now;
}

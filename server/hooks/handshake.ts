import type { IncomingMessage } from 'node:http';
import type { DeliveryBody, Handshake } from '../core/webhooks.ts';

/** What a handshake is answered with, always with 200. */
export interface HandshakeAnswer {
  readonly contentType: 'application/json' | 'text/plain';
  readonly text: string;
}

const RECEIVED: HandshakeAnswer = { contentType: 'application/json', text: '{"received":true}' };
/** Longer than any vendor's token, and too short to make a page of. */
const LONGEST = 1_000;

/** Nothing is delivered: the vendor only looks whether somebody is there. */
const isTrial = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' ||
  method === 'HEAD' ||
  (method === 'POST' && headers['content-length'] === '0' && headers['transfer-encoding'] === undefined);

/** The answer to a handshake that is told by the request alone; null: it is none. */
export function handshakeOf(
  handshakes: readonly Handshake[],
  request: IncomingMessage,
  query: string,
): HandshakeAnswer | null {
  for (const handshake of handshakes) {
    if (handshake.kind === 'trial' && isTrial(request)) return RECEIVED;
    if (handshake.kind !== 'echo' || !['GET', 'POST'].includes(request.method ?? '')) continue;
    const token = new URLSearchParams(query).get(handshake.parameter);
    if (token !== null && isToken(token)) return { contentType: 'text/plain', text: token };
  }
  return null;
}

/**
 * The answer to a handshake that is told by the body; null: it is none.
 *
 * @param signed whether the delivery was verified: challenges of vendors that sign them are answered only then.
 */
export function handshakeOfBody(
  handshakes: readonly Handshake[],
  contentType: string,
  body: DeliveryBody,
  signed: boolean,
): HandshakeAnswer | null {
  for (const handshake of handshakes) {
    if (handshake.kind === 'ping') {
      const isForm = contentType === 'application/x-www-form-urlencoded';
      if (!signed && isForm && Object.keys(body).join() === handshake.field) return RECEIVED;
    }
    if (handshake.kind !== 'challenge' || handshake.signed !== signed) continue;
    const { field, when = {}, answer } = handshake;
    const token = body[field];
    const isMeant = Object.entries(when).every(([name, value]) => body[name] === value);
    if (typeof token !== 'string' || !isToken(token) || !isMeant) continue;
    return answer === 'text'
      ? { contentType: 'text/plain', text: token }
      : { contentType: 'application/json', text: JSON.stringify({ [field]: token }) };
  }
  return null;
}

const isToken = (text: string): boolean => text !== '' && text.length <= LONGEST && !/\p{Cc}/u.test(text);

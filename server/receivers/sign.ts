import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
/** Within the 24 to 64 bytes of the specification. */
const BYTES = 32;

/** What is signed and sent. */
export interface SignedMessage {
  /** Of the dispatch: the same at every attempt. */
  readonly id: string;
  /** Seconds since the epoch, of this attempt. */
  readonly timestamp: number;
  readonly body: string;
}

/** A secret as receivers are given it. */
export const newSecret = (randomBytes: (size: number) => Buffer): string =>
  `${PREFIX}${randomBytes(BYTES).toString('base64')}`;

/**
 * The headers of Standard Webhooks, version 1: HMAC with SHA-256 over id, moment and body, one signature for each secret.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 *
 * @param secrets newest first.
 */
export function signedHeaders(
  { id, timestamp, body }: SignedMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}

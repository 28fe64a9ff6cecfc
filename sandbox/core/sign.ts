import { createHmac } from 'node:crypto';

export interface Signing {
  readonly scheme: string;
  readonly secret: string;
  readonly carrier?: string;
}

type Signer = (signing: Signing, body: string, now: Date) => Record<string, string>;

const hex = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

/** Signature schemes by name. Each is as its vendor documents it. */
const SIGNERS: Readonly<Record<string, Signer>> = {
  // https://docs.stripe.com/webhooks#verify-manually
  'stripe-signature': ({ secret }, body, now) => {
    const t = Math.floor(now.getTime() / 1000);
    return { 'Stripe-Signature': `t=${t},v1=${hex(secret, `${t}.${body}`)}` };
  },
  // https://api.slack.com/authentication/verifying-requests-from-slack
  'slack-signature': ({ secret }, body, now) => {
    const t = Math.floor(now.getTime() / 1000);
    return {
      'X-Slack-Request-Timestamp': String(t),
      'X-Slack-Signature': `v0=${hex(secret, `v0:${t}:${body}`)}`,
    };
  },
  'secret-header': ({ secret, carrier = 'X-Secret' }) => ({ [carrier]: secret }),
  // The token is in the body already.
  'body-token': () => ({}),
  // The secret is in the address already.
  'url-secret': () => ({}),
  none: () => ({}),
};

/** Headers that prove a delivery at this moment. Throws for a scheme that no signer knows. */
export function signatureHeaders(signing: Signing, body: string, now: Date): Record<string, string> {
  const signer = SIGNERS[signing.scheme];
  if (!signer) throw new Error(`No signer is called "${signing.scheme}".`);
  return signer(signing, body, now);
}

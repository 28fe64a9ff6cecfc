import { createHmac } from 'node:crypto';

export interface Signing {
  readonly scheme: string;
  readonly secret: string;
  readonly carrier?: string;
}

/** Headers that prove a delivery at this moment. */
export type Signer = (signing: Signing, body: string, now: Date) => Record<string, string>;

export const hex = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex');

/** Schemes that no vendor has to itself. The vendors' own stand in their folders. */
const COMMON: Readonly<Record<string, Signer>> = {
  'secret-header': ({ secret, carrier = 'X-Secret' }) => ({ [carrier]: secret }),
  // The token is in the body already.
  'body-token': () => ({}),
  // The secret is in the address already.
  'url-secret': () => ({}),
  none: () => ({}),
};

/** Throws for a scheme that no signer knows. @param signers the vendors' own. */
export function signatureHeaders(
  signing: Signing,
  body: string,
  now: Date,
  signers: Readonly<Record<string, Signer>>,
): Record<string, string> {
  const signer = signers[signing.scheme] ?? COMMON[signing.scheme];
  if (!signer) throw new Error(`No signer is called "${signing.scheme}".`);
  return signer(signing, body, now);
}

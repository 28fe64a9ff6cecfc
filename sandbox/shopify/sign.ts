import { createHmac } from 'node:crypto';
import { clientSecretOf } from '../core/oauth-clients.ts';
import type { Signer } from '../core/sign.ts';

/** Everything is signed with the secret of the application, whichever shop it is of. */
export const APP_SECRET = clientSecretOf('shopify');

/** https://shopify.dev/docs/apps/build/webhooks/subscribe/https */
export const shopifyHmac: Signer = ({ secret }, body) => ({
  'X-Shopify-Hmac-SHA256': createHmac('sha256', secret).update(body).digest('base64'),
});

/** What a callback carries beside a code: sorted by name, as a form is written, in hex. */
export function signedCallback(parameters: Readonly<Record<string, string>>): Record<string, string> {
  const query = new URLSearchParams(parameters);
  query.sort();
  const hmac = createHmac('sha256', APP_SECRET).update(query.toString()).digest('hex');
  return { ...parameters, hmac };
}

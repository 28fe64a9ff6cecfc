import { createHmac } from 'node:crypto';
import type { Signer } from '../core/sign.ts';

/** https://woocommerce.com/document/webhooks/ */
export const wooSignature: Signer = ({ secret }, body) => ({
  'X-WC-Webhook-Signature': createHmac('sha256', secret).update(body).digest('base64'),
});

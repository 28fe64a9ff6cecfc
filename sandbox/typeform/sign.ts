import { createHmac } from 'node:crypto';
import type { Signer } from '../core/sign.ts';

/** https://www.typeform.com/developers/webhooks/secure-your-webhooks/ */
export const typeformSignature: Signer = ({ secret }, body) => ({
  'Typeform-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('base64')}`,
});

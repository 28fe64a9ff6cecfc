import { hex, type Signer } from '../core/sign.ts';

/** https://docs.stripe.com/webhooks#verify-manually */
export const stripeSignature: Signer = ({ secret }, body, now) => {
  const t = Math.floor(now.getTime() / 1000);
  return { 'Stripe-Signature': `t=${t},v1=${hex(secret, `${t}.${body}`)}` };
};

import { z } from 'zod';
import type { Handover } from '../../core/handover.ts';

/** What the shop sends. It has no other way to say whose keys they are than the `user_id` that it was given. */
const handedSchema = z.object({
  user_id: z.string().min(1).max(200),
  consumer_key: z.string().min(1).max(200),
  consumer_secret: z.string().min(1).max(200),
  key_permissions: z.string(),
});

/**
 * The shop's own page, on which whoever may manage it lets an application in.
 * https://developer.woocommerce.com/docs/apis/rest-api/authentication/
 */
export const handover: Handover = {
  path: '/wc-auth/v1/authorize',
  parameters: ({ ticket, callbackUrl, returnUrl }) => ({
    app_name: 'Liaison',
    // Orders are read; what tells of them, webhooks, is written.
    scope: 'read_write',
    user_id: ticket,
    return_url: returnUrl,
    callback_url: callbackUrl,
  }),
  read(body) {
    const handed = handedSchema.safeParse(body).data;
    if (handed === undefined) return null;
    return {
      ticket: handed.user_id,
      keys: { consumerKey: handed.consumer_key, consumerSecret: handed.consumer_secret },
      isEnough: handed.key_permissions === 'read_write',
    };
  },
  back: (query) => ({ ticket: query.get('user_id') ?? '', isAccepted: query.get('success') === '1' }),
};

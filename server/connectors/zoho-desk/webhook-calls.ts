import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { jsonApi } from '../../kit/json-api.ts';
import { type DeskCall, hostOf, idSchema, PAGE, rowsOf } from './api.ts';
import { VENDOR } from './failures.ts';

const webhook = z.object({
  id: idSchema,
  name: z.string().nullish(),
  url: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  subscriptions: z.record(z.string(), z.unknown()).nullish(),
});
const webhooks = rowsOf(webhook);
const keys = z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) });

export type DeskWebhook = z.output<typeof webhook>;

export interface WantedWebhook {
  readonly url: string;
  readonly subscriptions: Readonly<Record<string, object | null>>;
}

/** https://desk.zoho.com/support/WebhookDocument.do */
export function webhookCalls(call: DeskCall, http: ConnectorHttp) {
  const plain = jsonApi(http, () => hostOf(http));
  return {
    async webhooks(): Promise<readonly DeskWebhook[]> {
      return (await call({ path: '/webhooks', query: { limit: PAGE } }, webhooks)).data.rows;
    },

    /** @param id of one that stands and is put right; null: a new one is made. */
    async keepWebhook(id: string | null, { url, subscriptions }: WantedWebhook): Promise<DeskWebhook> {
      const json = { name: 'Liaison', url, subscriptions, isEnabled: true };
      const asked =
        id === null
          ? ({ method: 'POST', path: '/webhooks', json } as const)
          : ({ method: 'PATCH', path: `/webhooks/${encodeURIComponent(id)}`, json } as const);
      return (await call(asked, webhook)).data;
    },

    /** One that is not there is none to delete. */
    async deleteWebhook(id: string): Promise<void> {
      const asked = { method: 'DELETE', path: `/webhooks/${encodeURIComponent(id)}` } as const;
      await ifGone(() => call(asked, z.unknown()), null);
    },

    /** The public keys that deliveries are signed with, and what time it is by Desk's clock. */
    async keys() {
      const { body, at } = await plain({ path: '/.well-known/jwks.json' });
      return { ...readAnswer(keys, body, VENDOR), at };
    },
  };
}

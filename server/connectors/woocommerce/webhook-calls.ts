import { z } from 'zod';
import { byTotalPages, eachOf } from '../../kit/pages.ts';
import { PAGE, type WooCall } from './api.ts';
import { ofOne } from './failures.ts';

const webhookSchema = z.object({
  id: z.number().int(),
  name: z.string().catch(''),
  status: z.string(),
  topic: z.string(),
  delivery_url: z.string(),
});
export type WooWebhook = z.infer<typeof webhookSchema>;

const refusedSchema = z.object({ error: z.object({ code: z.string(), message: z.string().catch('') }) });
const resultSchema = z.union([refusedSchema, webhookSchema]);
const results = z
  .array(resultSchema)
  .nullish()
  .transform((all) => all ?? []);
const batchSchema = z.object({ create: results, update: results, delete: results });

export interface WebhookChanges {
  readonly create: readonly object[];
  readonly update: readonly object[];
  readonly delete: readonly number[];
}

export function webhookCalls(call: WooCall) {
  return {
    async webhooks(): Promise<WooWebhook[]> {
      const all: WooWebhook[] = [];
      const page = async (place: number | null) => {
        const number = place ?? 1;
        const query = { per_page: PAGE, page: number };
        const { data, headers } = await call({ path: '/webhooks', query }, z.array(webhookSchema));
        return { items: data, next: byTotalPages(number, headers, 'x-wp-totalpages') };
      };
      for await (const webhook of eachOf(page, { most: PAGE })) all.push(webhook);
      return all;
    },

    /**
     * Changes webhooks in one call, which succeeds as a whole whatever became of each.
     *
     * @returns what was made and changed, in the order asked for.
     * @throws LiaisonError of the first that was refused. What to delete and is not there is no refusal.
     */
    async changeWebhooks(changes: WebhookChanges): Promise<WooWebhook[]> {
      const { data } = await call({ method: 'POST', path: '/webhooks/batch', json: changes }, batchSchema);
      return [...data.update, ...data.create].map((one) => {
        if (!('error' in one)) return one;
        const { code, message } = one.error;
        throw ofOne({ codes: [code], details: { vendorMessage: `${code}: ${message}` } });
      });
    },
  };
}

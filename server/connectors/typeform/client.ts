import { z } from 'zod';
import type { KeyAccount } from '../../core/account-of-key.ts';
import type { ConnectorHttp } from '../../core/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { FetchedFile } from '../../core/forms/fetched-file.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { VENDOR } from './failures.ts';
import { HOSTS } from './hosts.ts';
import {
  formSchema,
  listedFormsSchema,
  responsesSchema,
  type TypeformForm,
  type TypeformWebhook,
  webhookSchema,
} from './shapes.ts';
import { uploadedFile } from './uploaded-file.ts';

/** https://www.typeform.com/developers/create/reference/retrieve-forms/ */
const FORMS_PAGE = 200;
const MOST_FORM_PAGES = 5;

export type TypeformClient = ReturnType<typeof typeformClient>;
export type ListedResponse = z.output<typeof responsesSchema>['items'][number];

const webhooksSchema = z.object({ items: z.array(webhookSchema) });

/** Typeform’s APIs of forms, responses and webhooks. Rejects with LiaisonErrors only. */
export function typeformClient(http: ConnectorHttp) {
  const known = http.account.facts?.host;
  const at = (host: string) => jsonApi(http, () => `https://${host}`);
  const ask = at(known ?? HOSTS[0]);
  async function call<Schema extends z.ZodType>(wish: JsonCall, schema: Schema) {
    const { body, at: time } = await ask(wish);
    return { data: readAnswer(schema, body, VENDOR, (wish.method ?? 'GET') !== 'GET'), time };
  }
  const path = (form: string, more = ''): string => `/forms/${encodeURIComponent(form)}${more}`;

  return {
    /**
     * Typeform says nothing of the account that belongs to the permissions asked for: the key tells it apart. Where it
     * is kept is found by asking.
     */
    async account(): Promise<KeyAccount> {
      const named = (host: string): KeyAccount => ({ id: '', name: VENDOR, isUnsaid: true, facts: { host } });
      const list: JsonCall = { path: '/forms', query: { page_size: 1 } };
      if (known !== undefined) {
        await call(list, listedFormsSchema);
        return named(known);
      }
      for (const host of HOSTS) {
        try {
          readAnswer(listedFormsSchema, (await at(host)(list)).body, VENDOR);
          return named(host);
        } catch (thrown) {
          const error = asLiaisonError(thrown);
          if (error.kind !== 'reconnect' || host === HOSTS.at(-1)) throw error;
        }
      }
      throw failure('reconnect', VENDOR);
    },

    async forms(): Promise<{ id: string; title: string }[]> {
      const all: { id: string; title: string }[] = [];
      for (let page = 1; page <= MOST_FORM_PAGES; page += 1) {
        const query = { page, page_size: FORMS_PAGE };
        const { data } = await call({ path: '/forms', query }, listedFormsSchema);
        all.push(...data.items);
        if (page >= data.page_count || data.items.length === 0) break;
      }
      return all;
    },

    /** Null: there is none of it (any more). */
    form: (id: string): Promise<TypeformForm | null> =>
      ifGone(async () => (await call({ path: path(id) }, formSchema)).data, null),

    /**
     * Answers that were sent from a moment on, the newest first, and what time Typeform has. What was sent in the last
     * half hour may be missing.
     */
    async responses(
      form: string,
      wish: { readonly since?: string; readonly before?: string; readonly most: number },
    ): Promise<{ items: ListedResponse[]; at: number | null }> {
      const { since, before, most } = wish;
      const query = { page_size: most, since, before, completed: 'true' };
      const { data, time } = await call({ path: path(form, '/responses'), query }, responsesSchema);
      return { items: data.items, at: time };
    },

    /** What somebody uploaded, by the address that an answer has of it. */
    file: (address: string): Promise<FetchedFile> => uploadedFile(http, address),

    webhooks: (form: string): Promise<TypeformWebhook[]> =>
      ifGone(async () => (await call({ path: path(form, '/webhooks') }, webhooksSchema)).data.items, []),

    /** Made or changed: the same for the same tag. */
    async keepWebhook(form: string, tag: string, wish: { url: string; secret: string }): Promise<void> {
      const json = { ...wish, enabled: true, verify_ssl: true };
      await call(
        { method: 'PUT', path: path(form, `/webhooks/${encodeURIComponent(tag)}`), json },
        webhookSchema,
      );
    },

    deleteWebhook: (form: string, tag: string): Promise<void> =>
      ifGone(async () => {
        await ask({ method: 'DELETE', path: path(form, `/webhooks/${encodeURIComponent(tag)}`) });
      }, undefined),
  };
}

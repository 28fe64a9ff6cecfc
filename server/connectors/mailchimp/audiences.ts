import { everyPage, type MailchimpApi, memberPath, PAGE } from './request.ts';
import {
  type Audience,
  audiencesSchema,
  type MergeField,
  mergeFieldsSchema,
  type Tag,
  taggedSchema,
  tagSchema,
  tagsSchema,
  type Webhook,
  webhookSchema,
  webhooksSchema,
} from './shapes.ts';

/** The switches of a webhook. */
export interface WebhookWish {
  readonly url: string;
  readonly events: Readonly<Record<string, boolean>>;
  readonly sources: Readonly<Record<string, boolean>>;
}

const listPath = (audience: string): string => `/lists/${encodeURIComponent(audience)}`;

/** Audiences with their fields, tags and webhooks. https://mailchimp.com/developer/marketing/api/lists/ */
export function audienceCalls(api: MailchimpApi) {
  return {
    listAudiences: (): Promise<Audience[]> =>
      everyPage(async (offset) => {
        const fields = 'lists.id,lists.name,lists.stats.member_count,total_items';
        const answer = await api({ path: '/lists', query: { count: PAGE, offset, fields } }, audiencesSchema);
        return { items: answer.lists, total: answer.total_items };
      }),

    listMergeFields: (audience: string): Promise<MergeField[]> =>
      everyPage(async (offset) => {
        const path = `${listPath(audience)}/merge-fields`;
        const answer = await api({ path, query: { count: PAGE, offset } }, mergeFieldsSchema);
        return { items: answer.merge_fields, total: answer.total_items };
      }),

    /** Every tag of the audience. Tags are segments with a fixed set of members. */
    listTags: (audience: string): Promise<Tag[]> =>
      everyPage(async (offset) => {
        const fields = 'segments.id,segments.name,total_items';
        const query = { type: 'static', count: PAGE, offset, fields };
        const answer = await api({ path: `${listPath(audience)}/segments`, query }, tagsSchema);
        return { items: answer.segments, total: answer.total_items };
      }),

    createTag: (audience: string, name: string): Promise<Tag> =>
      api(
        { method: 'POST', path: `${listPath(audience)}/segments`, json: { name, static_segment: [] } },
        tagSchema,
      ),

    /** Puts a tag on up to 500 members and takes it off as many, by their addresses. Repeating it changes nothing. */
    async tagMembers(
      audience: string,
      tagId: number,
      { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
    ): Promise<void> {
      await api(
        {
          method: 'POST',
          path: `${listPath(audience)}/segments/${tagId}`,
          json: { members_to_add: add, members_to_remove: remove },
        },
        taggedSchema,
      );
    },

    /** Sets tags of one member; those that are not named stay as they are. */
    setTags: (
      audience: string,
      id: string,
      { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
    ): Promise<void> =>
      api({
        method: 'POST',
        path: `${memberPath(audience, id)}/tags`,
        json: {
          tags: [
            ...add.map((name) => ({ name, status: 'active' })),
            ...remove.map((name) => ({ name, status: 'inactive' })),
          ],
        },
      }),

    async listWebhooks(audience: string): Promise<Webhook[]> {
      return (await api({ path: `${listPath(audience)}/webhooks` }, webhooksSchema)).webhooks;
    },

    createWebhook: (audience: string, wish: WebhookWish): Promise<Webhook> =>
      api({ method: 'POST', path: `${listPath(audience)}/webhooks`, json: wish }, webhookSchema),

    changeWebhook: (audience: string, id: string, wish: WebhookWish): Promise<Webhook> =>
      api(
        { method: 'PATCH', path: `${listPath(audience)}/webhooks/${encodeURIComponent(id)}`, json: wish },
        webhookSchema,
      ),

    deleteWebhook: (audience: string, id: string): Promise<void> =>
      api({ method: 'DELETE', path: `${listPath(audience)}/webhooks/${encodeURIComponent(id)}` }),
  };
}

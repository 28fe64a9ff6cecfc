import { z } from 'zod';

/** What is read of Notion's answers: https://developers.notion.com/reference/intro . */

export const richText = z.array(z.object({ plain_text: z.string().catch('') })).catch([]);
export const plainText = (items: z.output<typeof richText>): string =>
  items.map(({ plain_text: text }) => text).join('');

const options = z.object({ options: z.array(z.object({ name: z.string() })).catch([]) });

export const propertySchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  select: options.optional().catch(undefined),
  multi_select: options.optional().catch(undefined),
  status: options.optional().catch(undefined),
  number: z.object({ format: z.string() }).optional().catch(undefined),
  relation: z.object({ data_source_id: z.string() }).optional().catch(undefined),
});

/** One without read access is told by its id alone. */
export const dataSourceSchema = z.object({
  object: z.literal('data_source'),
  id: z.string(),
  title: richText.optional(),
  properties: z.record(z.string(), propertySchema).optional(),
  in_trash: z.boolean().catch(false),
  parent: z.object({ database_id: z.string().optional() }).optional().catch(undefined),
});

export const databaseSchema = z.object({
  id: z.string(),
  title: richText.optional(),
  data_sources: z.array(z.object({ id: z.string(), name: z.string().catch('') })).optional(),
});

export const pageSchema = z.object({
  object: z.literal('page'),
  id: z.string(),
  url: z.string().optional(),
  in_trash: z.boolean().catch(false),
  created_time: z.string().catch(''),
  last_edited_time: z.string().catch(''),
  properties: z.record(z.string(), z.unknown()).catch({}),
  parent: z.looseObject({ data_source_id: z.string().optional() }).optional().catch(undefined),
});

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ results: z.array(item), next_cursor: z.string().nullish(), has_more: z.boolean().catch(false) });

export const userSchema = z.object({
  id: z.string(),
  type: z.string().optional(),
  name: z.string().nullish(),
  person: z.object({ email: z.string().optional() }).optional().catch(undefined),
  bot: z
    .object({
      workspace_id: z.string().optional(),
      workspace_name: z.string().nullish(),
      owner: z
        .object({
          user: z
            .object({
              name: z.string().nullish(),
              person: z.object({ email: z.string().optional() }).optional(),
            })
            .optional(),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

import { z } from 'zod';

/** A field of a form; those of a group stand within it. */
export interface TypeformField {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly within: readonly TypeformField[];
}

/** https://www.typeform.com/developers/create/reference/retrieve-form/ */
const fieldSchema: z.ZodType<TypeformField> = z.lazy(() =>
  z
    .object({
      id: z.union([z.string(), z.number()]).transform(String),
      title: z.string().catch(''),
      type: z.string().catch(''),
      properties: z
        .object({ fields: z.array(fieldSchema).catch([]) })
        .partial()
        .catch({}),
    })
    .transform(({ properties, ...field }) => ({ ...field, within: properties.fields ?? [] })),
) as z.ZodType<TypeformField>;

export const formSchema = z.object({
  id: z.string(),
  title: z.string().catch(''),
  fields: z.array(fieldSchema).catch([]),
  hidden: z.array(z.string()).catch([]),
});
export type TypeformForm = z.output<typeof formSchema>;

export const listedFormsSchema = z.object({
  total_items: z.number().catch(0),
  page_count: z.number().catch(1),
  items: z.array(z.object({ id: z.string(), title: z.string().catch('') })),
});

/** An answer with its value under the name of its type. */
export const answerSchema = z.looseObject({
  type: z.string().catch(''),
  field: z.object({
    id: z.union([z.string(), z.number()]).transform(String),
    type: z.string().catch(''),
    ref: z.string().optional().catch(undefined),
    title: z.string().optional().catch(undefined),
  }),
});
export type TypeformAnswer = z.output<typeof answerSchema>;

const titled = z.object({ id: z.string(), title: z.string().catch('') });

/** What was sent, as deliveries and the list of responses have it. */
export const responseSchema = z.looseObject({
  form_id: z.string().optional(),
  token: z.string().min(1),
  submitted_at: z.string().nullish(),
  hidden: z.record(z.string(), z.unknown()).nullish().catch(null),
  calculated: z.object({ score: z.number() }).partial().nullish().catch(null),
  variables: z
    .array(z.looseObject({ key: z.string() }))
    .nullish()
    .catch(null),
  answers: z.array(answerSchema).nullish().catch(null),
  ending: z.looseObject({ id: z.string() }).nullish().catch(null),
  definition: z
    .object({
      id: z.string().optional(),
      title: z.string().catch(''),
      fields: z.array(fieldSchema).catch([]),
      endings: z.array(titled).optional().catch(undefined),
      hidden: z.array(z.string()).optional().catch(undefined),
    })
    .nullish()
    .catch(null),
});

export const deliverySchema = z.object({
  event_type: z.string().catch('form_response'),
  form_response: responseSchema,
});

/** In the list of responses one is named by either. https://www.typeform.com/developers/responses/reference/retrieve-responses/ */
const listedResponseSchema = z
  .looseObject({ response_id: z.string().optional(), token: z.string().optional(), submitted_at: z.string() })
  .transform((one) => ({ ...one, token: one.response_id ?? one.token ?? '' }));

export const responsesSchema = z.object({
  total_items: z.number(),
  page_count: z.number().catch(1),
  items: z.array(listedResponseSchema),
});

export const webhookSchema = z.object({
  id: z.string().catch(''),
  form_id: z.string().catch(''),
  tag: z.string(),
  url: z.string(),
  enabled: z.boolean(),
});
export type TypeformWebhook = z.output<typeof webhookSchema>;

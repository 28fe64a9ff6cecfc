import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { announce, respond } from './respond.ts';
import { type FormRow, typeformTables } from './rows.ts';
import { REQUEST_FORM } from './seed.ts';

const form = z.string().default(REQUEST_FORM.id);
const text = z.string().min(1);

const wishes = z.discriminatedUnion('act', [
  /** `answers` by the refs of the questions; `raw`: further ones in Typeform's own form; `unheard`: no webhook arrives. */
  z.strictObject({
    act: z.literal('answer'),
    form,
    answers: z.record(z.string(), z.unknown()),
    hidden: z.record(z.string(), z.string()).default({}),
    score: z.number().optional(),
    raw: z.array(z.record(z.string(), z.unknown())).default([]),
    /** By the refs of the questions that take one. */
    uploads: z
      .record(
        z.string(),
        z.strictObject({
          name: z.string(),
          contentType: z.string().default('application/pdf'),
          text: z.string(),
        }),
      )
      .default({}),
    unheard: z.boolean().default(false),
  }),
  /** The last answer is delivered once more; `partial`: as one that is not sent yet. */
  z.strictObject({ act: z.literal('again'), form, partial: z.boolean().default(false) }),
  z.strictObject({ act: z.literal('rename'), form, ref: text, title: text }),
  z.strictObject({ act: z.literal('add'), form, ref: text, title: text, type: text }),
  z.strictObject({ act: z.literal('remove'), form, ref: text }),
  z.strictObject({ act: z.literal('switch-off-webhooks') }),
]);

/**
 * What people do: `answer`, `again`, and the form's owner: `rename`, `add`, `remove`, `switch-off-webhooks`.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new Error(`Typeform does not know this act: ${issue?.path.join('.') || 'act'}: ${issue?.message}.`);
  }
  const { forms, responses, webhooks } = typeformTables(desk);
  const wanted = asked.data;
  if (wanted.act === 'switch-off-webhooks') {
    for (const row of webhooks.all()) webhooks.put(`${row.form_id} ${row.tag}`, { ...row, enabled: false });
    return {};
  }
  const held = forms.get(wanted.form);
  if (held === undefined) throw new Error(`There is no form ${wanted.form}.`);
  if (wanted.act === 'answer') {
    const { answers, hidden, raw, uploads, unheard, score } = wanted;
    const more = score === undefined ? {} : { score };
    return { response: respond(desk, held, { answers, hidden, raw, uploads, unheard, ...more }) };
  }
  if (wanted.act === 'again') {
    const last = responses.all().findLast((row) => row.form === held.id);
    if (last === undefined) throw new Error('Nobody has answered this form yet.');
    announce(desk, held, last, wanted.partial ? 'form_response_partial' : 'form_response');
    return { response: last };
  }
  return { form: forms.put(held.id, { ...held, fields: changed(desk, held, wanted) }) };
}

function changed(
  desk: VendorDesk,
  { fields }: FormRow,
  wanted: Extract<z.output<typeof wishes>, { act: 'rename' | 'add' | 'remove' }>,
): FormRow['fields'] {
  const { ref } = wanted;
  if (wanted.act === 'add')
    return [...fields, { id: desk.id('', 12), ref, title: wanted.title, type: wanted.type }];
  if (!fields.some((one) => one.ref === ref)) throw new Error(`The form has no question ${ref}.`);
  if (wanted.act === 'remove') return fields.filter((one) => one.ref !== ref);
  return fields.map((one) => (one.ref === ref ? { ...one, title: wanted.title } : one));
}

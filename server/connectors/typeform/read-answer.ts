import type { FieldValue } from '../../core/cells/cell.ts';
import type { FormAnswer, FormField, FormFieldKind, FormValue } from '../../core/forms/answer.ts';
import type { ToldAnswer } from '../../core/forms/offer.ts';
import type { Sentence } from '../../core/sentence.ts';
import { deliverySchema, type TypeformAnswer, type TypeformField, type TypeformForm } from './shapes.ts';

/**
 * What each type of question takes; of 2016 on, also under the names of then.
 * https://www.typeform.com/developers/create/reference/retrieve-form/
 */
const KINDS: Readonly<Record<string, FormFieldKind>> = {
  short_text: 'text',
  long_text: 'text',
  textfield: 'text',
  textarea: 'text',
  email: 'email',
  phone_number: 'phone',
  number: 'number',
  rating: 'number',
  opinion_scale: 'number',
  'opinion-scale': 'number',
  nps: 'number',
  yes_no: 'boolean',
  'yes-no': 'boolean',
  legal: 'boolean',
  terms: 'boolean',
  date: 'date',
  dropdown: 'choice',
  multiple_choice: 'choice',
  picture_choice: 'choice',
  list: 'choice',
  ranking: 'choices',
  website: 'url',
  file_upload: 'file',
  fileupload: 'file',
  payment: 'payment',
};
/** What holds other questions, or asks nothing. */
const HOLDERS = new Set(['group', 'contact_info', 'address', 'inline_group', 'matrix']);
const SILENT = new Set(['statement']);

/** Questions of groups by themselves: answers name them, and never the group. */
const flat = (fields: readonly TypeformField[]): TypeformField[] =>
  fields.flatMap((field) =>
    HOLDERS.has(field.type) && field.within.length > 0
      ? flat(field.within).map((inner) => ({
          ...inner,
          // A row of a matrix means nothing without its question.
          title: field.type === 'matrix' ? `${field.title}: ${inner.title}` : inner.title,
        }))
      : [field],
  );

const HIDDEN = 'hidden:';
const VARIABLE = 'variable:';
const told = (name: string, titles: Sentence, kind: FormFieldKind = 'text'): FormField => ({
  ...{ key: `told:${name}`, title: titles.en, titles, kind, origin: 'told' },
});
const FORM = told('form', { en: 'Form', fr: 'Formulaire' });
const SCORE = told('score', { en: 'Score', fr: 'Score' }, 'number');
const ENDING = told('ending', { en: 'Ending', fr: 'Écran de fin' });

const questionOf = ({ id, title, type }: TypeformField): FormField => ({
  ...{ key: id, title: title || id, kind: KINDS[type] ?? 'other', origin: 'question' },
});
const hiddenOf = (name: string): FormField => ({
  ...{ key: `${HIDDEN}${name}`, title: name, kind: 'text', origin: 'hidden' },
});

/** What a mapping can be made from: every question, the hidden fields, and what Typeform itself says. */
export const fieldsOfForm = ({ fields, hidden }: TypeformForm): FormField[] => [
  ...questionsOf(fields),
  ...hidden.map(hiddenOf),
  ...[FORM, SCORE, ENDING],
];

const questionsOf = (fields: readonly TypeformField[]): FormField[] =>
  flat(fields)
    .filter(({ type }) => !SILENT.has(type))
    .map(questionOf);

const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** What is chosen and what was written beside it; null: nothing. */
const chosen = (value: unknown): string | null => {
  const { label, other } = record(value);
  return text(label) ?? text(other);
};

/** https://www.typeform.com/developers/webhooks/example-payload/ */
const READERS: Readonly<Record<string, (value: unknown) => FieldValue | null>> = {
  text,
  email: text,
  phone_number: text,
  url: text,
  file_url: text,
  date: (value) => text(value)?.replace(/T00:00:00(\.0+)?Z?$/, '') ?? null,
  number: (value) => (typeof value === 'number' ? value : null),
  boolean: (value) => (typeof value === 'boolean' ? value : null),
  choice: chosen,
  choices(value) {
    const { labels, other } = record(value);
    const all = [...list(labels), ...(text(other) === null ? [] : [String(other)])];
    return all.length === 0 ? null : all;
  },
  payment(value) {
    const { amount, name, last4, success } = record(value);
    const parts = [text(amount), text(name), text(last4) === null ? null : `•••• ${last4}`];
    const said = parts.filter((part) => part !== null).join(', ');
    return said === '' || success === false ? null : said;
  },
};

/** The leaves of what nobody here knows: better shown than lost. */
function leaves(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return value === null || value === undefined || value === '' ? [] : [String(value)];
}

const read = (answer: TypeformAnswer): FieldValue | null => {
  const value = answer[answer.type];
  const reader = READERS[answer.type];
  if (reader !== undefined) return reader(value);
  const all = leaves(value);
  return all.length === 0 ? null : all.join(', ');
};

/** An answer of a delivery, or of the list of responses; null: it is none. */
export function readAnswer({ body }: Pick<ToldAnswer, 'body'>): FormAnswer | null {
  const delivery = deliverySchema.safeParse(body).data;
  if (delivery === undefined || delivery.event_type !== 'form_response') return null;
  const {
    token,
    submitted_at: at,
    answers,
    hidden,
    calculated,
    variables,
    ending,
    definition,
  } = delivery.form_response;
  const fields = definition ? questionsOf(definition.fields) : [];
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const values: FormValue[] = [];
  const add = (field: FormField, value: FieldValue | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') values.push({ ...field, value });
  };
  for (const answer of answers ?? []) {
    const { id, title, ref, type } = answer.field;
    const known = byKey.get(id);
    const usual = questionOf({ id, title: title ?? ref ?? id, type, within: [] });
    const field = known ?? usual;
    // An answer of several is told by the answer: the question’s type is the same for both.
    const kind =
      answer.type === 'choices' ? 'choices' : answer.type === 'phone_number' ? 'phone' : field.kind;
    add({ ...field, kind }, read(answer));
  }
  for (const [name, value] of Object.entries(hidden ?? {})) add(hiddenOf(name), leaves(value).join(', '));
  for (const variable of variables ?? []) {
    const { key, type } = variable as { readonly key: string; readonly type?: unknown };
    const value = variable[String(type)];
    if (key === 'score') continue;
    const isNumber = typeof value === 'number';
    const field = {
      key: `${VARIABLE}${key}`,
      title: key,
      kind: isNumber ? 'number' : 'text',
      origin: 'told',
    } as const;
    add(field, isNumber ? value : text(value));
  }
  const scored = variables?.find(({ key }) => key === 'score')?.number;
  const score = typeof scored === 'number' ? scored : calculated?.score;
  if (score !== 0) add(SCORE, score);
  add(ENDING, definition?.endings?.find(({ id }) => id === ending?.id)?.title);
  add(FORM, definition?.title);
  return {
    id: token,
    form: definition?.title || null,
    at: at ?? null,
    values,
    fields: definition
      ? [...fields, ...(definition.hidden ?? Object.keys(hidden ?? {})).map(hiddenOf)]
      : null,
  };
}

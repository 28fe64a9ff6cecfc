import type { VendorDesk } from '../core/simulator.ts';
import {
  type FieldRow,
  type FormRow,
  momentText,
  type ResponseRow,
  typeformTables,
  type UploadRow,
} from './rows.ts';

export interface Responding {
  /** By the ref of the question; a list for several choices; `{ other }` for one that is not offered. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly score?: number;
  /** Answers in Typeform's own form, beside those: types that came later. */
  readonly raw?: readonly object[];
  /** By the ref of the question. */
  readonly uploads?: Readonly<Record<string, UploadRow & { readonly name: string }>>;
  /** Nobody is told: the webhook was lost on its way. */
  readonly unheard?: boolean;
}

/** Under which name a value stands, by the type of its question. https://www.typeform.com/developers/webhooks/example-payload/ */
function typedValue({ type, several }: FieldRow, value: unknown): object {
  switch (type) {
    case 'email':
      return { type: 'email', email: String(value) };
    case 'phone_number':
      return { type: 'phone_number', phone_number: String(value) };
    case 'number':
    case 'rating':
    case 'opinion_scale':
    case 'nps':
      return { type: 'number', number: Number(value) };
    case 'yes_no':
    case 'legal':
      return { type: 'boolean', boolean: value === true };
    case 'date':
      return { type: 'date', date: String(value) };
    case 'website':
      return { type: 'url', url: String(value) };
    case 'file_upload':
      return { type: 'file_url', file_url: String(value) };
    case 'payment':
      return { type: 'payment', payment: value };
    case 'dropdown':
    case 'multiple_choice':
    case 'picture_choice':
      return several === true
        ? { type: 'choices', choices: choices(value) }
        : { type: 'choice', choice: choice(value) };
    default:
      return { type: 'text', text: String(value) };
  }
}

const choice = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : { label: String(value) };
const choices = (value: unknown): object =>
  Array.isArray(value) ? { labels: value.map(String) } : choice(value);

/** Somebody sends an answer. */
export function respond(desk: VendorDesk, form: FormRow, wish: Responding): ResponseRow {
  const now = desk.clock();
  const token = desk.id('', 32).toLowerCase();
  const uploaded = Object.entries(wish.uploads ?? {}).map(([ref, { name, ...upload }]) => {
    const field = form.fields.find((one) => one.ref === ref)?.id ?? ref;
    const own = `${desk.id('', 12).toLowerCase()}-${name}`;
    const path = `/forms/${form.id}/responses/${token}/fields/${field}/files/${own}`;
    typeformTables(desk).uploads.put(path, upload);
    return [ref, `https://api.typeform.com${encodeURI(path)}`] as const;
  });
  const answered: Responding['answers'] = { ...wish.answers, ...Object.fromEntries(uploaded) };
  const row: ResponseRow = {
    token,
    form: form.id,
    landed_at: momentText(new Date(now.getTime() - 90_000)),
    submitted_at: momentText(now),
    hidden: Object.fromEntries(form.hidden.map((name) => [name, wish.hidden?.[name] ?? ''])),
    answers: [
      // What was skipped is not there.
      ...form.fields.flatMap((field) => {
        const value = answered[field.ref];
        if (value === undefined || value === '') return [];
        const { id, ref, type } = field;
        return [{ ...typedValue(field, value), field: { id, ref, type } }];
      }),
      ...(wish.raw ?? []),
    ],
    score: wish.score ?? null,
  };
  typeformTables(desk).responses.put(row.token, row);
  if (wish.unheard !== true) announce(desk, form, row);
  return row;
}

/** Tells those who listen, under another number of the event each time. */
export function announce(desk: VendorDesk, form: FormRow, row: ResponseRow, type = 'form_response'): void {
  const event = {
    event_id: desk.id('', 26),
    event_type: type,
    form_response: {
      form_id: form.id,
      token: row.token,
      landed_at: row.landed_at,
      submitted_at: row.submitted_at,
      ...(form.hidden.length === 0 ? {} : { hidden: row.hidden }),
      ...(row.score === null
        ? {}
        : {
            calculated: { score: row.score },
            variables: [{ key: 'score', type: 'number', number: row.score }],
          }),
      definition: {
        id: form.id,
        title: form.title,
        fields: form.fields.map(definedField),
        endings: [{ id: 'DefaultTyScreen', ref: 'default_tys', title: 'Merci !', type: 'thankyou_screen' }],
      },
      answers: row.answers,
      ending: { id: 'DefaultTyScreen', ref: 'default_tys' },
    },
  };
  for (const webhook of typeformTables(desk).webhooks.all()) {
    if (webhook.form_id !== form.id || !webhook.enabled) continue;
    desk.deliver({
      url: webhook.url,
      sign:
        webhook.secret === null
          ? { scheme: 'none', secret: '' }
          : { scheme: 'typeform-signature', secret: webhook.secret },
      contentType: 'application/json',
      body: JSON.stringify(event),
      topic: type,
      subscription: webhook.id,
      headers: { 'User-Agent': 'Typeform Webhooks' },
    });
  }
}

const definedField = ({ id, ref, title, type, choices: offered, several }: FieldRow): object => ({
  ...{ id, ref, title, type },
  ...(offered === undefined
    ? {}
    : {
        allow_multiple_selections: several === true,
        allow_other_choice: false,
        choices: offered.map((label, index) => ({ id: `${id.slice(0, 10)}${index}`, label })),
      }),
  properties: {},
});

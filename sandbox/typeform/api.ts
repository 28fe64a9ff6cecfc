import { isLocalAddress } from '../core/oauth-clients.ts';
import { rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../kit/api.ts';
import { jsonBody, type Members } from '../kit/json-body.ts';
import { Refusal, type Reply } from '../kit/refusal.ts';
import {
  type FieldRow,
  type FormRow,
  momentText,
  personalToken,
  type ResponseRow,
  typeformTables,
  type WebhookRow,
} from './rows.ts';

export interface Operation extends Endpoint {
  run(incoming: Incoming): Reply;
}

/** https://www.typeform.com/developers/responses/errors/ */
export const problem = (status: number, code: string, description: string): Refusal =>
  new Refusal(status, description, { code, description });
const noForm = () => problem(404, 'FORM_NOT_FOUND', 'Form not found');
const invalid = (field: string, description: string): Refusal =>
  new Refusal(400, description, {
    code: 'VALIDATION_ERROR',
    description: 'validation error',
    details: [{ code: 'INVALID', description, field, in: 'body' }],
  });

const MOST_RESPONSES = 1_000;
/** https://www.typeform.com/developers/get-started/#rate-limits */
const RATE = { perSecond: 2, burst: 4 };
const TAG = /^[A-Za-z0-9_-]{1,128}$/;

function formIn({ desk, path }: Incoming): FormRow {
  const form = typeformTables(desk).forms.get(path.form ?? '');
  if (form === undefined) throw noForm();
  return form;
}

function count(query: URLSearchParams, name: string, usual: number, most: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw problem(400, 'VALIDATION_ERROR', `${name} must be between 1 and ${most}`);
  return number;
}

const createdField = ({ id, ref, title, type, choices, several }: FieldRow): object => ({
  ...{ id, ref, title, type },
  properties:
    choices === undefined
      ? {}
      : {
          allow_multiple_selection: several === true,
          choices: choices.map((label, index) => ({ id: `${id.slice(0, 10)}${index}`, label })),
        },
  validations: { required: type === 'email' },
});

const responseView = (row: ResponseRow): object => ({
  landing_id: row.token,
  token: row.token,
  response_id: row.token,
  landed_at: row.landed_at,
  submitted_at: row.submitted_at,
  metadata: { user_agent: 'Mozilla/5.0', platform: 'other', referer: 'https://atelier-lumen.example/devis' },
  hidden: row.hidden,
  ...(row.score === null ? {} : { calculated: { score: row.score } }),
  answers: row.answers,
});

/** A moment of the query: ISO 8601, or seconds of the epoch. */
function momentIn(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const at = /^\d{9,11}$/.test(text)
    ? Number(text) * 1_000
    : Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(at)) throw problem(400, 'VALIDATION_ERROR', `${name} is no date`);
  return at;
}

function responses(incoming: Incoming): Reply {
  const { desk, query } = incoming;
  const form = formIn(incoming);
  const size = count(query, 'page_size', 25, MOST_RESPONSES);
  const [since, until] = [momentIn(query, 'since'), momentIn(query, 'until')];
  const before = query.get('before');
  if (before !== null && query.has('sort'))
    throw problem(400, 'VALIDATION_ERROR', 'before/after and sort cannot be used together');
  const visible = desk.clock().getTime() - desk.lagMs();
  const all = typeformTables(desk)
    .responses.all()
    .filter(({ form: of, submitted_at: at }) => {
      const sent = Date.parse(at);
      return (
        of === form.id &&
        (since === null || sent >= since) &&
        (until === null || sent <= until) &&
        (desk.lagMs() === 0 || sent <= visible)
      );
    })
    .toReversed()
    .sort((one, other) => other.submitted_at.localeCompare(one.submitted_at));
  const from = before === null ? 0 : all.findIndex(({ token }) => token === before) + 1;
  if (before !== null && from === 0)
    throw problem(400, 'VALIDATION_ERROR', 'before is no token of this form');
  const items = all.slice(from, from + size);
  const left = all.length - from;
  return {
    body: {
      total_items: left,
      page_count: Math.max(1, Math.ceil(left / size)),
      items: items.map(responseView),
    },
  };
}

const webhookView = ({ secret: _secret, ...row }: WebhookRow): object => row;
const idOf = (form: string, tag: string): string => `${form} ${tag}`;

function keepWebhook(incoming: Incoming): Reply {
  const { desk, path } = incoming;
  const form = formIn(incoming);
  const tag = path.tag ?? '';
  if (!TAG.test(tag)) throw problem(400, 'VALIDATION_ERROR', 'tag is invalid');
  const body: Members = jsonBody(incoming.request, () =>
    problem(400, 'VALIDATION_ERROR', 'body must be a JSON object'),
  );
  const { webhooks } = typeformTables(desk);
  const known = webhooks.get(idOf(form.id, tag));
  const url = String(body.url ?? '');
  if (!URL.canParse(url) || (!url.startsWith('https://') && !isLocalAddress(url)))
    throw invalid('url', 'url must be a valid https address');
  if (body.enabled !== undefined && typeof body.enabled !== 'boolean')
    throw invalid('enabled', 'enabled must be a boolean');
  const now = momentText(desk.clock());
  const row: WebhookRow = {
    id: known?.id ?? desk.id('', 26),
    form_id: form.id,
    tag,
    url,
    enabled: body.enabled === true,
    secret: typeof body.secret === 'string' ? body.secret : (known?.secret ?? null),
    verify_ssl: body.verify_ssl !== false,
    created_at: known?.created_at ?? now,
    updated_at: now,
  };
  webhooks.put(idOf(form.id, tag), row);
  const action = known === undefined ? 'create' : 'update';
  desk.wrote({
    operation: 'PUT webhooks',
    object: 'webhook',
    id: row.id,
    action,
    marker: tag,
    record: webhookView(row),
  });
  return { body: webhookView(row) };
}

const held = (incoming: Incoming): WebhookRow => {
  const { desk, path } = incoming;
  const row = typeformTables(desk).webhooks.get(idOf(formIn(incoming).id, path.tag ?? ''));
  if (row === undefined) throw problem(404, 'NOT_FOUND', 'Webhook not found');
  return row;
};

const operations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/forms',
    run({ desk, query }) {
      const size = count(query, 'page_size', 10, 200);
      const page = count(query, 'page', 1, 10_000);
      const all = typeformTables(desk).forms.all();
      const now = momentText(desk.clock());
      const items = all.slice((page - 1) * size, page * size).map(({ id, title }) => ({
        ...{ id, type: 'quiz', title, last_updated_at: now, created_at: now },
        settings: { is_public: true, is_trial: false },
        self: { href: `https://api.typeform.com/forms/${id}` },
        theme: { href: 'https://api.typeform.com/themes/default' },
        _links: {
          display: `https://atelier-lumen.typeform.com/to/${id}`,
          responses: `https://api.typeform.com/forms/${id}/responses`,
        },
      }));
      return { body: { total_items: all.length, page_count: Math.ceil(all.length / size), items } };
    },
  },
  {
    method: 'GET',
    path: '/forms/{form}',
    run(incoming) {
      const { id, title, fields, hidden } = formIn(incoming);
      return {
        body: {
          ...{ id, title, language: 'fr', fields: fields.map(createdField), hidden },
          thankyou_screens: [{ ref: 'default_tys', title: 'Merci !', properties: { show_button: false } }],
          _links: { display: `https://atelier-lumen.typeform.com/to/${id}` },
        },
      };
    },
  },
  { method: 'GET', path: '/forms/{form}/responses', run: responses },
  {
    // https://www.typeform.com/developers/responses/reference/retrieve-response-file/
    method: 'GET',
    path: '/forms/{form}/responses/{response}/fields/{field}/files/{name}',
    run({ desk, path: { form = '', response = '', field = '', name = '' } }) {
      const path = `/forms/${form}/responses/${response}/fields/${field}/files/${name}`;
      const upload = typeformTables(desk).uploads.get(path);
      if (upload === undefined) throw problem(404, 'NOT_FOUND', 'File not found');
      return { headers: { 'content-type': upload.contentType }, body: upload.text };
    },
  },
  {
    method: 'GET',
    path: '/forms/{form}/webhooks',
    run(incoming) {
      const { id } = formIn(incoming);
      const own = typeformTables(incoming.desk)
        .webhooks.all()
        .filter(({ form_id: form }) => form === id);
      return { body: { items: own.map(webhookView) } };
    },
  },
  {
    method: 'GET',
    path: '/forms/{form}/webhooks/{tag}',
    run: (incoming) => ({ body: webhookView(held(incoming)) }),
  },
  { method: 'PUT', path: '/forms/{form}/webhooks/{tag}', run: keepWebhook },
  {
    method: 'DELETE',
    path: '/forms/{form}/webhooks/{tag}',
    run(incoming) {
      const row = held(incoming);
      const { desk } = incoming;
      typeformTables(desk).webhooks.delete(idOf(row.form_id, row.tag));
      const record = webhookView(row);
      desk.wrote({
        operation: 'DELETE webhooks',
        object: 'webhook',
        id: row.id,
        action: 'delete',
        marker: row.tag,
        record,
      });
      return { status: 204 };
    },
  },
];

/** Token, limit, work. */
export function typeformApi(desk: VendorDesk): Api<Operation> {
  const limit = rateLimit(desk, RATE);
  return {
    operations,
    admit({ request }) {
      const [scheme = '', token = ''] = (request.get('authorization') ?? '').split(' ');
      if (scheme.toLowerCase() !== 'bearer' || token !== personalToken(desk))
        throw problem(
          401,
          'AUTHENTICATION_FAILED',
          'Authentication credentials not found on the Request Headers',
        );
      if (limit.take(token) > 0) throw problem(429, 'TOO_MANY_REQUESTS', 'Too many requests');
    },
    answer: (operation, incoming) => operation.run(incoming),
    unknown: () => problem(404, 'NOT_FOUND', 'Not found'),
    otherMethod: () => problem(405, 'METHOD_NOT_ALLOWED', 'Method not allowed'),
  };
}

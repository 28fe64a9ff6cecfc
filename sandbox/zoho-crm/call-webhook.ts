import type { Delivery, VendorDesk } from '../core/simulator.ts';
import type { Parameter, WebhookAction } from './automation-rows.ts';
import { fillMergeFields, insideJson } from './merge-fields.ts';
import type { CrmModule } from './modules.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  JSON: 'application/json',
  XML: 'application/xml',
  HTML: 'text/html',
  Text: 'text/plain',
};

/** Calls a webhook action for one record: URL, headers and body with their merge fields filled. */
export function callWebhook(
  desk: VendorDesk,
  webhook: WebhookAction,
  module: CrmModule,
  record: Readonly<Record<string, unknown>>,
): void {
  const fill = (text: string, escaped?: (value: string) => string): string =>
    fillMergeFields(text, module, record, escaped);
  const fields = (parameters: readonly Parameter[] = []): [string, string][] =>
    parameters.flatMap(({ name, value }) => (name ? [[name, fill(value ?? '')] as [string, string]] : []));

  const url = new URL(fill(webhook.url, encodeURIComponent));
  for (const [name, value] of urlParameters(webhook)) url.searchParams.append(name, fill(value));
  const { headers, body } = webhook;
  const format = body?.format ?? 'JSON';
  const raw = body?.type === 'raw';
  const form = body?.form_data_content;
  desk.deliver({
    url: url.href,
    method: webhook.http_method.toUpperCase() as NonNullable<Delivery['method']>,
    // The secret, where there is one, is one of the webhook's own headers.
    sign: { scheme: 'none', secret: '' },
    contentType: raw ? (CONTENT_TYPES[format] ?? 'text/plain') : 'application/x-www-form-urlencoded',
    headers: Object.fromEntries([
      ...fields(headers?.module_parameters),
      ...fields(headers?.custom_parameters),
    ]),
    body: raw
      ? fill(body?.raw_data_content ?? '', format === 'JSON' ? insideJson : undefined)
      : new URLSearchParams([
          ...fields(form?.module_parameters),
          ...fields(form?.custom_parameters),
          ...fields(form?.user_defined_parameter ? [form.user_defined_parameter] : []),
        ]).toString(),
    topic: `${module.apiName} · ${webhook.name}`,
  });
}

/** Given as an object of lists like the headers, or as plain names and values. */
function urlParameters(webhook: WebhookAction): [string, string][] {
  return Object.entries(webhook.url_parameters ?? {}).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.flatMap((one: Parameter) => (one.name ? [[one.name, one.value ?? ''] as [string, string]] : []))
      : typeof value === 'string'
        ? [[name, value] as [string, string]]
        : [],
  );
}

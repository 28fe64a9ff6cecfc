import { z } from 'zod';
import { isLocalAddress } from '../core/oauth-clients.ts';
import { ScenarioRefused } from '../core/scenario.ts';
import type { HeldSubscription, Simulator, VendorDesk } from '../core/simulator.ts';
import { empty, moment, rawRecord } from '../page/format.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import { formScenarios, type Visitor } from './form-scenarios.ts';

type ContentType = 'application/json' | 'application/x-www-form-urlencoded' | 'multipart/form-data';
type Value = string | number | boolean | readonly string[];

/** One answer, under the keys that the form's owner had chosen by then. */
export interface AnswerRow {
  readonly id: string;
  readonly at: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** What was uploaded: sent where forms are sent with their files. */
  readonly files?: readonly UploadRow[];
}

interface UploadRow {
  readonly field: string;
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
}

/** Where the form's owner has the answers sent. */
interface WebhookRow {
  readonly url: string;
  readonly secret: string;
  readonly contentType: ContentType;
}

interface KeysRow {
  /** What a question is sent as, by what it is at first. */
  readonly keys: Readonly<Record<string, string>>;
}

/** A tool that is never called: somebody enters an address there, and it sends each answer to it. */
export interface DeliveringTool {
  readonly vendor: string;
  readonly title: string;
  /** What the company calls its form. */
  readonly form: string;
  /** The header that carries the secret, as its owner enters it. */
  readonly carrier: string;
  readonly agent: string;
  readonly visitor: Visitor;
  /** A visitor's answer, in the keys that the form has at first. */
  filled(visitor: Visitor): Readonly<Record<string, Value>>;
  /** The question that a scenario renames: its key at first, and the one after. */
  readonly renamed: readonly [before: string, after: string];
}

const tables = (desk: VendorDesk) => ({
  answers: desk.table<AnswerRow>('answers'),
  webhook: desk.table<WebhookRow>('webhook', { kept: true }),
  keys: desk.table<KeysRow>('keys'),
  secrets: desk.table<{ readonly secret: string }>('secrets', { kept: true }),
});

const BOUNDARY = '----formBoundary7MA4YWxkTrZu0gW';
const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

/** Forms carry texts only: several choices stand in one, parted by commas. */
function written(
  contentType: ContentType,
  values: Readonly<Record<string, unknown>>,
  files: readonly UploadRow[],
): readonly [type: string, body: string] {
  if (contentType === 'application/json') return [contentType, JSON.stringify(values)];
  const fields = Object.entries(values).map(([key, value]) => [key, textOf(value)] as const);
  if (contentType === 'application/x-www-form-urlencoded')
    return [contentType, new URLSearchParams(fields.map(([key, value]) => [key, value])).toString()];
  const parts = fields.map(
    ([key, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  const uploads = files.map(
    ({ field, name, contentType: type, text }) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`,
  );
  const all = [...parts, ...uploads].join('');
  return [`${contentType}; boundary=${BOUNDARY}`, `${all}--${BOUNDARY}--\r\n`];
}

const wishes = z.discriminatedUnion('act', [
  /** The form's owner enters an address, and the header with the secret. */
  z.strictObject({
    act: z.literal('set-webhook'),
    url: z.string(),
    secret: z.string(),
    contentType: z
      .enum(['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      .default('application/json'),
  }),
  z.strictObject({
    act: z.literal('answer'),
    values: z.record(z.string(), z.unknown()),
    files: z
      .array(
        z.strictObject({
          field: z.string(),
          name: z.string(),
          contentType: z.string().default('application/pdf'),
          text: z.string(),
        }),
      )
      .default([]),
  }),
  z.strictObject({ act: z.literal('again') }),
  z.strictObject({ act: z.literal('rename'), key: z.string(), to: z.string() }),
]);

/** The simulator of such a tool, with its page and its scenarios. */
export function deliveringTool(tool: DeliveringTool): Simulator {
  const { vendor, title, carrier } = tool;

  function send(desk: VendorDesk, { values, files = [] }: AnswerRow): void {
    const webhook = tables(desk).webhook.get('own');
    if (webhook === undefined) return;
    const [contentType, body] = written(webhook.contentType, values, files);
    desk.deliver({
      url: webhook.url,
      sign: { scheme: 'secret-header', secret: webhook.secret, carrier },
      contentType,
      body,
      topic: 'answer',
      headers: { 'User-Agent': tool.agent },
    });
  }

  function answer(
    desk: VendorDesk,
    given: Readonly<Record<string, unknown>>,
    files: readonly UploadRow[] = [],
  ): AnswerRow {
    const { answers, keys } = tables(desk);
    const named = keys.get('own')?.keys ?? {};
    const values = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [named[key] ?? key, value]),
    );
    const row = { id: desk.id('', 16), at: desk.clock().toISOString(), values, files };
    answers.put(row.id, row);
    send(desk, row);
    return row;
  }

  function again(desk: VendorDesk): AnswerRow {
    const last = tables(desk).answers.all().at(-1);
    if (last === undefined) throw new ScenarioRefused('Nobody has answered this form yet.');
    send(desk, last);
    return last;
  }

  function rename(desk: VendorDesk, key: string, to: string): void {
    const { keys } = tables(desk);
    keys.put('own', { keys: { ...keys.get('own')?.keys, [key]: to } });
  }

  function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
    const asked = wishes.safeParse(wish);
    if (!asked.success) {
      const [issue] = asked.error.issues;
      throw new Error(
        `${title} does not know this act: ${issue?.path.join('.') || 'act'}: ${issue?.message}.`,
      );
    }
    const wanted = asked.data;
    switch (wanted.act) {
      case 'set-webhook': {
        const { url, secret, contentType } = wanted;
        if (!isLocalAddress(url)) throw new Error('The sandbox delivers to this machine only.');
        tables(desk).webhook.put('own', { url, secret, contentType });
        return {};
      }
      case 'answer':
        return { answer: answer(desk, wanted.values, wanted.files) };
      case 'again':
        return { answer: again(desk) };
      case 'rename':
        rename(desk, wanted.key, wanted.to);
        return {};
    }
  }

  return {
    vendor,
    title,
    realUrl: (path) => `https://${vendor}.example${path}`,
    seed: () => undefined,
    // Nothing is called there.
    routes: () => undefined,
    pages: pagesOf(tool),
    scenarios: formScenarios({
      ...{ id: vendor, title, vendor, visitor: tool.visitor, again },
      answer: (desk, visitor) => void answer(desk, tool.filled(visitor)),
      rename(desk) {
        const [first, after] = tool.renamed;
        const before = tables(desk).keys.get('own')?.keys[first] ?? first;
        const now = before === first ? after : first;
        rename(desk, first, now);
        return { before, now };
      },
    }),
    act,
    key(desk) {
      const { secrets } = tables(desk);
      const { secret } = secrets.get('own') ?? secrets.put('own', { secret: desk.id('', 32) });
      return JSON.stringify({ name: tool.form, secret });
    },
    webhooks: (desk): readonly HeldSubscription[] =>
      tables(desk)
        .webhook.all()
        .map(({ url, secret, contentType }) => ({
          ...{ id: 'own', vendor, url, secret, contentType, carrier },
          scheme: 'secret-header',
          topics: ['answer'],
        })),
  };
}

function pagesOf({ vendor, title, form }: DeliveringTool): VendorPages {
  const path = `/view/${vendor}`;
  return {
    place: { path, en: title, fr: title },
    mount(mount) {
      mount('get', path, (view) => {
        const desk = view.desk(vendor);
        if (!desk) return undefined;
        const rows = tables(desk).answers.all().toReversed().slice(0, 100);
        const said = ({ values }: AnswerRow): string =>
          Object.entries(values)
            .map(([key, value]) => `${key}: ${textOf(value)}`)
            .join(' · ');
        const columns = [
          { title: view.t('Answers', 'Réponses'), cell: said },
          { title: view.t('When', 'Quand'), cell: (row: AnswerRow) => moment(view, row.at) },
          { title: '', cell: (row: AnswerRow) => rawRecord(view, row.id, row) },
        ];
        return layout(view, {
          title: `${title} – ${form}`,
          rawOf: vendor,
          live:
            rows.length === 0
              ? empty(view.t('Nobody has answered yet.', 'Personne n’a encore répondu.'))
              : table(view.t('Answers', 'Réponses'), columns, rows, ({ id }) => id),
        });
      });
    },
  };
}

import { isLocalAddress } from '../core/oauth-clients.ts';
import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import type { Call, Operation } from './operation.ts';
import { invalid, MailchimpRefusal, notFound } from './problem.ts';
import { mailchimpTables, WEBHOOK_EVENTS, type WebhookRow } from './rows.ts';

const AT_MOST = 10;
const TRIED_FOR_MS = 10_000;
const SOURCES = ['user', 'admin', 'api'] as const;
const WEBHOOK = '/lists/{list}/webhooks/{webhook}';

/** https://mailchimp.com/developer/marketing/api/list-webhooks/ */
export const webhookOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/lists/{list}/webhooks',
    run({ desk, audience }) {
      const listId = audience().id;
      const rows = webhooksOf(desk, listId);
      return { webhooks: rows.map(shown), list_id: listId, total_items: rows.length };
    },
  },
  { method: 'POST', path: '/lists/{list}/webhooks', run: create },
  { method: 'GET', path: WEBHOOK, run: (call) => shown(found(call)) },
  { method: 'PATCH', path: WEBHOOK, run: change },
  {
    method: 'DELETE',
    path: WEBHOOK,
    run(call) {
      const row = found(call);
      mailchimpTables(call.desk).webhooks.delete(row.id);
      wrote(call.desk, 'DELETE', row, 'delete');
      return null;
    },
  },
];

/** What `GET /_sandbox/webhooks` shows of Mailchimp. Nothing is signed: the secret is in the address. */
export function heldWebhooks(desk: VendorDesk): HeldSubscription[] {
  return mailchimpTables(desk)
    .webhooks.all()
    .map(({ id, url, events }) => {
      const [carrier = '', secret = ''] = [...new URL(url).searchParams].at(-1) ?? [];
      return {
        id,
        vendor: desk.vendor,
        url,
        scheme: 'url-secret',
        carrier,
        secret,
        topics: WEBHOOK_EVENTS.filter((event) => events[event]),
        contentType: 'application/x-www-form-urlencoded',
      };
    });
}

function webhooksOf(desk: VendorDesk, listId: string): WebhookRow[] {
  return mailchimpTables(desk)
    .webhooks.all()
    .filter((row) => row.listId === listId);
}

async function create(call: Call): Promise<object> {
  const { desk, body } = call;
  const listId = call.audience().id;
  if (webhooksOf(desk, listId).length >= AT_MOST)
    throw new MailchimpRefusal(400, 'Bad Request', `A list has at most ${AT_MOST} webhooks.`);
  const url = await triedUrl(body.url);
  const row: WebhookRow = {
    id: desk.id('', 10).toLowerCase(),
    listId,
    url,
    events: switches(WEBHOOK_EVENTS, body.events, true),
    sources: switches(SOURCES, body.sources, true),
  };
  mailchimpTables(desk).webhooks.put(row.id, row);
  wrote(desk, 'POST', row, 'create');
  return shown(row);
}

async function change(call: Call): Promise<object> {
  const row = found(call);
  const { url, events, sources } = call.body;
  const changed: WebhookRow = {
    ...row,
    ...(url === undefined ? {} : { url: await triedUrl(url) }),
    events: { ...row.events, ...given(WEBHOOK_EVENTS, events) },
    sources: { ...row.sources, ...given(SOURCES, sources) },
  };
  mailchimpTables(call.desk).webhooks.put(row.id, changed);
  wrote(call.desk, 'PATCH', changed, 'update');
  return shown(changed);
}

/** Mailchimp asks the address whether it is there before it takes it. */
async function triedUrl(url: unknown): Promise<string> {
  const refused = (message: string): MailchimpRefusal => invalid({ field: 'url', message });
  if (typeof url !== 'string' || !URL.canParse(url)) throw refused('Please enter a complete URL');
  if (!isLocalAddress(url)) throw refused('The sandbox delivers to this machine only.');
  const answer = await fetch(url, {
    redirect: 'manual',
    headers: { 'User-Agent': 'MailChimp WebHook Validator' },
    signal: AbortSignal.timeout(TRIED_FOR_MS),
  }).catch(() => null);
  await answer?.body?.cancel();
  if (answer?.status !== 200) throw refused('We couldn’t reach the URL: it must answer 200 to a GET.');
  return url;
}

function given<Name extends string>(names: readonly Name[], asked: unknown): Record<Name, boolean> {
  const members = typeof asked === 'object' && asked !== null ? (asked as Record<string, unknown>) : {};
  const known = names.filter((name) => typeof members[name] === 'boolean');
  return Object.fromEntries(known.map((name) => [name, members[name]])) as Record<Name, boolean>;
}

/** Every switch, as given; all of them on where the request names none. */
function switches<Name extends string>(
  names: readonly Name[],
  asked: unknown,
  fallback: boolean,
): Record<Name, boolean> {
  const known = given(names, asked);
  const rest = asked === undefined ? fallback : false;
  return Object.fromEntries(names.map((name) => [name, known[name] ?? rest])) as Record<Name, boolean>;
}

function found({ desk, audience, path }: Call): WebhookRow {
  const row = mailchimpTables(desk).webhooks.get(path.webhook ?? '');
  if (!row || row.listId !== audience().id) throw notFound();
  return row;
}

function wrote(
  desk: VendorDesk,
  method: string,
  row: WebhookRow,
  action: 'create' | 'update' | 'delete',
): void {
  // The secret is in the address: the ledger says where to, not with what.
  const { origin, pathname } = new URL(row.url);
  desk.wrote({
    operation: `${method} /lists/{list_id}/webhooks`,
    object: 'webhook',
    id: row.id,
    action,
    marker: null,
    record: { ...shown(row), url: `${origin}${pathname}` },
  });
}

function shown({ id, url, events, sources, listId }: WebhookRow): object {
  return { id, url, events, sources, list_id: listId };
}

import { Client } from 'pg';
import type { TryAnswer, TryRecords } from '../../server/api/contract.ts';
import { json, type LedgerEntry, type Liaison, ledger, until } from './liaison-process.ts';

/** Trying integrations of a running server, and holding what was shown against what a run then does. */

/** A request as it was shown, or as the log has it: what is compared. */
export interface Asked {
  readonly step: string;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

interface LoggedRun {
  readonly id: string;
  readonly state: string;
  readonly summary: { readonly en: string } | null;
  readonly steps: readonly {
    readonly name: string;
    readonly exchanges: readonly {
      readonly method: string;
      readonly url: string;
      readonly requestBody: string | null;
    }[];
  }[];
}

export async function call<T>(
  { url }: Pick<Liaison, 'url'>,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<T> {
  return json<T>(`${url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}

export const tryOn = (liaison: Liaison, id: string, record?: string, settings?: object) =>
  call<TryAnswer>(liaison, 'POST', `/integrations/${id}/try`, {
    ...(record === undefined ? {} : { record }),
    ...(settings === undefined ? {} : { settings }),
  });

export const offered = (liaison: Liaison, id: string, search?: string) =>
  call<TryRecords>(
    liaison,
    'GET',
    `/integrations/${id}/try${search === undefined ? '' : `?search=${encodeURIComponent(search)}`}`,
  );

/** What stands in the database and in the vendors' ledger: of each table how many rows, and a sum of them. */
export interface Standings {
  readonly tables: Readonly<Record<string, string>>;
  readonly ledger: readonly LedgerEntry[];
}

/** What refreshes of tokens store, what the server tells of itself, and the accounts that it is to hold against the books. */
const OF_TOKENS = ['secrets', 'secret_leases', 'token_refreshes'];
const OF_THE_SERVER = ['processes', 'money_accounts'];
/** How calls went is stored up to two seconds after them: what was called before the try may still come. */
const STORED_LATER = ['connection_health'];

/** @param whole also what is stored later: nothing may have been called for two seconds. */
export async function standings(
  liaison: Liaison,
  connectionString: string,
  whole = false,
): Promise<Standings> {
  const left = new Set([...OF_TOKENS, ...OF_THE_SERVER, ...(whole ? [] : STORED_LATER)]);
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    );
    const tables: Record<string, string> = {};
    for (const { name } of rows) {
      if (left.has(name)) continue;
      const [sum] = (
        await client.query<{ sum: string }>(
          `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t`,
        )
      ).rows;
      tables[name] = sum?.sum ?? '';
    }
    return { tables, ledger: await ledger(liaison.sandboxUrl) };
  } finally {
    await client.end();
  }
}

/** A file, in parts: the log has it on one line. */
const isFile = (body: unknown): body is string => typeof body === 'string' && body.startsWith('--');
const onOneLine = (text: string): string => text.replace(/\s+/g, ' ');

function bodyOf(text: string | null): unknown {
  if (text === null) return null;
  if (isFile(text)) return onOneLine(text);
  try {
    return JSON.parse(text);
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}

export const shownIn = ({ steps }: TryAnswer): Asked[] =>
  steps.flatMap(({ step, request }) =>
    request === null
      ? []
      : [
          {
            ...{ step, method: request.method, url: request.url },
            body: isFile(request.body) ? onOneLine(request.body) : request.body,
          },
        ],
  );

export const askedIn = ({ steps }: LoggedRun): Asked[] =>
  steps.flatMap(({ name, exchanges }) =>
    exchanges.map(({ method, url, requestBody }) => ({
      step: name.split(' ', 1)[0] ?? '',
      method,
      url,
      body: bodyOf(requestBody),
    })),
  );

/** What stands in a try for what only a run knows. */
const STAND_IN = /\((?:[^()]* )?(?:to be created|à créer)\)|00000000-0000-0000-0000-000000000000/g;

/** The texts of a run, with what stands in the try for part of them put there. */
function asTried(ran: unknown, tried: unknown): unknown {
  if (typeof tried === 'string' && typeof ran === 'string' && tried.match(STAND_IN) !== null) {
    const parts = tried.split(STAND_IN).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.+')}$`, 's').test(ran) ? tried : ran;
  }
  if (typeof tried !== 'object' || typeof ran !== 'object' || tried === null || ran === null) return ran;
  if (Array.isArray(ran)) return ran.map((one, at) => asTried(one, (tried as unknown[])[at]));
  return Object.fromEntries(
    Object.entries(ran).map(([name, one]) => [name, asTried(one, (tried as Record<string, unknown>)[name])]),
  );
}

const decoded = (asked: Asked): Asked => ({ ...asked, url: decodeURIComponent(asked.url) });

/** A call that reads although it is a POST. */
const QUERY = /\/(coql|auth\.test|conversations\.(list|history)|data_sources\/[^/]+\/query)$/;
const isWrite = ({ method, url }: Asked): boolean => method !== 'GET' && !QUERY.test(new URL(url).pathname);

/**
 * Every write that was shown was made, field by field, in that order, and no other. What was read is the same, too,
 * but for what the writes made: a run may find it in a list, where a try is told of it.
 */
export function expectSame(tried: TryAnswer, run: LoggedRun): void {
  const all = askedIn(run).map(decoded);
  const shown = shownIn(tried).map(decoded);
  const writes = shown.filter(isWrite);
  const asked = all.filter(isWrite);
  expect(asked.map((one, at) => asTried(one, writes[at]))).toEqual(writes);
  expect(tried.steps.filter(({ effect }) => effect === 'write')).toHaveLength(writes.length);
  const reads = shown.filter((one) => !isWrite(one) && one.url.match(STAND_IN) === null);
  expect(all.filter((one) => !isWrite(one))).toEqual(expect.arrayContaining(reads));
  expect(tried.outcome.state).toBe(run.state);
  expect(asTried(run.summary?.en, tried.outcome.summary.en)).toBe(tried.outcome.summary.en);
  // What is filled in is marked wherever it stands, and nothing else is.
  for (const { request } of tried.steps) {
    const marked = new Set(request?.filledIn.map(({ at }) => at));
    const found = new Set(
      request === null ? [] : pointers({ url: decodeURIComponent(request.url), body: request.body }),
    );
    expect(marked).toEqual(found);
  }
  expect(JSON.stringify(asked)).not.toMatch(STAND_IN);
}

function pointers(value: unknown, at = ''): string[] {
  if (typeof value === 'string') return value.match(STAND_IN) === null ? [] : [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => pointers(one, `${at}/${name}`));
}

/** The run of an integration that came after those that are known, once it is over. */
export async function nextRun(
  liaison: Liaison,
  integration: string,
  known: ReadonlySet<string>,
): Promise<LoggedRun> {
  const found = await until(async () => {
    const runs = await runsOf(liaison, integration);
    // The first of them: what it writes may be told of, and begin another one.
    const fresh = runs.findLast(({ id }) => !known.has(id));
    return fresh !== undefined && !['waiting', 'running'].includes(fresh.state) && fresh;
  }, 30_000);
  return call<LoggedRun>(liaison, 'GET', `/runs/${found.id}`);
}

export async function runsOf(liaison: Liaison, integration: string) {
  const { runs } = await call<{ runs: { id: string; state: string }[] }>(
    liaison,
    'GET',
    `/runs?integration=${integration}&limit=200`,
  );
  return runs;
}

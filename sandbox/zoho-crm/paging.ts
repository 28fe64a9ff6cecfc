import { createHash } from 'node:crypto';
import { CrmFailure, crmError, invalidParameter } from './failure.ts';

const MOST_PER_PAGE = 200;
/** Records that can be reached by page number; behind them only a page token leads. */
const BY_NUMBER = 2000;
const TOKEN_HOURS = 24;

type Query = Readonly<Record<string, unknown>>;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly page: number;
  readonly perPage: number;
  readonly more: boolean;
}

/** Cuts the page asked for by `page` and `per_page`. */
export function pageOf<Item>(all: readonly Item[], query: Query, limit = BY_NUMBER): Page<Item> {
  const perPage = positive(query, 'per_page', MOST_PER_PAGE);
  if (perPage > MOST_PER_PAGE)
    throw invalidParameter('per_page', 'the value provided is above the limit of 200');
  const page = positive(query, 'page', 1);
  if (page * perPage > limit) {
    const message = 'You have reached the limit of records that can be fetched using the page parameter';
    throw new CrmFailure(400, crmError('DISCRETE_PAGINATION_LIMIT_EXCEEDED', message, { limit }));
  }
  const start = (page - 1) * perPage;
  return { items: all.slice(start, start + perPage), page, perPage, more: all.length > start + perPage };
}

/** What a page token stands for: a place in one list, for a day. */
interface Token {
  readonly bound: string;
  readonly page: number;
  readonly perPage: number;
  readonly until: number;
}

/**
 * A page with the tokens of its neighbours. A token is bound to the list it came from.
 *
 * @param list everything that makes the list what it is.
 */
export function tokenPageOf<Item>(all: readonly Item[], query: Query, list: string, now: Date) {
  const bound = createHash('sha256').update(list).digest('base64url').slice(0, 22);
  const { page_token: text } = query;
  if (text !== undefined && query.page !== undefined) {
    const both = [{ param_name: 'page' }, { param_name: 'page_token' }];
    throw new CrmFailure(
      400,
      crmError('AMBIGUITY_DURING_PROCESSING', 'page and page_token cannot be given together', {
        ambiguity_due_to: both,
      }),
    );
  }
  const token = text === undefined ? null : readToken(String(text), bound, now);
  const place = token ? { page: token.page, per_page: token.perPage } : query;
  const page = pageOf(all, place, token ? Number.POSITIVE_INFINITY : BY_NUMBER);
  const until = now.getTime() + TOKEN_HOURS * 3_600_000;
  const tokenFor = (number: number): string =>
    writeToken({ bound, page: number, perPage: page.perPage, until });
  return {
    ...page,
    next: page.more ? tokenFor(page.page + 1) : null,
    previous: page.page > 1 ? tokenFor(page.page - 1) : null,
    until: page.more ? new Date(until) : null,
  };
}

/** At most 100 characters: `<digest of the list>.<page>.<per page>.<until>`, numbers in base 36. */
function writeToken({ bound, page, perPage, until }: Token): string {
  return [bound, ...[page, perPage, until].map((number) => number.toString(36))].join('.');
}

function readToken(text: string, bound: string, now: Date): Token {
  const [, of = '', ...numbers] = /^([\w-]{22})\.([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-z]+)$/.exec(text) ?? [];
  const [page = 0, perPage = 0, until = 0] = numbers.map((number) => Number.parseInt(number, 36));
  if (of === '') throw invalidParameter('page_token', 'the page token given seems to be invalid');
  const token = { bound: of, page, perPage, until };
  if (token.bound !== bound)
    throw new CrmFailure(
      400,
      crmError('TOKEN_BOUND_DATA_MISMATCH', 'the request differs from the one that gave the page token', {
        param_name: 'page_token',
      }),
    );
  if (token.until < now.getTime())
    throw new CrmFailure(
      400,
      crmError('EXPIRED_VALUE', 'the page token has expired', { param_name: 'page_token' }),
    );
  return token;
}

function positive(query: Query, name: string, otherwise: number): number {
  const given = query[name];
  if (given === undefined || given === '') return otherwise;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1)
    throw invalidParameter(name, `the ${name} given seems to be invalid`);
  return number;
}

import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { fitText } from '../../core/fit-text.ts';
import type { MadeTicket, NewComment, NewTicket, TicketText } from '../../core/ticket/offer.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import type { JsonCall } from '../../kit/json-api.ts';
import { allRows, DEEPEST } from './all-rows.ts';
import { type DeskCall, idSchema, PAGE, rowsOf } from './api.ts';
import { VENDOR } from './failures.ts';
import { type DeskTicket, madeSchema, ticketSchema } from './shapes.ts';
import { asHtml, asPlain, bears, emailFor, LONGEST } from './texts.ts';

/** What was made within so short a time is looked for no more closely. */
const SHORTEST_SPAN_MS = 60_000;
/** So many tickets are looked into for a marker. */
const MOST_LOOKED_INTO = 40;
/** Desk's clock and ours may differ by so much. */
const CLOCKS_APART_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const tickets = rowsOf(ticketSchema);
const described = z.object({ description: z.string().nullish() });
const made = z.object({ id: idSchema });
const history = rowsOf(z.object({ eventTime: z.string() }));
const comments = rowsOf(z.object({ id: idSchema, content: z.string().catch('') }));

export interface FoundTickets {
  /** In no order. */
  readonly tickets: readonly DeskTicket[];
  /** How many there are, with those that were not read. */
  readonly count: number;
  /** Epoch milliseconds by Desk's clock. */
  readonly at: number;
}

/** What a search goes by; moments in epoch milliseconds. */
export interface Search {
  readonly text?: string;
  /** Id of whom they are of. */
  readonly contact?: string;
  readonly created?: readonly [from: number, to: number];
  readonly changed?: readonly [from: number, to: number];
}

/** Desk lists what came in within so many days. */
const RECEIVED_IN_DAYS = [15, 30, 90] as const;

/** When it was answered, by Desk's clock. */
function dated(at: number | null): number {
  if (at === null) throw failure('retry-later', VENDOR, 'An answer came without a date.');
  return at;
}

const range = (span: readonly [number, number] | undefined): string | undefined =>
  span?.map((at) => new Date(at).toISOString()).join(',');

export function ticketCalls(call: DeskCall, http: Pick<ConnectorHttp, 'account'>) {
  const path = (id: string, more = ''): string => `/tickets/${encodeURIComponent(id)}${more}`;

  const listOf = async (path: string, query: JsonCall['query'], from: number, limit = PAGE) => {
    const { data, at } = await call(
      { path, query: { ...query, sortBy: 'createdTime', from, limit } },
      tickets,
    );
    return { rows: data.rows, at };
  };

  /** The list in which a ticket will be, with its first page: of the contact's, or of the department's last weeks. */
  async function listWith({ requester, department }: NewTicket, since: number) {
    if (requester.id !== null) {
      const path = `/contacts/${encodeURIComponent(requester.id)}/tickets`;
      return { path, query: {}, first: (await listOf(path, {}, 0)).rows };
    }
    const path = '/tickets';
    for (const days of RECEIVED_IN_DAYS) {
      const query = { departmentId: department, receivedInDays: days };
      const { rows, at } = await listOf(path, query, 0);
      if (dated(at) - since < (days - 1) * DAY_MS) return { path, query, first: rows };
    }
    const query = { departmentId: department };
    return { path, query, first: (await listOf(path, query, 0)).rows };
  }

  /**
   * Tickets made since, of whom they are for, or of the department. Lists begin with the oldest: where the newer ones
   * begin is found by halves, so that only those are read.
   */
  async function madeSince(ticket: NewTicket, since: number): Promise<DeskTicket[]> {
    const { path, query, first } = await listWith(ticket, since);
    const isNew = (row: DeskTicket): boolean => Date.parse(row.createdAt) >= since;
    if (first.length < PAGE) return first.filter(isNew);
    const [oldest] = first;
    let [before, after] = oldest !== undefined && isNew(oldest) ? [0, 0] : [0, DEEPEST / PAGE];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      const [row] = (await listOf(path, query, middle * PAGE, 1)).rows;
      if (row === undefined || isNew(row)) after = middle;
      else before = middle;
    }
    const found: DeskTicket[] = [];
    const page = async (from: number) => (await listOf(path, query, from)).rows;
    for await (const row of allRows(page, 'tickets', before * PAGE)) if (isNew(row)) found.push(row);
    return found;
  }

  /** From the index, which comes minutes late. */
  async function searchTickets(search: Search, from = 0): Promise<FoundTickets> {
    const query = {
      _all: search.text,
      contactId: search.contact,
      createdTimeRange: range(search.created),
      modifiedTimeRange: range(search.changed),
      sortBy: search.changed === undefined ? 'createdTime' : 'modifiedTime',
      ...{ from, limit: PAGE },
    };
    const { data, at } = await call({ path: '/tickets/search', query }, tickets);
    return { tickets: data.rows, count: data.count, at: dated(at) };
  }

  /**
   * The newest that a search finds, the newest first, and perhaps older ones behind them: it says how many there are,
   * and not in which direction it sorts.
   *
   * @param withinMs how long ago they were made at most; absent: at any time.
   */
  async function newest(search: Pick<Search, 'text' | 'contact'>, withinMs?: number): Promise<DeskTicket[]> {
    const now = await time();
    const made = (within: number): Search => ({ ...search, created: [now - within, now + HOUR_MS] });
    let within = withinMs ?? now;
    let first = await searchTickets(made(within));
    while (first.count > DEEPEST && within > SHORTEST_SPAN_MS) {
      within /= 2;
      first = await searchTickets(made(within));
    }
    const last = Math.min(first.count, DEEPEST) - PAGE;
    const more = last > 0 ? (await searchTickets(made(within), last)).tickets : [];
    const found = new Map([...first.tickets, ...more].map((one) => [one.id, one]));
    return [...found.values()].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  }

  /** What time Desk has, in epoch milliseconds: it says so with every answer, also one that found nothing. */
  const time = async (): Promise<number> => (await searchTickets({ changed: [0, 1_000] })).at;

  return {
    searchTickets,
    newest,
    time,

    /** Null when Desk does not know it. */
    async ticket(id: string): Promise<DeskTicket | null> {
      const include = 'contacts,departments,assignee';
      return ifGone(
        async () => (await call({ path: path(id), query: { include } }, ticketSchema)).data,
        null,
      );
    },

    /** When its priority was last changed, or first given: Desk tells the latest change first. */
    async prioritySince(id: string): Promise<string | null> {
      const query = { fieldName: 'priority', limit: 1 };
      const { data } = await call({ path: path(id, '/History'), query }, history);
      return data.rows[0]?.eventTime ?? null;
    },

    /** Of one contact, the newest among them. Their list begins with the oldest: of more than a page it says too little. */
    async ticketsOf(contact: string): Promise<readonly DeskTicket[]> {
      const path = `/contacts/${encodeURIComponent(contact)}/tickets`;
      const oldest = await ifGone(async () => (await listOf(path, {}, 0)).rows, []);
      return oldest.length < PAGE ? oldest : newest({ contact });
    },

    /**
     * Makes a ticket. Whose address Desk knows is that contact, also where its search does not find them yet; who is
     * new becomes one.
     */
    async open(ticket: NewTicket): Promise<MadeTicket> {
      const { requester } = ticket;
      const email = emailFor(requester.email);
      const json = {
        subject: fitText(ticket.subject, LONGEST.subject),
        departmentId: ticket.department,
        description: asHtml(ticket),
        ...(requester.id === null
          ? {
              contact: {
                lastName: fitText(requester.name, LONGEST.name),
                ...(email === null ? {} : { email }),
              },
            }
          : { contactId: requester.id }),
        ...(email === null ? {} : { email }),
        ...(ticket.priority === null ? {} : { priority: ticket.priority }),
        status: 'Open',
        channel: 'Web',
      };
      return (await call({ method: 'POST', path: '/tickets', json }, madeSchema)).data;
    },

    /** The ticket that bears the marker of this one, or null: in lists, which are never late. */
    async find(ticket: NewTicket, since: Date): Promise<MadeTicket | null> {
      const rows = await madeSince(ticket, since.getTime() - CLOCKS_APART_MS);
      const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
      const isLike = (row: DeskTicket): boolean => row.subject === fitText(ticket.subject, LONGEST.subject);
      const likely = [...unique.filter(isLike), ...unique.filter((row) => !isLike(row))];
      for (const row of likely.slice(0, MOST_LOOKED_INTO)) {
        const { data } = await call({ path: path(row.id) }, described);
        if (bears(data.description ?? '', ticket.marker))
          return { id: row.id, number: row.number, requesterId: row.requester.id };
      }
      if (likely.length <= MOST_LOOKED_INTO) return null;
      throw failure('unknown', VENDOR, 'Too many tickets were made since to look into all of them.');
    },

    /** @returns its id. */
    async comment(id: string, text: NewComment): Promise<string> {
      const json = { content: asPlain(text), isPublic: text.isPublic === true, contentType: 'plainText' };
      return (await call({ method: 'POST', path: path(id, '/comments'), json }, made)).data.id;
    },

    /** @returns false where the comment is not there any more. */
    rewrite(id: string, comment: string, text: TicketText): Promise<boolean> {
      const asked = {
        method: 'PATCH' as const,
        path: path(id, `/comments/${encodeURIComponent(comment)}`),
        json: { content: asPlain(text) },
      };
      return ifGone(async () => {
        await call(asked, made);
        return true;
      }, false);
    },

    /** The id of the comment with a marker, or null. */
    async commentWith(id: string, marker: string): Promise<string | null> {
      const page = (from: number) =>
        call({ path: path(id, '/comments'), query: { from, limit: PAGE } }, comments);
      for await (const one of allRows(async (from) => (await page(from)).data.rows, 'comments'))
        if (bears(one.content, marker)) return one.id;
      return null;
    },

    async turn(id: string, to: 'open' | 'closed'): Promise<void> {
      const json = { status: to === 'open' ? 'Open' : 'Closed' };
      await call({ method: 'PATCH', path: path(id), json }, made);
    },

    account: http.account,
  };
}

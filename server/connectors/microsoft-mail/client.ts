import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import type { Mail } from '../../core/mail/mail.ts';
import type { MailCircle, MailHead } from '../../core/mail/offer.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { graphApi } from '../families/microsoft/graph.ts';
import { subscriptionCalls } from '../families/microsoft/subscriptions.ts';
import { microsoftUser } from '../families/microsoft/user.ts';
import { classify, VENDOR } from './failures.ts';
import {
  CIRCLE,
  circleOf,
  circleSchema,
  HEAD,
  headOf,
  headSchema,
  mailOf,
  messageSchema,
  WHOLE,
} from './message.ts';

export type MicrosoftMailClient = ReturnType<typeof microsoftMailClient>;

/** Folders whose mails nobody meant to keep, by Outlook's own names. */
const UNKEPT = ['drafts', 'outbox', 'deleteditems', 'junkemail'];
/** The folder around all that people see, by Outlook's own name: what is around it has no name of theirs. */
const TOP = 'msgfolderroot';
/** A folder in more folders than that is not followed outwards to the end. */
const DEEPEST = 50;
const PAGE = 100;
/** Mails that came in one and the same second, as a mailbox that is moved has them. */
const MOST_OF_A_SECOND = 5_000;

const folderSchema = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  parentFolderId: z.string().nullish(),
});
const fileSchema = z.object({ contentBytes: z.string().nullish() });
const newsSchema = z.object({
  value: z.array(z.object({ id: z.string().min(1), receivedDateTime: z.string() })),
  '@odata.nextLink': z.string().optional(),
});

export interface NewMail {
  readonly id: string;
  /** Epoch milliseconds, by Outlook's own clock. */
  readonly at: number;
}

const pathOf = (id: string): string => `/me/messages/${encodeURIComponent(id)}`;

/** Outlook's mail, Graph version 1.0: it is only read. Rejects with LiaisonErrors only. */
export function microsoftMailClient(http: ConnectorHttp) {
  const graph = graphApi(http, { vendor: VENDOR, classify });
  let ends: { readonly unkept: ReadonlySet<string>; readonly top: string | null } | null = null;

  async function folder(idOrName: string) {
    const path = `/me/mailFolders/${encodeURIComponent(idOrName)}`;
    const query = { $select: 'id,displayName,parentFolderId' };
    const answer = await ifGone(() => graph.call({ path, query }), null);
    return answer === null ? null : readAnswer(folderSchema, answer.body, VENDOR);
  }

  async function readEnds() {
    const [top, ...unkept] = await Promise.all([TOP, ...UNKEPT].map(folder));
    return { unkept: new Set(unkept.flatMap((one) => one?.id ?? [])), top: top?.id ?? null };
  }

  return {
    /** The newest ones, without a word of them. */
    async latest(): Promise<{ id: string; at: string }[]> {
      const query = { $orderby: 'receivedDateTime desc', $select: 'id,receivedDateTime', $top: 10 };
      const { body } = await graph.call({ path: '/me/messages', query });
      return readAnswer(newsSchema, body, VENDOR).value.map(({ id, receivedDateTime: at }) => ({ id, at }));
    },

    /** Which conversation it is of. Null: it is gone. */
    async head(id: string): Promise<MailHead | null> {
      const found = await ifGone(() => graph.call({ path: pathOf(id), query: HEAD }), null);
      return found === null ? null : headOf(readAnswer(headSchema, found.body, VENDOR));
    },

    /** Who takes part in it. Null: it is gone. */
    async circle(id: string): Promise<MailCircle | null> {
      const found = await ifGone(() => graph.call({ path: pathOf(id), query: CIRCLE }), null);
      return found === null ? null : circleOf(readAnswer(circleSchema, found.body, VENDOR));
    },

    /** The mail, with its files' names. Null: it is gone. */
    async mail(id: string): Promise<Mail | null> {
      const found = await ifGone(() => graph.call({ path: pathOf(id), query: WHOLE }), null);
      return found === null ? null : mailOf(readAnswer(messageSchema, found.body, VENDOR));
    },

    /** Null: it is another mail, a link to a file, or gone. https://learn.microsoft.com/graph/api/attachment-get */
    async file(mail: string, file: string): Promise<Uint8Array | null> {
      const path = `${pathOf(mail)}/attachments/${encodeURIComponent(file)}`;
      const found = await ifGone(() => graph.call({ path }), null);
      const bytes = found === null ? null : readAnswer(fileSchema, found.body, VENDOR).contentBytes;
      return bytes == null ? null : Buffer.from(bytes, 'base64');
    },

    /**
     * Names of a folder and of those around it, outwards; null: it lies in the bin, in the junk, or is not sent yet;
     * `unclear`: one of those around it was not to be had.
     */
    async folders(id: string): Promise<string[] | null | 'unclear'> {
      ends ??= await readEnds();
      const names: string[] = [];
      for (let next = id, depth = 0; depth < DEEPEST; depth += 1) {
        if (ends.unkept.has(next)) return null;
        const found = await folder(next);
        if (found === null) return 'unclear';
        names.push(found.displayName ?? '');
        const { parentFolderId: around } = found;
        if (next === ends.top || !around || around === next) return names;
        next = around;
      }
      return 'unclear';
    },

    /** Outlook's own time, epoch milliseconds. */
    async now(): Promise<number> {
      const { at } = await graph.call({ path: '/me/mailFolders/inbox', query: { $select: 'id' } });
      if (at === null) throw failure('unknown', VENDOR, 'The answer does not say when it was made.');
      return at;
    },

    /** Mails that came or went since, the oldest first, a page of them; and Outlook's own time. */
    async since(at: number): Promise<{ mails: NewMail[]; more: boolean; now: number }> {
      const from = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
      const query = {
        $filter: `receivedDateTime ge ${from}`,
        $orderby: 'receivedDateTime asc',
        $select: 'id,receivedDateTime',
        $top: PAGE,
      };
      const answer = await graph.call({ path: '/me/messages', query });
      if (answer.at === null) throw failure('unknown', VENDOR, 'The answer does not say when it was made.');
      const mails: NewMail[] = [];
      let page = readAnswer(newsSchema, answer.body, VENDOR);
      for (;;) {
        mails.push(
          ...page.value.map(({ id, receivedDateTime }) => ({ id, at: Date.parse(receivedDateTime) })),
        );
        const next = page['@odata.nextLink'];
        // Where to go on is told by a second: what came in one and the same is read to its end.
        const isOneSecond = mails.every((one) => one.at <= Date.parse(from));
        if (next === undefined || !isOneSecond || mails.length >= MOST_OF_A_SECOND)
          return { mails, more: next !== undefined, now: answer.at };
        page = readAnswer(newsSchema, (await graph.follow(next)).body, VENDOR);
      }
    },

    ...subscriptionCalls(graph, VENDOR),

    /** The Microsoft account that consented. */
    user: () => microsoftUser(http),
  };
}

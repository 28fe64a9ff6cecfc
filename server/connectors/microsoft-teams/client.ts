import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { Sentence } from '../../core/sentence.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { graphApi } from '../families/microsoft/graph.ts';
import { subscriptionCalls } from '../families/microsoft/subscriptions.ts';
import { microsoftUser } from '../families/microsoft/user.ts';
import { classify, VENDOR } from './failures.ts';
import { hasMark } from './mark.ts';
import { type Said, saidSchema } from './said.ts';

export type MicrosoftTeamsClient = ReturnType<typeof microsoftTeamsClient>;

export interface TeamsChannel {
  /** Of the channel, with its team's: `<team>/<channel>`. */
  readonly place: string;
  readonly team: string;
  readonly name: string;
}

/** Where something was posted. */
export interface Spot {
  readonly team: string;
  readonly channel: string;
}

const MOST_PAGES = 40;
const PAGE = 50;
/** Teams' clock and ours may differ by so much. */
const CLOCKS_APART_MS = 600_000;

const page = <Row extends z.ZodType>(row: Row) =>
  z.object({ value: z.array(row), '@odata.nextLink': z.string().optional() });
const team = z.object({
  id: z.string().min(1),
  displayName: z.string().catch(''),
  isArchived: z.boolean().nullish(),
});
const channel = z.object({
  id: z.string().min(1),
  displayName: z.string().catch(''),
  isArchived: z.boolean().nullish(),
});
const person = z.object({ mail: z.string().nullish() });
const posted = z.object({
  id: z.string().min(1),
  body: z.object({ content: z.string().nullish() }).nullish(),
});

const timed = z.object({
  id: z.string().min(1),
  createdDateTime: z.string(),
  lastModifiedDateTime: z.string(),
});
const chain = timed.extend({ replies: z.array(timed).nullish() });

/** A message that began a thread, in which something changed. */
export interface ChangedThread {
  readonly id: string;
  /** When the last of it did, epoch milliseconds. */
  readonly at: number;
  /** Whether that was somebody's writing something new, and not an edit, a deletion or a reaction. */
  readonly isNew: boolean;
}

/** `<team>/<channel>`, as its ids; a name is none. */
const IDS = /^([0-9a-f-]{36})\/(19:[^/\s]+)$/i;

/** Channels of Teams, Graph version 1.0, as the person who connected it. Rejects with LiaisonErrors only. */
export function microsoftTeamsClient(http: ConnectorHttp) {
  const graph = graphApi(http, { vendor: VENDOR, classify });

  /**
   * Every row of a list, page after page; a page may be short, or empty, without being the last. And Graph's own time at
   * the first of them, in epoch milliseconds.
   */
  async function listed<Row extends z.ZodType>(
    path: string,
    row: Row,
  ): Promise<{ rows: z.output<Row>[]; at: number | null }> {
    const rows: z.output<Row>[] = [];
    let link: string | undefined;
    let begun: number | null = null;
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const { body, at } = await (link === undefined ? graph.call({ path }) : graph.follow(link));
      begun ??= at;
      const read = readAnswer(page(row), body, VENDOR);
      rows.push(...(read.value as z.output<Row>[]));
      link = read['@odata.nextLink'];
      if (link === undefined) return { rows, at: begun };
    }
    throw failure('unknown', VENDOR, `The list ${path} does not end.`);
  }
  const all = async <Row extends z.ZodType>(path: string, row: Row) => (await listed(path, row)).rows;

  /** By Graph's clock, because ours may be wrong. */
  function dated(at: number | null): number {
    if (at === null) throw failure('unknown', VENDOR, 'The answer does not say when it was made.');
    return at;
  }

  async function channelsOf(one: z.output<typeof team>): Promise<TeamsChannel[]> {
    const path = `/teams/${encodeURIComponent(one.id)}/channels`;
    const rows = await all(path, channel).catch((thrown: unknown) => {
      // A team that one may not look into, or that was deleted just now, hides the others from nobody.
      if (thrown instanceof LiaisonError && ['rejected', 'gone'].includes(thrown.kind)) return [];
      throw thrown;
    });
    return rows
      .filter(({ isArchived }) => isArchived !== true)
      .map(({ id, displayName }) => ({
        place: `${one.id}/${id}`,
        team: one.displayName,
        name: displayName,
      }));
  }

  /** Channels that the person takes part in, none that is archived. @param only of teams of this name. */
  async function channels(only?: string): Promise<TeamsChannel[]> {
    const teams = (await all('/me/joinedTeams', team)).filter(
      ({ isArchived, displayName }) =>
        isArchived !== true && (only === undefined || folded(displayName) === folded(only)),
    );
    return (await Promise.all(teams.map(channelsOf))).flat();
  }

  async function spotOf(place: string): Promise<Spot> {
    const [, teamId, channelId] = IDS.exec(place) ?? [];
    if (teamId !== undefined && channelId !== undefined) return { team: teamId, channel: channelId };
    const named = (await channels(teamIn(place))).filter((one) => folded(nameOf(one)) === folded(place));
    const [found, another] = named;
    if (found === undefined) throw refused(notShown(place));
    if (another !== undefined) throw refused(several(place));
    return spotOf(found.place);
  }

  const messagesOf = ({ team: teamId, channel: channelId }: Spot): string =>
    `/teams/${encodeURIComponent(teamId)}/channels/${encodeURIComponent(channelId)}/messages`;

  async function message(spot: Spot, id: string): Promise<Said | null> {
    const path = `${messagesOf(spot)}/${encodeURIComponent(id)}`;
    const found = await ifGone(() => graph.call({ path }), null);
    return found && readAnswer(saidSchema, found.body, VENDOR);
  }

  return {
    channels: () => channels(),
    spotOf,

    /**
     * Posts HTML in a channel, or in the thread of a message there. A repeat posts it again.
     * https://learn.microsoft.com/graph/api/channel-post-messages, https://learn.microsoft.com/graph/api/chatmessage-post-replies
     *
     * @returns the id of the message.
     */
    async post(spot: Spot, html: string, thread: string | null = null): Promise<string> {
      const below = thread === null ? '' : `/${encodeURIComponent(thread)}/replies`;
      const json = { body: { contentType: 'html', content: html } };
      const { body } = await graph.call({ method: 'POST', path: messagesOf(spot) + below, json });
      return readAnswer(posted, body, VENDOR, true).id;
    },

    /**
     * Id of the message with a mark, of those that began a thread since a moment, or in the thread of one; null: there
     * is none. https://learn.microsoft.com/graph/api/chatmessage-delta
     */
    async messageWith(
      spot: Spot,
      marker: string,
      { since, thread = null }: { readonly since: Date; readonly thread?: string | null },
    ): Promise<string | null> {
      const from = new Date(since.getTime() - CLOCKS_APART_MS).toISOString();
      const list =
        thread === null
          ? `/delta?$filter=lastModifiedDateTime%20gt%20${from}&$top=${PAGE}`
          : `/${encodeURIComponent(thread)}/replies?$top=${PAGE}`;
      const messages = await all(messagesOf(spot) + list, posted);
      return messages.find(({ body }) => hasMark(body?.content ?? '', marker))?.id ?? null;
    },

    ...subscriptionCalls(graph, VENDOR),

    /** Graph's own time, epoch milliseconds. */
    async time(): Promise<number> {
      return dated((await graph.call({ path: '/me', query: { $select: 'id' } })).at);
    },

    /**
     * Threads of a channel in which something was written, edited, deleted or reacted to since, and Graph's own time.
     * https://learn.microsoft.com/graph/api/chatmessage-delta
     *
     * @param since epoch milliseconds.
     */
    async threadsSince(spot: Spot, since: number): Promise<{ threads: ChangedThread[]; at: number }> {
      const from = new Date(since).toISOString();
      const query = `$filter=lastModifiedDateTime%20gt%20${from}&$expand=replies&$top=${PAGE}`;
      const { rows, at } = await listed(`${messagesOf(spot)}/delta?${query}`, chain);
      return { threads: rows.map(asChanged), at: dated(at) };
    },

    /**
     * What was written in a thread, the message that began it first and then in order; null: it is not there any more.
     * https://learn.microsoft.com/graph/api/chatmessage-list-replies
     */
    async thread(spot: Spot, root: string): Promise<Said[] | null> {
      const first = await message(spot, root);
      if (first === null) return null;
      const path = `${messagesOf(spot)}/${encodeURIComponent(root)}/replies?$top=${PAGE}`;
      const said = await ifGone(() => all(path, saidSchema), null);
      return said && [first, ...said.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))];
    },

    /** A message that began a thread; null: it is not there any more. https://learn.microsoft.com/graph/api/chatmessage-get */
    message,

    /** The last that began threads, by the last change of each. https://learn.microsoft.com/graph/api/channel-list-messages */
    async latest(spot: Spot): Promise<Said[]> {
      const { body } = await graph.call({ path: messagesOf(spot), query: { $top: PAGE } });
      return readAnswer(page(saidSchema), body, VENDOR).value as Said[];
    },

    /** The e-mail address of somebody of the organisation; null: they are gone, or have none. https://learn.microsoft.com/graph/api/user-get */
    async address(id: string): Promise<string | null> {
      const path = `/users/${encodeURIComponent(id)}`;
      const found = await ifGone(() => graph.call({ path, query: { $select: 'mail' } }), null);
      return (found && readAnswer(person, found.body, VENDOR).mail) || null;
    },

    /** The vendor's id of the account in whose name everything is posted. */
    account: http.account.id,

    /** The Microsoft account in whose name everything is posted. */
    user: () => microsoftUser(http),
  };
}

function asChanged({ id, replies, ...root }: z.output<typeof chain>): ChangedThread {
  const [last = root] = [root, ...(replies ?? [])].sort((one, other) => changedAt(other) - changedAt(one));
  return { id, at: changedAt(last), isNew: changedAt(last) === Date.parse(last.createdDateTime) };
}
const changedAt = ({ lastModifiedDateTime }: { readonly lastModifiedDateTime: string }): number =>
  Date.parse(lastModifiedDateTime);

const folded = (text: string): string => text.trim().toLowerCase();

/** What people write for a channel: channels have no `/` in their names, teams may. */
export const nameOf = ({ team: of, name }: TeamsChannel): string => `${of}/${name}`;

const teamIn = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));

const refused = (sentence: Sentence): LiaisonError =>
  new LiaisonError('rejected', { sentence, field: 'channel' });

/** What is not shown to a person is not told apart from what is not there. */
const notShown = (place: string): Sentence => ({
  en: `Microsoft Teams shows no channel “${place}” to the person in whose name Liaison posts: it was renamed, archived or deleted, or they take no part there (any more). Have them let in, or choose another place in the flow’s settings, then retry.`,
  fr: `Microsoft Teams ne montre pas de canal «\u00a0${place}\u00a0» à la personne au nom de qui Liaison publie\u00a0: il a été renommé, archivé ou supprimé, ou elle n’y participe pas ou plus. Faites-la admettre, ou choisissez un autre endroit dans les réglages du flux, puis relancez.`,
});
const several = (place: string): Sentence => ({
  en: `Several channels of Microsoft Teams are called “${place}”. Choose the right one from the list in the flow’s settings, then retry.`,
  fr: `Plusieurs canaux de Microsoft Teams s’appellent «\u00a0${place}\u00a0». Choisissez le bon dans la liste des réglages du flux, puis relancez.`,
});

import { z } from 'zod';
import { LiaisonError } from '../../core/errors.ts';
import { fitText } from '../../core/fit-text.ts';
import { nextPageSchema, type SlackCall } from './calls.ts';
import type { channelCalls } from './channels.ts';
import { LONGEST_TEXT } from './compose.ts';
import { REFUSALS } from './refusals.ts';

export interface PostedMessage {
  /** Slack's id of the channel. */
  readonly channel: string;
  /** Slack's id of the message within the channel: a time with microseconds, as text. */
  readonly ts: string;
}

export interface NewMessage {
  /** Name with or without its `#`, or id. */
  readonly channel: string;
  /** Slack's markup. */
  readonly text: string;
  /** What the message is found by again; people do not see it. */
  readonly marker: string;
  /** `ts` of the message in whose thread it is posted; absent: it begins one. */
  readonly thread?: string;
}

/** Under which name the marker stands in a message's metadata. */
const EVENT_TYPE = 'liaison_message';
const PAGE = 200;
/** Bounds the walk through the channel's history: 10,000 messages. */
const MOST_PAGES = 50;
/** Slack's clock and ours may differ by so much. */
const CLOCKS_APART_MS = 10 * 60_000;

const postedSchema = z.object({ channel: z.string(), ts: z.string() });
const historySchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string().optional(),
      metadata: z
        .object({
          event_type: z.string(),
          event_payload: z.object({ marker: z.unknown() }).catch({ marker: null }),
        })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: nextPageSchema,
});

export function messageCalls(call: SlackCall, { findChannel }: ReturnType<typeof channelCalls>) {
  async function joining<T>(channel: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (thrown) {
      // Posting to a public channel needs no membership, reading it does.
      if (!(thrown instanceof LiaisonError) || thrown.details.vendorMessage !== 'not_in_channel')
        throw thrown;
      await call('conversations.join', z.unknown(), { channel });
      return await read();
    }
  }

  const history = (channel: string, oldest: string, cursor: string | undefined) => {
    const page = { channel, oldest, limit: PAGE, include_all_metadata: true, cursor };
    return joining(channel, () => call('conversations.history', historySchema, page));
  };

  return {
    /** Posts one message, visibly cut where it is too long. A repeat posts it again: look with `findMessage` before. */
    async postMessage({ channel, text, marker, thread }: NewMessage): Promise<PostedMessage> {
      const metadata = { event_type: EVENT_TYPE, event_payload: { marker } };
      return await call('chat.postMessage', postedSchema, {
        channel,
        text: fitText(text, LONGEST_TEXT),
        metadata,
        thread_ts: thread,
      });
    },

    /**
     * The message with this marker, or null. Looks through what was posted since (and a little before, for
     * clocks that differ).
     */
    async findMessage(wish: { channel: string; marker: string; since: Date }): Promise<PostedMessage | null> {
      const channel = await findChannel(wish.channel);
      if (channel === null) throw unknownChannel();
      const oldest = ((wish.since.getTime() - CLOCKS_APART_MS) / 1_000).toFixed(6);
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer = await history(channel.id, oldest, cursor);
        const found = markedIn(answer, wish.marker);
        if (found?.ts !== undefined) return { channel: channel.id, ts: found.ts };
        cursor = answer.response_metadata?.next_cursor || undefined;
        if (cursor === undefined) return null;
      }
      throw new LiaisonError('unknown', { sentence: TOO_MUCH_TO_READ });
    },

    /** The answer with this marker in the thread of a message, or null. */
    async findAnswer(wish: PostedMessage & { marker: string }): Promise<PostedMessage | null> {
      const { channel, ts, marker } = wish;
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const asked = { channel, ts, limit: PAGE, include_all_metadata: true, cursor };
        const answer = await joining(channel, () => call('conversations.replies', historySchema, asked));
        const found = markedIn(answer, marker);
        if (found?.ts !== undefined) return { channel, ts: found.ts };
        cursor = answer.response_metadata?.next_cursor || undefined;
        if (cursor === undefined) return null;
      }
      throw new LiaisonError('unknown', { sentence: TOO_MUCH_TO_READ });
    },
  };
}

const markedIn = ({ messages }: z.output<typeof historySchema>, marker: string) =>
  messages.find(
    ({ metadata }) => metadata?.event_type === EVENT_TYPE && metadata.event_payload.marker === marker,
  );

function unknownChannel(): LiaisonError {
  const refusal = REFUSALS.channel_not_found;
  return new LiaisonError('rejected', {
    sentence: refusal?.sentence ?? TOO_MUCH_TO_READ,
    vendorMessage: 'channel_not_found',
    field: 'channel',
  });
}

/** Better no message than a second one: a person looks. */
const TOO_MUCH_TO_READ = {
  en: 'Too much was posted in this Slack channel since to tell whether the message is there. Look, then retry or leave it aside.',
  fr: 'Trop de messages ont été publiés depuis dans ce canal Slack pour savoir si celui-ci y est. Vérifiez, puis relancez ou laissez-le de côté.',
};

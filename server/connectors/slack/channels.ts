import { z } from 'zod';
import { nextPageSchema, type SlackCall } from './calls.ts';

export interface SlackChannel {
  readonly id: string;
  /** Without the `#`. */
  readonly name: string;
  readonly isPrivate: boolean;
}

const PAGE = 200;
/** Bounds the walk: 20,000 channels. */
const MOST_PAGES = 100;

const channelsSchema = z.object({
  channels: z.array(
    z.object({ id: z.string(), name: z.string().optional(), is_private: z.boolean().optional() }),
  ),
  response_metadata: nextPageSchema,
});

export function channelCalls(call: SlackCall) {
  /** Channels that Liaison may see, page after page; a page may be short without being the last. */
  async function* walk(): AsyncGenerator<SlackChannel> {
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await call('conversations.list', channelsSchema, {
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: PAGE,
        cursor,
      });
      for (const { id, name, is_private: isPrivate } of answer.channels) {
        if (name !== undefined) yield { id, name, isPrivate: isPrivate === true };
      }
      cursor = answer.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) return;
    }
  }

  return {
    async listChannels(): Promise<SlackChannel[]> {
      const channels: SlackChannel[] = [];
      for await (const channel of walk()) channels.push(channel);
      return channels;
    },

    /** The channel of this name, with or without its `#`, or of this id; null when there is none. */
    async findChannel(nameOrId: string): Promise<SlackChannel | null> {
      const wanted = nameOrId.replace(/^#/, '');
      for await (const channel of walk()) {
        if (channel.name === wanted.toLowerCase() || channel.id === wanted) return channel;
      }
      return null;
    },
  };
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { problemError, problemOf, VENDOR } from './failures.ts';

const WATCH = '/crm/v8/actions/watch';
/** Zoho ends a channel after a week at the latest; renewed once a day, five days of failures are survived. */
const LASTS_MS = 6 * 24 * 3_600_000;
/** Zoho's bound on a channel's token. */
const LONGEST_TOKEN = 50;

/** What a channel announces, by the operation that its deliveries then name. */
const CHANNEL_EVENTS: Readonly<Record<string, string>> = {
  insert: 'create',
  update: 'edit',
  delete: 'delete',
};

export interface Channel {
  readonly id: string;
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const channelsSchema = z.object({
  watch: z.array(z.object({ channel_id: z.union([z.string(), z.number()]).transform(String) })),
});
const madeSchema = z.object({ watch: z.array(z.unknown()).min(1) });

/** The channel event behind a topic (`Deals.update` is `Deals.edit`), or null for another kind of topic. */
export function channelEventOf(topic: string): string | null {
  const [module, operation = ''] = topic.split('.');
  if (!module) return null;
  if (Object.values(CHANNEL_EVENTS).includes(operation) || operation === 'all') return topic;
  const event = CHANNEL_EVENTS[operation];
  return event === undefined ? null : `${module}.${event}`;
}

/** Channels of the notification API: they name the changed records and end by themselves. */
export function channelCalls(api: ZohoApi) {
  return {
    /** Opens the channel of this address, or sets the one that stands to these events for six more days. */
    async ensureChannel(url: string, secret: string, events: readonly string[]): Promise<Channel> {
      const id = channelIdOf(url);
      const known = await api({ path: WATCH, query: { channel_id: id } });
      const channels = known.body === null ? [] : readAnswer(channelsSchema, known.body, VENDOR).watch;
      if (known.at === null) throw noClock();
      const expiresAt = known.at + LASTS_MS;
      const token = secret.slice(0, LONGEST_TOKEN);
      const json = {
        watch: [
          {
            channel_id: id,
            events,
            notify_url: url,
            token,
            channel_expiry: zohoTime(expiresAt),
            return_affected_field_values: false,
            notify_on_related_action: false,
          },
        ],
      };
      const method = channels.some((channel) => channel.channel_id === id) ? 'PUT' : 'POST';
      const { body } = await api({ method, path: WATCH, json });
      const problem = problemOf(readAnswer(madeSchema, body, VENDOR, true).watch[0]);
      if (problem !== null) throw problemError(problem);
      return { id, token, expiresAt };
    },

    async closeChannel(id: string): Promise<void> {
      await api({ method: 'DELETE', path: WATCH, query: { channel_ids: id } });
    },
  };
}

/** Ours to choose, a whole number: the same for the same address, so that a repeat finds its channel. */
function channelIdOf(url: string): string {
  const digest = createHash('sha256').update(url).digest();
  return String(1_000_000_000_000_000n + (digest.readBigUInt64BE(0) % 1_000_000_000_000_000n));
}

/** Zoho wants an offset rather than `Z`. */
export const zohoTime = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, '+00:00');

/** When a channel ends is told by Zoho's clock: ours may be wrong. */
function noClock(): LiaisonError {
  return new LiaisonError('retry-later', {
    sentence: {
      en: 'Zoho CRM did not say what time it has, so no channel could be opened. Nothing to do: Liaison tries again.',
      fr: 'Zoho CRM n’a pas donné son heure, aucun canal n’a donc pu être ouvert. Rien à faire\u00a0: Liaison réessaie.',
    },
  });
}

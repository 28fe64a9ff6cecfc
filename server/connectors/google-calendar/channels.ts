import { createHash } from 'node:crypto';
import type { calendar_v3 } from '@googleapis/calendar';
import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { vendorCall } from '../../core/vendor-call.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { VENDOR } from './failures.ts';
import { channelSchema } from './shapes.ts';

/** A push channel. https://developers.google.com/workspace/calendar/api/guides/push */
export interface Channel {
  readonly id: string;
  /** Google's name for what is watched; needed to stop it. */
  readonly resourceId: string;
  /** Epoch milliseconds; absent where Google did not say. */
  readonly expiresAt?: number;
}

const MOST_ATTEMPTS = 3;

const isTaken = ({ kind, details }: LiaisonError): boolean =>
  kind === 'rejected' && /not unique/i.test(details.vendorMessage ?? '');

export function channelCalls(api: calendar_v3.Calendar) {
  return {
    /**
     * Makes Google tell an address when something changes in a calendar, for as long as Google likes: a week.
     * A channel is never renewed; the next one is opened beside it, and this one then stopped.
     */
    async watchEvents(
      calendarId: string,
      { url, secret, opened }: { url: string; secret: string; opened: string },
    ): Promise<Channel> {
      for (let attempt = 0; ; attempt += 1) {
        const id = channelIdOf(url, calendarId, `${opened}/${attempt}`);
        const requestBody = { id, type: 'web_hook', address: url, token: secret };
        try {
          const { data } = await vendorCall(() => api.events.watch({ calendarId, requestBody }));
          const made = readAnswer(channelSchema, data, VENDOR, true);
          const expiresAt = made.expiration === undefined ? {} : { expiresAt: Number(made.expiration) };
          return { id: made.id, resourceId: made.resourceId, ...expiresAt };
        } catch (thrown) {
          // Another opening of this very second left it behind.
          if (attempt >= MOST_ATTEMPTS || !isTaken(asLiaisonError(thrown))) throw thrown;
        }
      }
    },

    /** One that has ended already is no failure. */
    async stopChannel(id: string, resourceId: string): Promise<void> {
      await ifGone(() => api.channels.stop({ requestBody: { id, resourceId } }), undefined);
    },
  };
}

/** Ours to choose, once and never again: `opened` tells one opening from the next. */
function channelIdOf(url: string, calendarId: string, opened: string): string {
  const digest = createHash('sha256').update(`${url}\n${calendarId}\n${opened}`).digest('hex');
  return `liaison-${digest.slice(0, 40)}`;
}

import { asLiaisonError } from '../../core/errors.ts';
import type { WebhookDeclaration } from '../../core/webhooks.ts';
import { followedWebhooks } from '../families/microsoft/webhooks.ts';
import type { MicrosoftTeamsClient, Spot } from './client.ts';
import { OF_CHANNEL, THREAD_CHANGED, threadId } from './threads.ts';

/**
 * How long a subscription to messages may last, in minutes; some are left for clocks. Microsoft's table says three days
 * now and said an hour before. https://learn.microsoft.com/graph/api/resources/subscription
 */
const MINUTES = [4_320 - 15, 60 - 1];

/** `teams('…')/channels('…')/messages('…')`, and behind it `/replies('…')` for what is written below one. */
const NAMED = /teams\('([^']+)'\)\/channels\('([^']+)'\)\/messages\('([^']+)'\)/;

/**
 * Each channel that flows listen to has a subscription of its own, without the messages themselves: Graph puts those in
 * for applications only, and they are read anyway. https://learn.microsoft.com/graph/teams-changenotifications-chatmessage
 */
export const webhooks: WebhookDeclaration<MicrosoftTeamsClient> = followedWebhooks({
  topic: THREAD_CHANGED,
  minutes: MINUTES,
  recordOf(resource) {
    const [, team, channel, root] = NAMED.exec(resource) ?? [];
    return team && channel && root ? threadId({ team, channel }, root) : null;
  },
  async resources(client, topics) {
    const spots = await Promise.all(
      topics
        .filter((topic) => topic.startsWith(OF_CHANNEL))
        .map((topic) => spotOf(client, topic.slice(OF_CHANNEL.length))),
    );
    return [...new Set(spots.flatMap((spot) => (spot === null ? [] : [resourceOf(spot)])))];
  },
});

const resourceOf = ({ team, channel }: Spot): string => `teams/${team}/channels/${channel}/messages`;

/** Null: there is no such channel (any more), which hides the others from nobody; the look says so. */
async function spotOf(client: MicrosoftTeamsClient, place: string): Promise<Spot | null> {
  try {
    return await client.spotOf(place);
  } catch (thrown) {
    if (['rejected', 'gone'].includes(asLiaisonError(thrown).kind)) return null;
    throw thrown;
  }
}

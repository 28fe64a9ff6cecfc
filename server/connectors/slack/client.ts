import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { slackCall } from './calls.ts';
import { channelCalls } from './channels.ts';
import { messageCalls } from './messages.ts';

export type SlackClient = ReturnType<typeof slackClient>;

const teamSchema = z.object({
  team: z.string(),
  team_id: z.string(),
  url: z.string(),
  user_id: z.string().optional(),
});

/** Slack's Web API. Rejects with LiaisonErrors only. */
export function slackClient(http: ConnectorHttp) {
  const call = slackCall(http);
  const channels = channelCalls(call);
  return {
    ...channels,
    ...messageCalls(call, channels),

    /** The workspace that the token belongs to. */
    async team(): Promise<VendorAccount> {
      const team = await call('auth.test', teamSchema);
      return { id: team.team_id, name: team.team, facts: { url: team.url } };
    },
  };
}

import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { vendorCall } from '../../core/vendor-call.ts';
import { channelCalls } from './channels.ts';
import { messageCalls } from './messages.ts';
import { slackWebClient } from './web-client.ts';

export type SlackClient = ReturnType<typeof slackClient>;

const teamSchema = z.object({
  team: z.string(),
  team_id: z.string(),
  url: z.string(),
  user_id: z.string().optional(),
});

/** Slack's Web API. Rejects with LiaisonErrors only. */
export function slackClient(http: ConnectorHttp) {
  const web = slackWebClient(http);
  const channels = channelCalls(web);
  return {
    ...channels,
    ...messageCalls(web, channels),

    /** The workspace that the token belongs to. */
    async team(): Promise<VendorAccount> {
      const team = readAnswer(teamSchema, await vendorCall(() => web.auth.test()), 'Slack');
      return { id: team.team_id, name: team.team, facts: { url: team.url } };
    },
  };
}

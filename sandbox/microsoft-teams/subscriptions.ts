import type { VendorDesk } from '../core/simulator.ts';
import { jsonBody } from '../kit/json-body.ts';
import { type ChangeType, notifyResource } from '../microsoft/notify.ts';
import { badRequest } from '../microsoft/refusal.ts';
import { preferencesIn } from '../microsoft/requests.ts';
import { subscriptionOperations } from '../microsoft/subscriptions.ts';
import { asAccount, asEachAccount } from '../microsoft-accounts/account.ts';
import type { Operation } from './api.ts';
import { type MessageRow, teamsTables } from './rows.ts';

const MESSAGES_OF_CHANNEL = /^\/?teams\/[^/]+\/channels\/[^/]+\/messages$/i;

/** Three days at most, and beyond an hour only with an address for what becomes of it. */
const LIFE = { most: 4_320, plain: 60 };

/**
 * Subscriptions to the messages of a channel, of whoever signed in.
 * https://learn.microsoft.com/graph/teams-changenotifications-chatmessage
 */
export const subscribingOperations: readonly Operation[] = subscriptionOperations(
  ['ChannelMessage.Read.All'],
  MESSAGES_OF_CHANNEL,
  LIFE,
).map(({ method, path, scopes, run }) => ({
  ...{ method, path, scopes },
  run: ({ desk, request, query, path: given, who, clientId }) =>
    asAccount(desk, who, (own) =>
      run({
        ...{ desk: own, clientId, id: given.id ?? '', path: given, query },
        body: jsonBody(request, () => badRequest('Unable to read JSON request payload.')),
        prefers: preferencesIn(request.get('prefer')),
        ifMatch: undefined,
      }),
    ),
}));

/** Tells of a message to whoever subscribed to its channel. */
export function tellOf(desk: VendorDesk, changeType: ChangeType, row: MessageRow): void {
  const teamId = teamsTables(desk).channels.get(row.channelId)?.teamId;
  if (teamId === undefined) return;
  const root = `teams('${teamId}')/channels('${row.channelId}')/messages('${row.replyToId ?? row.id}')`;
  const resource = row.replyToId === null ? root : `${root}/replies('${row.id}')`;
  const named = { resource, type: '#Microsoft.Graph.chatMessage', id: row.id };
  const subscribed = `teams/${teamId}/channels/${row.channelId}/messages`;
  asEachAccount(desk, (own) => notifyResource(own, changeType, subscribed, named));
}

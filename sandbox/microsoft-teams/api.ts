import type { UserKey } from '../company/index.ts';
import { rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../kit/api.ts';
import type { Reply } from '../kit/refusal.ts';
import { badRequest, GraphRefusal, throttled } from '../microsoft/refusal.ts';
import { believe } from '../microsoft/requests.ts';
import { SCOPES } from '../microsoft-accounts/scopes.ts';
import { type ChannelRow, isMember, type TeamRow, teamsTables } from './rows.ts';

/** A call that was let in. */
export interface Call extends Incoming {
  readonly who: UserKey;
  /** The client that the token was given to. */
  readonly clientId: string;
}

export interface Operation extends Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** One of these is enough. */
  readonly scopes: readonly string[];
  run(call: Call): Reply | Promise<Reply>;
}

/**
 * Of one application and channel, and of messages that are posted: the page of the method says ten in ten seconds.
 * https://learn.microsoft.com/graph/throttling-limits#microsoft-teams-service-limits
 */
const PER_CHANNEL = { perSecond: 4, burst: 4 };
const PER_POSTING = { perSecond: 1, burst: 10 };
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Graph, version 1.0, as far as channels of Teams go: https://learn.microsoft.com/graph/teams-messaging-overview */
export function teamsApi(desk: VendorDesk, operations: readonly Operation[]): Api<Operation> {
  const calls = rateLimit(desk, PER_CHANNEL);
  const posts = rateLimit(desk, PER_POSTING);
  return {
    base: '/v1.0',
    operations,
    answer(operation, incoming) {
      const token = believe(desk, incoming.request, Object.keys(SCOPES));
      if (!operation.scopes.some((scope) => token.scopes.includes(scope)))
        throw new GraphRefusal(
          403,
          'Forbidden',
          `Missing scope permissions on the request. API requires one of '${operation.scopes.join(', ')}'. Scopes on the request '${token.scopes.join(', ')}'`,
        );
      const { channel } = incoming.path;
      if (channel !== undefined) {
        const wait = calls.take(channel) || (operation.method === 'POST' ? posts.take(channel) : 0);
        if (wait > 0) throw throttled(wait);
      }
      return operation.run({ ...incoming, who: token.account as UserKey, clientId: token.clientId });
    },
    unknown: () => badRequest('Resource not found for the segment.'),
    otherMethod: () => new GraphRefusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.'),
  };
}

/** The team of a path, for who is a member of it or of one of its shared channels. */
export function teamOf({ desk, path }: Call): TeamRow {
  const id = path.team ?? '';
  if (!ID.test(id)) throw badRequest('teamId needs to be a valid GUID.');
  const team = teamsTables(desk).teams.get(id);
  if (team === undefined) throw new GraphRefusal(404, 'NotFound', `No team found with Group Id ${id}`);
  return team;
}

export const notMember = (who: string): GraphRefusal =>
  new GraphRefusal(
    403,
    'Forbidden',
    `AclCheckFailed-The initiator ${who} is not a member of the roster in the thread.`,
  );

/** The channel of a path, for who takes part in it. */
export function channelOf(call: Call): { readonly team: TeamRow; readonly channel: ChannelRow } {
  const team = teamOf(call);
  const channel = teamsTables(call.desk).channels.get(call.path.channel ?? '');
  if (channel === undefined || channel.teamId !== team.id)
    throw new GraphRefusal(404, 'NotFound', 'NotFound: the thread could not be found.');
  if (!isMember(team, channel, call.who)) throw notMember(call.who);
  return { team, channel };
}

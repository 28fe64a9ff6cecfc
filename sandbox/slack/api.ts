import { perMinute, rateLimit } from '../core/rate-limit.ts';
import type { VendorDesk } from '../core/simulator.ts';
import type { Api } from '../kit/api.ts';
import { argumentsOf, textOf } from './arguments.ts';
import { authMethods } from './auth.ts';
import { changingConversations } from './change-conversations.ts';
import { chatMethods } from './chat.ts';
import type { Method, Tier } from './method.ts';
import { peopleMethods } from './people.ts';
import { readingConversations } from './read-conversations.ts';
import { rateLimited, SlackRefusal } from './refusal.ts';
import { demand } from './scopes.ts';
import { believe } from './tokens.ts';

const PER_MINUTE: Readonly<Record<Tier, number>> = { 2: 20, 3: 50, 4: 100, special: 600 };
/** Slack says one message a second in a channel, and that it lets short bursts pass without a number. */
const POSTING = { perSecond: 1, burst: 5 };

const methods: readonly Method[] = [
  ...authMethods,
  ...chatMethods,
  ...readingConversations,
  ...changingConversations,
  ...peopleMethods,
];

/** The Web API: arguments, token, scope, limit, work; every refusal but the limit is a 200. */
export function webApi(desk: VendorDesk): Api<Method & { readonly path: string }> {
  const posting = rateLimit(desk, POSTING);
  const limits = new Map(
    methods.map(({ name, tier }) => [name, rateLimit(desk, perMinute(PER_MINUTE[tier]))]),
  );
  return {
    base: '/api',
    trailingSlash: true,
    operations: methods.map((method) => ({ ...method, path: `/${method.name}` })),
    answer(method, { request, response }) {
      const given = argumentsOf(request, method.takesJson);
      const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
      const token = believe(desk, bearer ?? textOf(given, 'token') ?? '');
      response.set('X-OAuth-Scopes', token.scopes.join(','));
      if (method.scopes.length > 0) {
        response.set('X-Accepted-OAuth-Scopes', method.scopes.join(','));
        demand(token.scopes, ...method.scopes);
      }
      const wait = limits.get(method.name)?.take(token.token) ?? 0;
      if (wait > 0) throw rateLimited(wait);
      return { body: { ok: true, ...method.run({ desk, given, token, posting }) } };
    },
    unknown: ({ request }) => new SlackRefusal('unknown_method', { req_method: request.path.slice(1) }),
  };
}

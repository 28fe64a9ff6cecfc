import { flagOf } from './arguments.ts';
import type { Method } from './method.ts';
import { revokeToken } from './tokens.ts';
import { app, workspace } from './workspace.ts';

export const authMethods: readonly Method[] = [
  {
    name: 'auth.test',
    tier: 'special',
    scopes: [],
    takesJson: true,
    run: () => ({
      url: workspace().url,
      team: workspace().name,
      user: app.handle,
      team_id: workspace().id,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
  },
  {
    name: 'auth.revoke',
    tier: 3,
    scopes: [],
    takesJson: false,
    run({ desk, given, token }) {
      if (flagOf(given, 'test')) return { revoked: false };
      revokeToken(desk, token);
      return { revoked: true };
    },
  },
];

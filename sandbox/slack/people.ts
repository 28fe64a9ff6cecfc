import { company } from '../company/index.ts';
import { required } from './arguments.ts';
import type { Call, Method } from './method.ts';
import { pageOf } from './paging.ts';
import { SlackRefusal } from './refusal.ts';
import { slackTables, type UserRow } from './rows.ts';
import { demand } from './scopes.ts';
import { app, workspace } from './workspace.ts';

const reading = { takesJson: false };

/** Users, the workspace, and the caller itself. */
export const peopleMethods: readonly Method[] = [
  { name: 'users.list', tier: 2, ...reading, scopes: ['users:read'], run: list },
  { name: 'users.info', tier: 4, ...reading, scopes: ['users:read'], run: info },
  { name: 'users.lookupByEmail', tier: 3, ...reading, scopes: ['users:read.email'], run: lookup },
  { name: 'team.info', tier: 3, ...reading, scopes: ['team:read'], run: () => ({ team: shownTeam() }) },
];

function list(call: Call): object {
  const { rows, next } = pageOf(slackTables(call.desk).users.all(), call.given, ({ id }) => id, 1000);
  return {
    members: rows.map((user) => shownUser(user, call)),
    cache_ts: Math.floor(call.desk.clock().getTime() / 1000),
    response_metadata: { next_cursor: next },
  };
}

function info(call: Call): object {
  const user = slackTables(call.desk).users.get(required(call.given, 'user', 'user_not_found'));
  if (!user) throw new SlackRefusal('user_not_found');
  return { user: shownUser(user, call) };
}

function lookup(call: Call): object {
  demand(call.token.scopes, 'users:read');
  const email = required(call.given, 'email', 'users_not_found').toLowerCase();
  const user = slackTables(call.desk)
    .users.all()
    .find((one) => one.email?.toLowerCase() === email);
  if (!user) throw new SlackRefusal('users_not_found');
  return { user: shownUser(user, call) };
}

/** The e-mail address only for an app that may read it. */
function shownUser(user: UserRow, { token }: Call): object {
  const { id, name, firstName, lastName, email, isAdmin, isBot } = user;
  const realName = [firstName, lastName].filter(Boolean).join(' ');
  const mayRead = token.scopes.includes('users:read.email') && email !== null;
  return {
    id,
    team_id: workspace().id,
    name,
    deleted: false,
    color: '4bbe2e',
    real_name: realName,
    tz: company.timeZone,
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: {
      title: user.title,
      phone: '',
      skype: '',
      real_name: realName,
      real_name_normalized: plain(realName),
      display_name: firstName,
      display_name_normalized: plain(firstName),
      status_text: '',
      status_emoji: '',
      first_name: firstName,
      last_name: lastName,
      team: workspace().id,
      ...(mayRead ? { email } : {}),
    },
    is_admin: isAdmin,
    is_owner: isAdmin,
    is_primary_owner: isAdmin,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    updated: 0,
    is_email_confirmed: !isBot,
  };
}

function shownTeam(): object {
  const { id, name, url, domain, emailDomain } = workspace();
  return {
    id,
    name,
    url,
    domain,
    email_domain: emailDomain,
    icon: { image_default: true },
    is_verified: false,
  };
}

/** Without accents, as Slack's normalised names are. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

export const botUser: UserRow = {
  id: app.botUserId,
  name: app.handle,
  firstName: app.name,
  lastName: '',
  email: null,
  title: '',
  isAdmin: false,
  isBot: true,
};

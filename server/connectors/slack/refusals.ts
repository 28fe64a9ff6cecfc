import type { Meaning } from '../../kit/failures.ts';

const reconnect: Meaning = { kind: 'reconnect' };
const later: Meaning = { kind: 'retry-later' };

const noChannel: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'Slack does not know this channel, or Liaison may not see it. Check its name in the flow’s settings; invite Liaison into it if it is private.',
    fr: 'Slack ne connaît pas ce canal, ou Liaison ne peut pas le voir. Vérifiez son nom dans les réglages du flux\u00a0; s’il est privé, invitez-y Liaison.',
  },
};
const notIn: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'Liaison is not a member of this Slack channel. Invite it with /invite @Liaison, then retry.',
    fr: 'Liaison n’est pas membre de ce canal Slack. Invitez-la avec /invite @Liaison, puis relancez.',
  },
};
const mayNot: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'Slack does not let Liaison post here. A Slack admin has to allow apps in this channel, or choose another one.',
    fr: 'Slack ne laisse pas Liaison publier ici. Un administrateur Slack doit y autoriser les applications, ou choisissez un autre canal.',
  },
};
const tooLong: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'Slack takes the message for too long, though it is kept to 4,000 characters. Leave a field with a long text out of the template in the flow’s settings, then retry.',
    fr: 'Slack juge le message trop long, bien qu’il soit limité à 4 000 caractères. Retirez du modèle, dans les réglages du flux, un champ au texte long, puis relancez.',
  },
};
const empty: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'The message came out empty. Put some text into the template in the flow’s settings, then retry.',
    fr: 'Le message est vide. Ajoutez du texte au modèle dans les réglages du flux, puis relancez.',
  },
};
const archived: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'This Slack channel is archived. Restore it in Slack or choose another one in the flow’s settings, then retry.',
    fr: 'Ce canal Slack est archivé. Restaurez-le dans Slack ou choisissez-en un autre dans les réglages du flux, puis relancez.',
  },
};

/** Slack states failures as codes in a 200. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export const REFUSALS: Readonly<Record<string, Meaning>> = {
  invalid_auth: reconnect,
  not_authed: reconnect,
  account_inactive: reconnect,
  token_revoked: reconnect,
  token_expired: reconnect,
  missing_scope: reconnect,
  no_permission: reconnect,
  org_login_required: reconnect,
  ratelimited: { kind: 'rate-limited' },
  rate_limited: { kind: 'rate-limited' },
  message_limit_exceeded: { kind: 'rate-limited' },
  internal_error: later,
  fatal_error: later,
  service_unavailable: later,
  request_timeout: later,
  team_added_to_org: later,
  channel_not_found: noChannel,
  not_in_channel: notIn,
  is_archived: archived,
  msg_too_long: tooLong,
  msg_blocks_too_long: tooLong,
  no_text: empty,
  restricted_action: mayNot,
  restricted_action_read_only_channel: mayNot,
  restricted_action_thread_only_channel: mayNot,
  access_denied: mayNot,
  invalid_cursor: { kind: 'cursor-lost' },
};

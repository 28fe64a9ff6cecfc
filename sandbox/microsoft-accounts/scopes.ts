import type { Words } from '../core/consent-page.ts';

const GRAPH = 'https://graph.microsoft.com/';

/** The permissions that these simulators know. https://learn.microsoft.com/graph/permissions-reference */
export const SCOPES: Readonly<Record<string, Words>> = {
  openid: { en: 'sign you in', fr: 'vous connecter' },
  profile: { en: 'view your basic profile', fr: 'voir votre profil de base' },
  email: { en: 'view your e-mail address', fr: 'voir votre adresse e-mail' },
  offline_access: {
    en: 'maintain access to data you have given it access to',
    fr: 'conserver l’accès aux données auxquelles vous lui avez donné accès',
  },
  'User.Read': { en: 'sign you in and read your profile', fr: 'vous connecter et lire votre profil' },
  'User.ReadBasic.All': {
    en: 'read all users’ basic profiles',
    fr: 'lire les profils de base de tous les utilisateurs',
  },
  'Contacts.Read': { en: 'read your contacts', fr: 'lire vos contacts' },
  'Contacts.ReadWrite': {
    en: 'have full access of your contacts',
    fr: 'accéder entièrement à vos contacts',
  },
  'Mail.Read': { en: 'read your mail', fr: 'lire vos e-mails' },
  'Mail.ReadWrite': {
    en: 'read and write access to your mail',
    fr: 'lire et modifier vos e-mails',
  },
  'Team.ReadBasic.All': { en: 'read the names of your teams', fr: 'lire les noms de vos équipes' },
  'Channel.ReadBasic.All': { en: 'read the names of channels', fr: 'lire les noms des canaux' },
  'ChannelMessage.Send': { en: 'send channel messages', fr: 'envoyer des messages dans les canaux' },
  'ChannelMessage.Read.All': { en: 'read channel messages', fr: 'lire les messages des canaux' },
  'Calendars.Read': { en: 'read your calendars', fr: 'lire vos calendriers' },
  'Calendars.ReadWrite': {
    en: 'have full access to your calendars',
    fr: 'accéder entièrement à vos calendriers',
  },
};

/** What an administrator alone may let in, whatever the tenant's rules. */
export const ADMINISTRATORS: readonly string[] = ['ChannelMessage.Read.All'];

const SIGN_IN = new Set(['openid', 'profile', 'email', 'offline_access']);
const CASED = new Map(Object.keys(SCOPES).map((scope) => [scope.toLowerCase(), scope]));

/** Names are taken with or without Graph's own address before them, in any case. */
export function scopesOf(text: string): string[] {
  const named = text.split(/\s+/).filter((scope) => scope !== '');
  const plain = named.map((scope) => (scope.startsWith(GRAPH) ? scope.slice(GRAPH.length) : scope));
  return [...new Set(plain.map((scope) => CASED.get(scope.toLowerCase()) ?? scope))];
}

/** What a token answer tells of them: Graph's by their whole names, and nothing of the lasting access. */
export const toldScopes = (scopes: readonly string[]): string =>
  scopes
    .filter((scope) => scope !== 'offline_access')
    .map((scope) => (SIGN_IN.has(scope) ? scope : `${GRAPH}${scope}`))
    .join(' ');

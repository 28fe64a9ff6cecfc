import type { Words } from '../core/consent-page.ts';
import { SlackRefusal } from './refusal.ts';

/** The bot scopes that this workspace can grant. https://docs.slack.dev/reference/scopes */
export const SCOPES: Readonly<Record<string, Words>> = {
  'chat:write': { en: 'send messages as Liaison', fr: 'envoyer des messages en tant que Liaison' },
  'chat:write.public': {
    en: 'send messages to channels it is not in',
    fr: 'envoyer des messages dans les canaux dont elle n’est pas membre',
  },
  'chat:write.customize': {
    en: 'send messages under another name',
    fr: 'envoyer des messages sous un autre nom',
  },
  'channels:read': { en: 'see public channels', fr: 'voir les canaux publics' },
  'channels:history': { en: 'read messages in public channels', fr: 'lire les messages des canaux publics' },
  'channels:join': { en: 'join public channels', fr: 'rejoindre les canaux publics' },
  'channels:manage': { en: 'create and manage public channels', fr: 'créer et gérer des canaux publics' },
  'groups:read': { en: 'see private channels it is in', fr: 'voir les canaux privés dont elle est membre' },
  'groups:history': {
    en: 'read messages in private channels it is in',
    fr: 'lire les messages des canaux privés dont elle est membre',
  },
  'groups:write': { en: 'create and manage private channels', fr: 'créer et gérer des canaux privés' },
  'im:read': { en: 'see its direct messages', fr: 'voir ses messages directs' },
  'im:write': { en: 'start direct messages', fr: 'commencer des messages directs' },
  'metadata.message:read': { en: 'read the metadata of messages', fr: 'lire les métadonnées des messages' },
  'users:read': { en: 'see people in the workspace', fr: 'voir les membres de l’espace' },
  'users:read.email': { en: 'see their e-mail addresses', fr: 'voir leurs adresses e-mail' },
  'team:read': { en: 'see the workspace’s name and address', fr: 'voir le nom et l’adresse de l’espace' },
};

/** Scopes of a request: separated by commas, or by spaces as some libraries write them. */
export function scopesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}

/** Throws `missing_scope` unless one of the scopes was granted. */
export function demand(provided: readonly string[], ...anyOf: readonly string[]): void {
  if (anyOf.some((scope) => provided.includes(scope))) return;
  throw new SlackRefusal('missing_scope', { needed: anyOf.join(','), provided: provided.join(',') });
}

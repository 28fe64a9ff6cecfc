import { type UserKey, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { nextTimestamp } from './message.ts';
import { botUser } from './people.ts';
import { messageKey, slackTables } from './rows.ts';
import { app, channelIds } from './workspace.ts';

export function userIdOf(key: UserKey): string {
  return `U07${key.toUpperCase().padEnd(7, '0')}`;
}

const CHANNELS = [
  { name: 'general', purpose: 'Toute l’agence.', members: ['claire', 'hugo', 'ines'], bot: false },
  { name: 'ventes', purpose: 'Devis, relances et bonnes nouvelles.', members: ['claire', 'hugo'], bot: true },
  { name: 'support', purpose: 'Les demandes des clients.', members: ['ines', 'hugo'], bot: false },
  { name: 'support-urgent', purpose: 'Ce qui ne peut pas attendre.', members: ['ines', 'hugo'], bot: true },
  { name: 'direction', purpose: 'Entre nous.', members: ['hugo', 'claire'], bot: false },
] as const;

const MESSAGES = [
  { channel: 'general', user: 'hugo', text: 'Bonjour à toutes et à tous, bonne semaine !', minutesAgo: 3000 },
  {
    channel: 'ventes',
    user: 'claire',
    text: 'Rendez-vous pris avec la Boulangerie Pélissier pour le devis.',
    minutesAgo: 2900,
  },
  {
    channel: 'ventes',
    user: 'hugo',
    text: 'Parfait. Pense à la maintenance annuelle dans la proposition.',
    minutesAgo: 2880,
  },
  { channel: 'support', user: 'ines', text: 'Le formulaire de la clinique est réparé.', minutesAgo: 1400 },
  { channel: 'direction', user: 'hugo', text: 'On parle des embauches jeudi.', minutesAgo: 1300 },
] as const;

/** The workspace with its people, its channels and a little talk. */
export function seed(desk: VendorDesk): void {
  const tables = slackTables(desk);
  tables.users.put(app.botUserId, botUser);
  for (const { key, firstName, lastName, email, job, role } of users) {
    const id = userIdOf(key);
    const isAdmin = role === 'Administrator';
    const name = email.split('@')[0] ?? key;
    tables.users.put(id, { id, name, firstName, lastName, email, title: job, isAdmin, isBot: false });
  }
  const created = Math.floor(desk.clock().getTime() / 1000) - 300 * 86_400;
  for (const { name, purpose, members, bot } of CHANNELS) {
    const id = channelIds[name];
    tables.channels.put(id, {
      id,
      name,
      isPrivate: name === 'direction',
      isGeneral: name === 'general',
      isArchived: false,
      created,
      creator: userIdOf('hugo'),
      topic: '',
      purpose,
      members: [...members.map(userIdOf), ...(bot ? [app.botUserId] : [])],
    });
  }
  for (const { channel, user, text, minutesAgo } of MESSAGES) {
    const id = channelIds[channel];
    const ts = pastTimestamp(desk, minutesAgo);
    tables.messages.put(messageKey(id, ts), {
      channel: id,
      ts,
      user: userIdOf(user),
      text,
      botId: null,
      threadTs: null,
      blocks: null,
      attachments: null,
      metadata: null,
      edited: null,
    });
  }
}

/** Taken from the one clock for its microseconds, so that no seed repeats the timestamp of another. */
function pastTimestamp(desk: VendorDesk, minutesAgo: number): string {
  const [seconds, fraction] = nextTimestamp(desk).split('.');
  return `${Number(seconds) - minutesAgo * 60}.${fraction}`;
}

import { type UserKey, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface ChannelRow {
  readonly id: string;
  /** Of the conversation in it: messages are held by it. */
  readonly chatId: string;
  readonly uniqueName: string;
  readonly name: string;
  readonly level: string;
  readonly status: string;
  readonly participants: readonly UserKey[];
  /** Whether the bot takes part. */
  readonly bot: boolean;
}

export interface MessageRow {
  readonly id: string;
  readonly chatId: string;
  readonly sender: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** What else came with it: a card. */
  readonly more: object;
}

export const BOT = { id: 'b-910002000000012345', uniqueName: 'liaison', name: 'Liaison' } as const;

export const cliqTables = (desk: VendorDesk) => ({
  channels: desk.table<ChannelRow>('channels'),
  messages: desk.table<MessageRow>('messages'),
});

export const userIdOf = (key: UserKey): string => `7002793${users.findIndex((one) => one.key === key)}`;
export const nameOf = (sender: string): string => {
  const person = users.find(({ key }) => userIdOf(key) === sender);
  return person ? `${person.firstName} ${person.lastName}` : BOT.name;
};

const all: readonly UserKey[] = ['claire', 'hugo', 'ines'];
const CHANNELS = [
  ['annonces', '#Annonces', 'organization', 'created', all, true],
  ['ventes', '#Ventes', 'team', 'created', ['claire', 'hugo'], true],
  ['direction', '#Direction', 'private', 'created', ['hugo'], false],
  ['support', '#Support', 'organization', 'created', ['ines'], false],
  ['salon2025', '#Salon 2025', 'organization', 'archived', all, false],
] as const;

export function seed(desk: VendorDesk): void {
  for (const [index, [uniqueName, name, level, status, participants, bot]] of CHANNELS.entries()) {
    const [id, chatId] = [`O91000200000005${index}`, `CT_184739205617392048${index}_748291635`];
    cliqTables(desk).channels.put(id, { id, chatId, uniqueName, name, level, status, participants, bot });
  }
}

import { type UserKey, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface VisitorRow {
  readonly id: string;
  /** Screen name of the portal. */
  readonly portal: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** What operators see beside the chat, by the name of each line. */
  readonly customerInfo: Readonly<Record<string, Line>>;
  /** Epoch milliseconds. */
  readonly lastAccessedTime: number;
}

/** A line beside a chat. */
export type Line = string | number | boolean;

export type State = 'waiting' | 'connected' | 'missed' | 'ended';

export interface ConversationRow {
  readonly id: string;
  readonly portal: string;
  readonly referenceId: string;
  readonly visitorId: string;
  readonly question: string;
  readonly state: State;
  readonly attender: UserKey | null;
  /** Epoch milliseconds. */
  readonly startTime: number;
  readonly attendedTime: number | null;
  readonly missedTime: number | null;
  readonly endTime: number | null;
  readonly lastModifiedTime: number;
  /** Somebody opened it again after it had ended. */
  readonly reopen: boolean;
  readonly rating: number | null;
  readonly feedback: string | null;
  readonly customerInfo: Readonly<Record<string, Line>>;
}

export interface MessageRow {
  readonly id: string;
  readonly conversationId: string;
  /** `info`: what the portal itself notes; `notes`: of an operator for others. */
  readonly type: 'text' | 'file' | 'info' | 'notes';
  readonly sender: 'visitor' | 'operator' | 'bot' | 'system';
  readonly name: string;
  readonly text: string;
  readonly file: string | null;
  readonly time: number;
}

export interface WebhookKey {
  readonly id: string;
  /** Of the public half: base64 of its DER. */
  readonly key: string;
  /** PEM. */
  readonly privateKey: string;
  readonly createdTime: number;
}

export interface WebhookRow {
  readonly id: string;
  readonly portal: string;
  readonly url: string;
  readonly type: string;
  readonly isEnabled: boolean;
  readonly secured: boolean;
  readonly events: readonly string[];
  readonly version: number;
  readonly failures: number;
  readonly createdTime: number;
  readonly modifiedTime: number;
  /** Oldest first: that one signs. */
  readonly keys: readonly WebhookKey[];
}

export const salesIqTables = (desk: VendorDesk) => ({
  visitors: desk.table<VisitorRow>('visitors'),
  conversations: desk.table<ConversationRow>('conversations'),
  messages: desk.table<MessageRow>('messages'),
  series: desk.table<{ readonly last: number }>('series'),
  webhooks: desk.table<WebhookRow>('webhooks', { kept: true }),
});

const ORGANISATION = '4817000000';

/** The company's portals: its own, and the one of its shop. */
export const portals = [
  { id: '20098770001', screenname: 'atelierlumen', name: 'Atelier Lumen' },
  { id: '20098770002', screenname: 'lumendestockage', name: 'Lumen Déstockage' },
] as const;

export const department = { id: `${ORGANISATION}002016`, name: 'Ventes' } as const;
export const app = { id: `${ORGANISATION}167061`, name: 'atelier-lumen.example' } as const;

export const operatorIdOf = (key: UserKey): string =>
  `${ORGANISATION}05${users.findIndex((one) => one.key === key)}001`;
export const operator = (key: UserKey) => {
  const one = users.find((user) => user.key === key);
  return { id: operatorIdOf(key), name: one?.firstName ?? key, email: one?.email ?? '' };
};

export const newId = (desk: VendorDesk): string => desk.digits(ORGANISATION, 8);

export function nextReference(desk: VendorDesk): string {
  const { series } = salesIqTables(desk);
  const last = (series.get('conversation')?.last ?? 6_100) + 1;
  series.put('conversation', { last });
  return String(last);
}

export const messagesOf = (desk: VendorDesk, conversation: string): MessageRow[] =>
  salesIqTables(desk)
    .messages.all()
    .filter(({ conversationId }) => conversationId === conversation);

export const visitorWithEmail = (desk: VendorDesk, portal: string, email: string): VisitorRow | undefined =>
  salesIqTables(desk)
    .visitors.all()
    .find((one) => one.portal === portal && one.email?.toLowerCase() === email.trim().toLowerCase());

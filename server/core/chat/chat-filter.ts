import type { FilterField } from '../filter/filter.ts';
import { leftOutText } from '../filter/judge.ts';
import type { RunFilter } from '../flow.ts';
import type { Sentence } from '../sentence.ts';
import type { Chat } from './chat.ts';

/** What is known of every chat, for conditions. */
export const CHAT_FIELDS: readonly FilterField[] = [
  { name: 'department', kind: 'text', titles: { en: 'Department', fr: 'Département' } },
  { name: 'site', kind: 'text', titles: { en: 'Site', fr: 'Site' } },
  { name: 'question', kind: 'text', titles: { en: 'First question', fr: 'Première question' } },
  { name: 'operator', kind: 'text', titles: { en: 'Operator', fr: 'Opérateur' } },
  { name: 'visitor', kind: 'text', titles: { en: 'Visitor', fr: 'Visiteur' } },
  { name: 'email', kind: 'text', titles: { en: 'Visitor’s e-mail', fr: 'E-mail du visiteur' } },
  { name: 'started', kind: 'moment', titles: { en: 'Began', fr: 'Commencé' } },
];

/** Why a chat is left out as it now is; null: it takes part. */
export function leftOutChat(filter: RunFilter | null, chat: Chat): Sentence | null {
  if (filter === null) return null;
  const { department, site, question, operator, visitor, startedAt: started } = chat;
  const { name, email } = visitor;
  const values = { department, site, question, operator, visitor: name, email, started };
  const { fits, why } = filter.judge({ values, currency: null });
  return fits ? null : leftOutText(why, false);
}

import type { MailRecord } from '../mail/mail-record.ts';

/** By what name the pane leaves with a draft what is to be done when it is sent, for `send/` to find. */
export const SEND_NOTE = 'liaison.log';

/** On which records a draft is logged when it is sent. */
export interface SendWish {
  /** What the mail is named by until it has an id: the same at every attempt to send it. */
  readonly draftId: string;
  readonly records: readonly MailRecord[];
}

/** @returns what the note says; null where it says nothing that is understood. */
export function sendWishOf(note: string | null | undefined): SendWish | null {
  if (typeof note !== 'string' || note === '') return null;
  try {
    const { draftId, records } = JSON.parse(note) as Partial<SendWish>;
    if (typeof draftId !== 'string' || !Array.isArray(records) || records.length === 0) return null;
    return { draftId, records };
  } catch {
    return null;
  }
}

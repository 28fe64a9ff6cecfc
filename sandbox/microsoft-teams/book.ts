import type { UserKey } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type MessageRow, teamsTables } from './rows.ts';
import { tellOf } from './subscriptions.ts';

export interface Draft {
  readonly channelId: string;
  readonly from: UserKey | null;
  readonly content: string;
  readonly replyToId?: string;
  readonly contentType?: MessageRow['contentType'];
  readonly subject?: string | null;
  readonly importance?: string;
  readonly mentions?: readonly object[];
  readonly attachments?: readonly object[];
  /** Epoch milliseconds; absent: now. */
  readonly at?: number;
}

/** Puts a message into its channel, under a moment that no other one has. */
export function keepMessage(desk: VendorDesk, draft: Draft): MessageRow {
  const { messages } = teamsTables(desk);
  let at = draft.at ?? desk.clock().getTime();
  while (messages.get(String(at)) !== undefined) at += 1;
  const { at: _moment, ...said } = draft;
  const kept = messages.put(String(at), {
    ...{ replyToId: null, contentType: 'html', subject: null, importance: 'normal' },
    ...{ mentions: [], attachments: [], editedAt: null, deletedAt: null },
    ...said,
    ...{ id: String(at), createdAt: at, changedAt: at },
  });
  tellOf(desk, 'created', kept);
  return kept;
}

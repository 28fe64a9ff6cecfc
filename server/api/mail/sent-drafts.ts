import {
  type SentDraft,
  sentAs,
  sentIn,
  sentLink,
  sentText,
  withSent,
} from '../../core/mail/conversation.ts';
import { identityOf, type Mail } from '../../core/mail/mail.ts';
import type { Exclusively } from '../../engine/exclusive.ts';
import type { Database } from '../../store/database.ts';
import { linkedRecords, saveLinks } from '../../store/links.ts';

/** Whose memory it is: the integration that logs what people ask for. */
interface Of {
  readonly organisationId: string;
  readonly integration: string;
}

/** A new mail has no conversation before it is sent. */
const newLink = (from: string): string => `sent by ${from}`;

/** The mails that were logged while they were sent, so that each is known again when it is logged by hand. */
export function sentDrafts(parts: { readonly database: Database; readonly exclusively: Exclusively }) {
  const { database, exclusively } = parts;

  /** Reads what is kept and keeps what comes of it, one at a time. */
  const change = <Value>(
    of: Of,
    leftId: string,
    work: (sent: readonly SentDraft[]) => {
      readonly sent: readonly SentDraft[] | null;
      readonly value: Value;
    },
  ): Promise<Value> =>
    exclusively(`${of.organisationId} mail-drafts ${leftId}`, async () => {
      const [kept = null] = await linkedRecords(database, [{ ...of, leftId }]);
      const { sent, value } = work(sentIn(kept));
      if (sent !== null) await saveLinks(database, [{ ...of, leftId, rightId: sentText(sent) }]);
      return value;
    });

  return {
    /** @returns what an earlier text of this draft was logged as; null: there was none. */
    told(of: Of, conversation: string | null, draft: SentDraft & { readonly from: string }) {
      const leftId = conversation === null ? newLink(draft.from) : sentLink(conversation);
      return change(of, leftId, (sent) => {
        const before = sent.find(({ draftId }) => draftId === draft.draftId)?.identity ?? null;
        return { sent: withSent(sent, draft), value: before === draft.identity ? null : before };
      });
    },

    /** What a mail is known by: one that was logged while it was sent, by what it was logged as then. */
    async identityOf(of: Of, mail: Mail): Promise<string> {
      const own = identityOf(mail);
      if (mail.messageId === null) return own;
      const { conversationId, subject, at } = mail;
      const from = mail.from.address;
      for (const leftId of [...(conversationId === null ? [] : [sentLink(conversationId)]), newLink(from)]) {
        const known = await change(of, leftId, (sent) => {
          const draft = sentAs(sent, { subject, at, from }, own);
          if (draft === null || draft.mail !== null) return { sent: null, value: draft };
          return { sent: sent.map((one) => (one === draft ? { ...one, mail: own } : one)), value: draft };
        });
        if (known?.identity !== undefined) return known.identity;
      }
      return own;
    },
  };
}

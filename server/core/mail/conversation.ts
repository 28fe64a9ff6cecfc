import { plainSubject } from './mail.ts';

/** Where the mails of a conversation are logged. */
export interface FollowedRecord {
  readonly module: string;
  readonly id: string;
  readonly name: string | null;
}

/** Two ways of writing one id are in use: some signs are spelled otherwise where it may stand in an address. */
const plain = (conversation: string): string =>
  conversation.replaceAll('-', '/').replaceAll('_', '+').replace(/=+$/, '');

/** Under what an integration remembers where a conversation is logged. */
export const conversationLink = (conversation: string): string => `conversation ${plain(conversation)}`;

/** Under what it remembers where a mail was logged, by a digest of what the mail is known by. */
export const loggedLink = (digest: string): string => `logged ${digest}`;

/** Empty: its mails are not logged (any more). */
export const followedText = (records: readonly FollowedRecord[]): string => JSON.stringify(records);

export const followedIn = (kept: string | null): readonly FollowedRecord[] =>
  kept === null ? [] : (JSON.parse(kept) as FollowedRecord[]);

/** A mail that was logged while it was sent: it had no id then by which it could be known when it stands in the mailbox. */
export interface SentDraft {
  readonly draftId: string;
  /** The address that it was sent from; absent: it was told of by a version that did not keep it. */
  readonly from?: string;
  /** What it was logged as; absent: where it was logged is all that matters. */
  readonly identity?: string;
  readonly subject: string;
  /** When it was sent by the clock of its writer, ISO 8601. */
  readonly at: string;
  readonly records: readonly { readonly module: string; readonly id: string }[];
  /** What the mail is known by, once it was met in the mailbox. */
  readonly mail: string | null;
}

/** Under what an integration remembers what was logged while it was sent, of a conversation that it logs. */
export const sentLink = (conversation: string): string => `sent ${plain(conversation)}`;

/** Of those that were logged while they were sent; as many as one conversation has under way. */
const MOST_SENT = 20;

export const sentText = (sent: readonly SentDraft[]): string => JSON.stringify(sent.slice(-MOST_SENT));

export const sentIn = (kept: string | null): readonly SentDraft[] =>
  kept === null ? [] : (JSON.parse(kept) as SentDraft[]);

/** With one more. A draft that is told of again, its first answer lost, is the mail that it was met as since. */
export function withSent(sent: readonly SentDraft[], draft: SentDraft): readonly SentDraft[] {
  const before = sent.find(({ draftId }) => draftId === draft.draftId);
  return [...sent.filter((one) => one !== before), { ...draft, mail: before?.mail ?? draft.mail }];
}

/** How far the clocks of a writer and of a mail server are apart. */
const CLOCKS_MS = 5 * 60_000;
/** How long a mail may lie in the outbox. */
const OUTBOX_MS = 24 * 3_600_000;

/**
 * Which of the drafts that were logged while they were sent is this mail: the first of its subject and sender that no
 * other mail is. A conversation has mails of colleagues, too, and a draft may have never left.
 *
 * @param mail one that somebody of the organisation sent.
 * @param identity what the mail is known by.
 */
export function sentAs(
  sent: readonly SentDraft[],
  mail: { readonly subject: string; readonly at: string; readonly from: string | null },
  identity: string,
): SentDraft | null {
  const known = sent.find((one) => one.mail === identity);
  if (known !== undefined) return known;
  const at = Date.parse(mail.at);
  return (
    sent.find((one) => {
      const after = at - Date.parse(one.at);
      return (
        one.mail === null &&
        (one.from === undefined || one.from === mail.from) &&
        plainSubject(one.subject) === plainSubject(mail.subject) &&
        after >= -CLOCKS_MS &&
        after <= OUTBOX_MS
      );
    }) ?? null
  );
}

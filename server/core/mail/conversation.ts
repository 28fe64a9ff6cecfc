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

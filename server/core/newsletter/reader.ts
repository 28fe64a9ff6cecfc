/**
 * Something that an application which sends newsletters knows of one person and one mail, whichever application it is:
 * `sent`, `open`, `click`, `bounce`, `unsub`, and what else one of them tells of people.
 */
export interface ReaderEvent {
  readonly kind: string;
  /** ISO 8601; empty: it is not told when. */
  readonly at: string;
  /** Null: it is about no mail (somebody signed up). */
  readonly campaignId: string | null;
  /** What the company calls the mail. */
  readonly campaign: string;
  /** The link of a click, the kind of a bounce, the reason of who left; null where none is told. */
  readonly detail: string | null;
}

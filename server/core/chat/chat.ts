/** A chat with a visitor of the site, whichever the application: as it stands, without its words. */
export interface Chat {
  readonly id: string;
  /** What people call it by: a number. */
  readonly number: string;
  /** Where of the account it is, by the application's name for it. */
  readonly portal: string;
  readonly state: ChatState;
  /** What the visitor asked first. */
  readonly question: string | null;
  readonly visitor: {
    /** Null: nobody said it; what the application made up is none. */
    readonly name: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  };
  /** Who answered. */
  readonly operator: string | null;
  readonly department: string | null;
  /** The site, or the brand, that it came from. */
  readonly site: string | null;
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly changedAt: string | null;
  /** Where operators read it. */
  readonly page: string | null;
}

/** `missed`: nobody answered, and it is over. */
export type ChatState = 'open' | 'ended' | 'missed';

/** One thing that was said. */
export interface ChatLine {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string | null;
  readonly by: 'visitor' | 'operator' | 'bot';
  readonly name: string | null;
  /** Plain text: what the application marks up is read as it is. */
  readonly text: string;
  /** Name of the file that came with it. */
  readonly file: string | null;
  /** Among operators: the visitor does not see it. */
  readonly isInternal: boolean;
}

/** What the visitor thought of it. */
export interface ChatRating {
  /** Of five. */
  readonly stars: number | null;
  readonly words: string | null;
}

/** Lines that operators see beside a chat, each by its name. */
export type VisitorLines = Readonly<Record<string, string>>;

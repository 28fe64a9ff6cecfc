/** A day, or a wall time in an IANA zone: never an offset, which says nothing of the next occurrence. */
export interface DayTime {
  /** `2026-12-24` */
  readonly date: string;
}

export interface WallTime {
  /** `2026-12-24T10:00:00` */
  readonly dateTime: string;
  /** `Europe/Paris` */
  readonly zone: string;
}

export type MeetingTime = DayTime | WallTime;

export const isDay = (time: MeetingTime): time is DayTime => 'date' in time;

export type Answer = 'accepted' | 'declined' | 'tentative' | 'none';

export interface Participant {
  /** Lower case. */
  readonly email: string;
  readonly name: string | null;
  readonly status: Answer;
  readonly organiser: boolean;
}

/** What an occurrence of a series may say for itself; absent: as the series does. */
export interface OccurrenceChanges {
  readonly start?: MeetingTime;
  readonly end?: MeetingTime;
  readonly title?: string | null;
  readonly description?: string | null;
  readonly location?: string | null;
  /** E-mail addresses, sorted. */
  readonly participants?: readonly string[];
}

/** An occurrence that differs from its series. */
export interface MeetingException {
  readonly originalStart: MeetingTime;
  /** Null: it does not take place. */
  readonly changes: OccurrenceChanges | null;
}

export interface Recurrence {
  /** RFC 5545 lines: `RRULE:…`, and RDATE and EXRULE where there are any. EXDATE is an exception. */
  readonly lines: readonly string[];
  readonly exceptions: readonly MeetingException[];
}

/**
 * A meeting as no vendor spells it. All-day meetings have days for times, and their end is the day after
 * the last. A series has the wall time and the zone of its first occurrence, and is expanded in that zone.
 */
export interface Meeting {
  readonly title: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  readonly participants: readonly Participant[];
  readonly recurrence: Recurrence | null;
}

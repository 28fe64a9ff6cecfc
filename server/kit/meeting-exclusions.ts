import { exclusionOf, findings } from '../core/calendar/findings.ts';
import type { Meeting } from '../core/calendar/meeting.ts';
import { PRIVATE_TITLE } from '../core/calendar/untitled.ts';
import { UnknownZone } from '../core/calendar/zones.ts';
import type { Sentence } from '../core/sentence.ts';
import type { SideRecord } from '../core/sync-object.ts';
import type { MeetingOptions } from './meeting-options.ts';

/** Why a meeting takes no part, and whether its counterpart is to go with it. */
export interface Exclusion {
  readonly excluded: Sentence;
  readonly withdrawn?: boolean;
}

/** A reason that says which part of it cannot be told elsewhere. */
export class UnsayableMeeting extends RangeError {
  override readonly name = 'UnsayableMeeting';
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence.en);
    this.sentence = sentence;
  }
}

/** A private meeting as it is told: that there is one, and nothing that it says. */
export const HIDDEN: Pick<SideRecord, 'label' | 'values'> = { label: PRIVATE_TITLE, values: {} };

/** Reasons for which meetings of a calendar are left out, in words that name it. */
export const leftOutOf = (calendar: Sentence) => ({
  private: {
    excluded: {
      en: `This meeting is private in ${calendar.en}, and the flow leaves private ones where they are.`,
      fr: `Cette réunion est privée dans ${calendar.fr}, et le flux laisse les réunions privées où elles sont.`,
    },
  } satisfies Exclusion,
  /** Of a change of a series, one of whose dates is private: the date is nowhere but in the calendar. */
  privateDate: {
    en: `A date of this series is private in ${calendar.en}, and this change would write over it. Make the change in ${calendar.en}.`,
    fr: `Une date de cette série est privée dans ${calendar.fr}, et ce changement l’écraserait. Faites-le dans ${calendar.fr}.`,
  } satisfies Sentence,
  declined: {
    excluded: {
      en: `This invitation was declined in ${calendar.en}. It is taken in again once it is accepted.`,
      fr: `Cette invitation a été refusée dans ${calendar.fr}. Elle sera reprise dès qu’elle sera acceptée.`,
    },
    withdrawn: true,
  } satisfies Exclusion,
  /** Of a meeting that could not be read. */
  failure: (thrown: RangeError): Exclusion => ({
    excluded:
      thrown instanceof UnsayableMeeting
        ? thrown.sentence
        : thrown instanceof UnknownZone
          ? unknownZone(thrown.zone, calendar)
          : UNREADABLE,
  }),
});

const UNREADABLE: Sentence = {
  en: 'This meeting has a time or a repetition that Liaison cannot read. It is left as it is.',
  fr: 'Cette réunion a un horaire ou une répétition que Liaison ne sait pas lire. Elle reste telle quelle.',
};

const unknownZone = (zone: string, calendar: Sentence): Sentence => ({
  en: `This series repeats on the clocks of “${zone}”, a time zone that nobody knows. Choose its time zone in ${calendar.en}.`,
  fr: `Cette série se répète à l’heure de «\u00a0${zone}\u00a0», un fuseau que personne ne connaît. Choisissez son fuseau horaire dans ${calendar.fr}.`,
});

/** What the other side cannot hold of a meeting. */
export function exclusionOfMeeting(
  meeting: Meeting,
  { counterpart, counterpartZone }: Pick<MeetingOptions, 'counterpart' | 'counterpartZone'>,
): Exclusion | null {
  if (counterpart === null) return null;
  const excluded = exclusionOf(findings(meeting, counterpart, counterpartZone));
  return excluded === null ? null : { excluded };
}

/** The times of a meeting, or how it repeats, as an error of the value that says them. */
export const UNREADABLE_SCHEDULE: Sentence = {
  en: 'The times of this meeting, or how it repeats, cannot be read. Correct them, then retry.',
  fr: 'Les horaires de cette réunion, ou sa répétition, ne peuvent pas être lus. Corrigez-les, puis relancez.',
};

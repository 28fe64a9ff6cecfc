import type { Sentence } from '../sentence.ts';
import { isDay, type Meeting } from './meeting.ts';
import { isEndless, MOST_OCCURRENCES, originalStarts } from './occurrences.ts';
import { partsOf } from './rule.ts';
import { momentOf } from './zone-time.ts';

/** What one side can say of a meeting. The other side's meetings are held against it before anything is written. */
export interface MeetingAbility {
  /** Title of the vendor, as it stands in sentences. */
  readonly vendor: string;
  /** False where each occurrence is a record: a series has to end, and within so many occurrences. */
  readonly endlessSeries: boolean;
  readonly mostOccurrences: number;
  readonly frequencies: readonly string[];
  /** Parts of an RRULE that it knows, besides FREQ, INTERVAL, COUNT and UNTIL. */
  readonly ruleParts: readonly string[];
  /** Series in another zone than its own. */
  readonly foreignZones: boolean;
  /** More than one rule, extra dates, excluded rules. */
  readonly severalRules: boolean;
  readonly mostParticipants: number;
  /** It takes over whether people accepted or declined. */
  readonly answers: boolean;
}

/** Something that a side cannot represent. It is told, never flattened. */
export interface Finding {
  /** The part of the meeting that it is about. */
  readonly field: 'recurrence' | 'participants' | 'schedule';
  readonly sentence: Sentence;
  /** The meeting is left out of the sync as long as this holds; otherwise only this part stays behind. */
  readonly excludes: boolean;
}

/** @param ownZone the side's own time zone. */
export function findings(meeting: Meeting, ability: MeetingAbility, ownZone: string): Finding[] {
  return [...recurrenceFindings(meeting, ability, ownZone), ...participantFindings(meeting, ability)];
}

/** The first reason for which a meeting cannot take part, or null. */
export function exclusionOf(found: readonly Finding[]): Sentence | null {
  return found.find(({ excludes }) => excludes)?.sentence ?? null;
}

function recurrenceFindings(meeting: Meeting, ability: MeetingAbility, ownZone: string): Finding[] {
  const { recurrence, start } = meeting;
  if (recurrence === null) return [];
  const { vendor } = ability;
  const found: Finding[] = [];
  const exclude = (en: string, fr: string): void =>
    void found.push({ field: 'recurrence', sentence: { en, fr }, excludes: true });
  const rules = recurrence.lines.filter((line) => /^RRULE/i.test(line)).map(partsOf);

  if (!ability.severalRules && (recurrence.lines.length > 1 || rules.length !== 1))
    exclude(
      `This series has several rules or extra dates, which ${vendor} cannot hold. Make it several series, or leave it out.`,
      `Cette série a plusieurs règles ou des dates ajoutées, que ${vendor} ne peut pas tenir. Faites-en plusieurs séries, ou laissez-la hors de la synchro.`,
    );
  for (const rule of rules) {
    const strange = Object.keys(rule).find(
      (name) => !['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'DTSTART', ...ability.ruleParts].includes(name),
    );
    const isUsual = ability.frequencies.includes(rule.FREQ ?? '');
    if (strange !== undefined || !isUsual)
      exclude(
        `${vendor} has no word for the way this series repeats (${strange ?? rule.FREQ ?? ''}). It is left out.`,
        `${vendor} ne sait pas exprimer la façon dont cette série se répète (${strange ?? rule.FREQ ?? ''}). Elle est écartée de la synchro.`,
      );
  }
  if (found.length > 0) return found;
  if (!ability.endlessSeries && isEndless(meeting))
    exclude(
      `This series has no end, and ${vendor} keeps one record for each occurrence. Give it a last day to have it there.`,
      `Cette série n’a pas de fin, et ${vendor} garde une fiche par occurrence. Donnez-lui un dernier jour pour l’y avoir.`,
    );
  else if (Number.isFinite(ability.mostOccurrences) && isLonger(meeting, ability.mostOccurrences))
    exclude(
      `This series has more than ${ability.mostOccurrences} occurrences, more than ${vendor} keeps. Give it an earlier last day.`,
      `Cette série a plus de ${ability.mostOccurrences} occurrences, plus que ${vendor} n’en garde. Donnez-lui un dernier jour plus proche.`,
    );
  if (!ability.foreignZones && !isDay(start) && !isOnClocksOf(meeting, ownZone))
    exclude(
      `This series repeats on the clocks of ${start.zone}, and ${vendor} repeats on those of ${ownZone} only.`,
      `Cette série se répète à l’heure de ${start.zone}, et ${vendor} ne répète qu’à celle de ${ownZone}.`,
    );
  return found;
}

/** Whether every occurrence is at the same hour there: another name of the zone, or one with the same clocks. */
const isOnClocksOf = (meeting: Meeting, zone: string): boolean =>
  originalStarts(meeting).every(
    (start) => isDay(start) || momentOf(start) === momentOf({ dateTime: start.dateTime, zone }),
  );

const isLonger = (meeting: Meeting, most: number): boolean =>
  originalStarts(meeting, Math.min(most + 1, MOST_OCCURRENCES)).length > most;

function participantFindings({ participants }: Meeting, ability: MeetingAbility): Finding[] {
  const { vendor, mostParticipants } = ability;
  const found: Finding[] = [];
  if (participants.length > mostParticipants)
    found.push({
      field: 'participants',
      excludes: true,
      sentence: {
        en: `${vendor} takes at most ${mostParticipants} participants; this meeting has ${participants.length}.`,
        fr: `${vendor} accepte au plus ${mostParticipants} participants\u00a0; cette réunion en a ${participants.length}.`,
      },
    });
  if (!ability.answers && participants.some(({ status }) => status !== 'none'))
    found.push({
      field: 'participants',
      excludes: false,
      sentence: {
        en: `Who accepted or declined is not carried over: ${vendor} takes no answers from outside.`,
        fr: `Les réponses des invités ne sont pas reportées\u00a0: ${vendor} n’en accepte pas de l’extérieur.`,
      },
    });
  return found;
}

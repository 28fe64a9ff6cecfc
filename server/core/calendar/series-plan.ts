import { addressesOf } from './fields.ts';
import { isDay, type Meeting, type MeetingTime } from './meeting.ts';
import { isEndless, type Occurrence, occurrencesOf } from './occurrences.ts';
import { sameSchedule } from './schedule.ts';
import { momentOf, sameTime } from './zone-time.ts';

/** Whether what is wanted can be had by changing fewer occurrences than a new rule would need exceptions. */
export function keepsRule(current: Meeting, wanted: Meeting): boolean {
  if (current.recurrence === null || wanted.recurrence === null) return false;
  if (isDay(current.start) !== isDay(wanted.start)) return false;
  if (sameSchedule(bare(current), bare(wanted))) return !revivesExcluded(current, wanted);
  if (isEndless(current) || isEndless(wanted)) return false;
  const [held, asked] = [occurrencesOf(current), occurrencesOf(wanted)];
  if (held.length !== asked.length || revivesExcluded(current, wanted)) return false;
  const elsewhere = asked.filter((one, index) => !alike(held[index], one)).length;
  return elsewhere <= wanted.recurrence.exceptions.filter(({ changes }) => changes !== null).length;
}

/** A series as its rule alone says, whatever became of some of its dates. */
export const bare = (meeting: Meeting): Meeting => ({
  ...meeting,
  recurrence: meeting.recurrence && { ...meeting.recurrence, exceptions: [] },
});

/** An occurrence that takes place again: the rule may exclude its date, and only the rule can take that back. */
export function revivesExcluded(current: Meeting, wanted: Meeting): boolean {
  const asked = occurrencesOf(wanted);
  return occurrencesOf(current).some(
    (one, index) => one.changes === null && asked[index] !== undefined && asked[index].changes !== null,
  );
}

/** Whether a change would write on a date that is said to be excluded, or forget what was said of single dates. */
export const endangersExcluded = (current: Meeting, wanted: Meeting, moves: boolean): boolean =>
  moves ? !keepsRule(current, wanted) : revivesExcluded(current, wanted);

/** The same moments, whatever zones they are told in. */
function alike(left: Occurrence | undefined, right: Occurrence | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (left.changes === null || right.changes === null) return left.changes === right.changes;
  return sameMoment(left.start, right.start) && sameMoment(left.end, right.end);
}

/** The same moment, or the same day. */
export const sameMoment = (left: MeetingTime, right: MeetingTime): boolean =>
  isDay(left) || isDay(right) ? sameTime(left, right) : momentOf(left) === momentOf(right);

/** An occurrence as it is held, and as it is wanted. */
export interface UnlikeOccurrence {
  readonly held: Occurrence;
  readonly asked: Occurrence;
}

/**
 * Which occurrences have to be moved, renamed or cancelled until a series is as wanted. They are paired in their
 * order: the rules of both give as many.
 *
 * @param isCut who is invited is not known whole: it is compared by nobody.
 */
export function unlikeOccurrences(current: Meeting, wanted: Meeting, isCut: boolean): UnlikeOccurrence[] {
  if (current.recurrence === null || wanted.recurrence === null) return [];
  const all = occurrencesOf(current);
  return occurrencesOf(wanted).flatMap((asked, index) => {
    const held = all[index];
    return held === undefined || isAsWanted(current, held, wanted, asked, isCut) ? [] : [{ held, asked }];
  });
}

function isAsWanted(
  current: Meeting,
  held: Occurrence,
  wanted: Meeting,
  asked: Occurrence,
  isCut: boolean,
): boolean {
  if (!alike(held, asked)) return false;
  if (held.changes === null || asked.changes === null) return true;
  const [is, shall] = [saidOf(current, held, isCut), saidOf(wanted, asked, isCut)];
  return JSON.stringify(is) === JSON.stringify(shall);
}

/**
 * What one occurrence of a meeting says and who is invited to it, its times aside.
 *
 * @param isCut as in `unlikeOccurrences`: it names nobody.
 */
export const saidOf = (meeting: Meeting, { changes }: Occurrence, isCut: boolean) => ({
  title: changes?.title === undefined ? meeting.title : changes.title,
  description: changes?.description === undefined ? meeting.description : changes.description,
  location: changes?.location === undefined ? meeting.location : changes.location,
  participants: isCut ? [] : (changes?.participants ?? addressesOf(meeting.participants)),
});

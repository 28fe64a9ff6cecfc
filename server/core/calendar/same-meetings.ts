import { createHash } from 'node:crypto';
import { remembered } from '../remembered.ts';
import type { FieldValue } from '../sync-object.ts';
import { isDay, type MeetingTime } from './meeting.ts';
import { isEndless, MOST_OCCURRENCES, occurrencesOf } from './occurrences.ts';
import { readSchedule } from './schedule.ts';
import { momentOf, spelled } from './zone-time.ts';

/** Comparing happens many times for each record, and reading a rule is slow. */
const MOST_KEPT = 2_000;
const meetingsIn = remembered(MOST_KEPT, (text: string): FieldValue => readMeetings(JSON.parse(text)));

/**
 * What a series comes down to for whoever goes there: when each occurrence begins and ends, and what it says
 * otherwise than the others. Two series of the same are one, whatever zones and rules they are told in.
 *
 * @returns null for what is no schedule of a series, or of one without an end: that is compared as it stands.
 */
export function meetingsOf(value: FieldValue): FieldValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { start, end, rule } = value as { readonly [key: string]: FieldValue };
  if (typeof start !== 'string' || typeof end !== 'string' || typeof rule !== 'string') return null;
  return meetingsIn(JSON.stringify(value));
}

function readMeetings(value: FieldValue): FieldValue {
  try {
    const series = readSchedule(value, 'UTC');
    if (isEndless(series)) return null;
    const all = occurrencesOf(series);
    if (all.length >= MOST_OCCURRENCES) return null;
    const told = all.flatMap(({ start, end, changes }) => {
      if (changes === null) return [];
      const { title, description, location, participants } = changes;
      return [[momentText(start), momentText(end), { title, description, location, participants }] as const];
    });
    const text = JSON.stringify(
      told.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)),
    );
    return {
      series: createHash('sha256').update(text).digest('base64url'),
      from: told[0]?.[0] ?? '',
      occurrences: told.length,
    };
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

const momentText = (time: MeetingTime): string => (isDay(time) ? spelled(time) : momentOf(time));

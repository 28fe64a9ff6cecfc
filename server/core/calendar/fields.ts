import type { FieldValue, FieldValues, SyncField } from '../sync-object.ts';
import type { Meeting, Participant } from './meeting.ts';
import { readSchedule, scheduleValue } from './schedule.ts';

/** The fields by which two sides keep meetings equal; each side calls them by these ids. */
export const MEETING_FIELDS: readonly SyncField[] = [
  { id: 'title', titles: { en: 'Title', fr: 'Titre' }, kind: 'text', required: true, maxLength: 255 },
  {
    id: 'schedule',
    titles: { en: 'When it takes place, and how it repeats', fr: 'Horaire et répétition' },
    kind: 'json',
    required: true,
  },
  { id: 'location', titles: { en: 'Location', fr: 'Lieu' }, kind: 'text', maxLength: 255 },
  { id: 'description', titles: { en: 'Description', fr: 'Description' }, kind: 'long-text' },
  { id: 'participants', titles: { en: 'Participants', fr: 'Participants' }, kind: 'labels' },
];

/** A meeting's fields. Of participants the e-mail addresses: names and answers are each vendor's own. */
export function meetingValues(meeting: Meeting): FieldValues {
  return {
    title: meeting.title,
    schedule: scheduleValue(meeting),
    location: meeting.location,
    description: meeting.description,
    participants: addressesOf(meeting.participants),
  };
}

/** Addresses of those who are invited; whoever invites is known by the calendar itself. */
export const addressesOf = (participants: readonly Participant[]): string[] =>
  participants
    .filter(({ organiser }) => !organiser)
    .map(({ email }) => email)
    .sort();

/**
 * The meeting that fields describe.
 *
 * @throws RangeError when they describe none.
 */
export function meetingOf(values: FieldValues, zoneOfSingles: string): Meeting {
  return {
    title: text(values.title),
    location: text(values.location),
    description: text(values.description),
    participants: addresses(values.participants).map((email) => ({
      email,
      name: null,
      status: 'none',
      organiser: false,
    })),
    ...readSchedule(values.schedule, zoneOfSingles),
  };
}

export const addresses = (value: FieldValue | undefined): string[] =>
  Array.isArray(value) ? [...new Set(value.map((one) => String(one).trim().toLowerCase()))].sort() : [];

const text = (value: FieldValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** What is written in steps: a series first, and then its dates that are otherwise. */
export function seriesInSteps({ schedule }: FieldValues): readonly string[] {
  const isSeries = typeof schedule === 'object' && schedule !== null && 'rule' in schedule;
  return isSeries ? ['schedule'] : [];
}

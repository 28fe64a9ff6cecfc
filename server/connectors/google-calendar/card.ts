import type { CardDeclaration } from '../../core/record-card.ts';
import { type CardMeeting, meetingSections, NO_ADDRESS } from '../../kit/meeting-card.ts';
import { PERSON_MODULES } from '../../kit/person-card.ts';
import type { GoogleCalendarClient } from './client.ts';
import { isPrivate } from './exclusions.ts';
import type { GoogleEvent, GoogleTime } from './shapes.ts';

const OWN_CALENDAR = 'primary';
const MOST_ADDRESSES = 3;
const MOST_ROWS = 3;
const DAY_MS = 86_400_000;
/** How far back and ahead meetings are looked for. */
const WINDOW = { before: 180 * DAY_MS, after: 365 * DAY_MS } as const;
/** Most occurrences of one search: the last of the past ones are wanted, and Google gives the first. */
const MOST_FOUND = 250;

/** Meetings to which the record's addresses are invited, in the account's own calendar; private ones are shown to nobody. */
export const card: CardDeclaration<GoogleCalendarClient> = {
  group: 'google',
  modules: PERSON_MODULES,

  async read({ client, subject, now }) {
    const addresses = subject.emails.slice(0, MOST_ADDRESSES);
    if (addresses.length === 0) return { sections: [], empty: NO_ADDRESS, refs: [], actions: [] };
    const at = (moment: number): string => new Date(moment).toISOString();
    const find = async (from: number, to: number, most: number): Promise<GoogleEvent[]> => {
      const found = await Promise.all(
        addresses.map((text) => client.findEvents(OWN_CALENDAR, { text, from: at(from), to: at(to), most })),
      );
      return distinct(found.flat().filter((event) => !isPrivate(event) && isInvited(event, addresses)));
    };
    const [past, coming] = await Promise.all([
      find(now - WINDOW.before, now, MOST_FOUND),
      find(now, now + WINDOW.after, MOST_ROWS * 2),
    ]);
    const next = coming.filter((event) => endOf(event) > now).slice(0, MOST_ROWS);
    const last = past
      .filter((event) => endOf(event) <= now)
      .reverse()
      .slice(0, MOST_ROWS);
    const refs = [...next, ...last].map(({ id }) => ({ object: 'googleCalendar.event', id }));
    return {
      sections: meetingSections(next.map(shown), last.map(shown)),
      refs,
      actions: [],
    };
  },
};

/** Google's search finds the address anywhere; only who is invited meets. */
function isInvited({ attendees, organizer }: GoogleEvent, addresses: readonly string[]): boolean {
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  const people = [...(attendees ?? []).map(({ email }) => email), organizer?.email];
  return people.some((email) => email !== undefined && wanted.has(email.toLowerCase()));
}

function distinct(events: readonly GoogleEvent[]): GoogleEvent[] {
  const unlike = [...new Map(events.map((event) => [event.id, event])).values()];
  return unlike.sort((one, other) => startOf(one) - startOf(other));
}

const millisecondsOf = (time: GoogleTime | undefined): number =>
  time === undefined ? 0 : Date.parse('date' in time ? time.date : time.dateTime);
const startOf = ({ start }: GoogleEvent): number => millisecondsOf(start);
const endOf = ({ start, end }: GoogleEvent): number => millisecondsOf(end ?? start);

const shown = ({ id, summary, start, location, htmlLink }: GoogleEvent): CardMeeting => ({
  id,
  title: summary || null,
  start: start === undefined ? undefined : 'date' in start ? start.date : start.dateTime,
  place: location || null,
  ...(htmlLink ? { url: htmlLink } : {}),
});

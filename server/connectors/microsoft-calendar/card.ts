import type { CardDeclaration } from '../../core/record-card.ts';
import { type CardMeeting, meetingSections, NO_ADDRESS } from '../../kit/meeting-card.ts';
import { PERSON_MODULES } from '../../kit/person-card.ts';
import type { MicrosoftCalendarClient } from './client.ts';
import { isPrivate } from './exclusions.ts';
import type { GraphEvent } from './shapes.ts';
import { spanOf } from './times.ts';

const MOST_ADDRESSES = 3;
const MOST_ROWS = 3;
const DAY_MS = 86_400_000;
/** How far back and ahead meetings are looked for: Graph finds by time alone, and shows so many. */
const WINDOW = { before: 60 * DAY_MS, after: 120 * DAY_MS } as const;

/** Meetings to which the record's addresses are invited, in the account's own calendar; private ones are shown to nobody. */
export const card: CardDeclaration<MicrosoftCalendarClient> = {
  group: 'microsoft',
  groupTitles: { en: 'Microsoft 365', fr: 'Microsoft 365' },
  modules: PERSON_MODULES,

  async read({ client, subject, now }) {
    const addresses = subject.emails.slice(0, MOST_ADDRESSES).map((address) => address.toLowerCase());
    if (addresses.length === 0) return { sections: [], empty: NO_ADDRESS, refs: [], actions: [] };
    const at = (moment: number): string => new Date(moment).toISOString();
    const [past, coming] = await Promise.all([
      client.findEvents({ from: at(now - WINDOW.before), to: at(now) }),
      client.findEvents({ from: at(now), to: at(now + WINDOW.after) }),
    ]);
    const fitting = (events: readonly GraphEvent[]) =>
      events
        .filter((event) => event.isCancelled !== true && !isPrivate(event) && isInvited(event, addresses))
        .flatMap(shown);
    const next = fitting(coming)
      .filter(({ ends }) => ends > now)
      .slice(0, MOST_ROWS);
    const last = fitting(past)
      .filter(({ ends }) => ends <= now)
      .reverse()
      .slice(0, MOST_ROWS);
    return {
      sections: meetingSections(next, last),
      refs: [...next, ...last].map(({ id }) => ({ object: 'microsoftCalendar.event', id })),
      actions: [],
    };
  },
};

function isInvited({ attendees, organizer }: GraphEvent, addresses: readonly string[]): boolean {
  const people = [...(attendees ?? []), ...(organizer ? [organizer] : [])];
  return people.some(({ emailAddress }) => addresses.includes(emailAddress?.address?.toLowerCase() ?? ''));
}

/** One that cannot be read is not shown. */
function shown(event: GraphEvent): (CardMeeting & { readonly ends: number })[] {
  try {
    const { start, end } = spanOf(event, 'UTC');
    const text = (time: typeof start): string => ('date' in time ? time.date : `${time.dateTime}Z`);
    return [
      {
        id: event.id,
        title: event.subject || null,
        start: text(start),
        place: event.location?.displayName || null,
        ...(event.webLink ? { url: event.webLink } : {}),
        ends: Date.parse(text(end)),
      },
    ];
  } catch (thrown) {
    if (thrown instanceof RangeError) return [];
    throw thrown;
  }
}

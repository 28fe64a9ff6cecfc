import type { ReaderEvent } from '../core/newsletter/reader.ts';
import { type CardRow, type CardValue, dateValue, stateValue, textValue } from '../core/record-card.ts';
import type { Sentence } from '../core/sentence.ts';

const MOST_CAMPAIGNS = 5;
const MOST_EVENTS = 6;

const OPENED = stateValue({ en: 'Opened', fr: 'Ouverte' }, 'good');
const CLICKED = stateValue({ en: 'Clicked', fr: 'Cliquée' }, 'good');
const BOUNCED = stateValue({ en: 'Came back', fr: 'Revenue' }, 'bad');
const UNREAD = stateValue({ en: 'Not opened', fr: 'Non ouverte' }, 'quiet');

/** What one person did, and the address that tells people apart; null where there is one person only. */
export interface PersonEvents {
  readonly who: string | null;
  readonly events: readonly ReaderEvent[];
}

const whose = (who: string | null): CardValue[] => (who === null ? [] : [textValue(who)]);

/** Campaigns by what each person did with them, newest first. */
export function campaignRows(people: readonly PersonEvents[]): CardRow[] {
  return people
    .flatMap(campaignsOf)
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, MOST_CAMPAIGNS)
    .map(({ row }) => row);
}

function campaignsOf({ who, events }: PersonEvents): { at: string; row: CardRow }[] {
  const campaigns = new Map<string, ReaderEvent[]>();
  for (const event of newest(events)) {
    if (event.campaignId === null) continue;
    campaigns.set(event.campaignId, [...(campaigns.get(event.campaignId) ?? []), event]);
  }
  return [...campaigns].map(([id, own]) => {
    const did = (kind: string): boolean => own.some((event) => event.kind === kind);
    const at = own.find(({ kind }) => kind === 'sent')?.at ?? own.at(-1)?.at ?? '';
    const read: CardValue[] = [...(did('open') ? [OPENED] : []), ...(did('click') ? [CLICKED] : [])];
    const states = did('bounce') ? [BOUNCED] : read.length === 0 ? [UNREAD] : read;
    return {
      at,
      row: {
        id: who === null ? id : `${id} ${who}`,
        label: textValue(own[0]?.campaign || id),
        values: [...states, ...(at === '' ? [] : [dateValue(at)]), ...whose(who)],
      },
    };
  });
}

const newest = (events: readonly ReaderEvent[]): ReaderEvent[] =>
  [...events].sort((one, other) => other.at.localeCompare(one.at));

/** Kinds of events that say something by themselves. */
const WORDS: Readonly<Record<string, (event: ReaderEvent) => Sentence>> = {
  sent: ({ campaign }) => ({ en: `Was sent “${campaign}”`, fr: `A reçu «\u00a0${campaign}\u00a0»` }),
  open: ({ campaign }) => ({ en: `Opened “${campaign}”`, fr: `A ouvert «\u00a0${campaign}\u00a0»` }),
  click: ({ campaign, detail }) => ({
    en: `Clicked ${pathOf(detail) ?? 'a link'} in “${campaign}”`,
    fr: `A cliqué sur ${pathOf(detail) ?? 'un lien'} dans «\u00a0${campaign}\u00a0»`,
  }),
  bounce: ({ campaign }) => ({ en: `“${campaign}” came back`, fr: `«\u00a0${campaign}\u00a0» est revenue` }),
  unsub: () => ({ en: 'Unsubscribed', fr: 'S’est désabonné' }),
  signup: () => ({ en: 'Subscribed', fr: 'S’est abonné' }),
  note: () => ({ en: 'A note was added', fr: 'Une note a été ajoutée' }),
};

/** What people did, newest first. */
export function timelineRows(people: readonly PersonEvents[]): CardRow[] {
  const rows = people.flatMap(({ who, events }) =>
    events.flatMap((event) => {
      const words = WORDS[event.kind]?.(event);
      return words === undefined || event.at === '' ? [] : [{ words, at: event.at, who }];
    }),
  );
  return rows
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, MOST_EVENTS)
    .map(({ words, at, who }, index) => ({
      id: `event ${index}`,
      label: { kind: 'words', words },
      values: [dateValue(at, undefined, true), ...whose(who)],
    }));
}

/** The part of an address that tells links apart. */
function pathOf(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { pathname, hostname } = new URL(address);
  return pathname === '/' ? hostname : pathname;
}

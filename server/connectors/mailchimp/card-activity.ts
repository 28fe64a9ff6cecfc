import { type CardRow, type CardValue, dateValue, stateValue, textValue } from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { ActivityEvent } from './shapes.ts';

const MOST_CAMPAIGNS = 5;
const MOST_EVENTS = 6;

const OPENED = stateValue({ en: 'Opened', fr: 'Ouverte' }, 'good');
const CLICKED = stateValue({ en: 'Clicked', fr: 'Cliquée' }, 'good');
const BOUNCED = stateValue({ en: 'Came back', fr: 'Revenue' }, 'bad');
const UNREAD = stateValue({ en: 'Not opened', fr: 'Non ouverte' }, 'quiet');

/** Campaigns by what the person did with them, newest first. @param events newest first. */
export function campaignRows(events: readonly ActivityEvent[]): CardRow[] {
  const campaigns = new Map<string, ActivityEvent[]>();
  for (const event of events) {
    if (event.campaignId === null) continue;
    campaigns.set(event.campaignId, [...(campaigns.get(event.campaignId) ?? []), event]);
  }
  const rows = [...campaigns].map(([id, own]) => {
    const did = (kind: string): boolean => own.some((event) => event.kind === kind);
    const sentAt = own.find(({ kind }) => kind === 'sent')?.at ?? own.at(-1)?.at ?? '';
    const read: CardValue[] = [...(did('open') ? [OPENED] : []), ...(did('click') ? [CLICKED] : [])];
    const states = did('bounce') ? [BOUNCED] : read.length === 0 ? [UNREAD] : read;
    return {
      at: sentAt,
      row: {
        id,
        label: textValue(own[0]?.campaign || id),
        values: [...states, ...(sentAt === '' ? [] : [dateValue(sentAt)])],
      },
    };
  });
  return rows
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, MOST_CAMPAIGNS)
    .map(({ row }) => row);
}

/** Kinds of https://mailchimp.com/developer/marketing/api/list-activity-feed/ that say something by themselves. */
const WORDS: Readonly<Record<string, (event: ActivityEvent) => Sentence>> = {
  sent: ({ campaign }) => ({ en: `Was sent “${campaign}”`, fr: `A reçu « ${campaign} »` }),
  open: ({ campaign }) => ({ en: `Opened “${campaign}”`, fr: `A ouvert « ${campaign} »` }),
  click: ({ campaign, detail }) => ({
    en: `Clicked ${pathOf(detail) ?? 'a link'} in “${campaign}”`,
    fr: `A cliqué sur ${pathOf(detail) ?? 'un lien'} dans « ${campaign} »`,
  }),
  bounce: ({ campaign }) => ({ en: `“${campaign}” came back`, fr: `« ${campaign} » est revenue` }),
  unsub: () => ({ en: 'Unsubscribed', fr: 'S’est désabonné' }),
  signup: () => ({ en: 'Subscribed', fr: 'S’est abonné' }),
  note: () => ({ en: 'A note was added', fr: 'Une note a été ajoutée' }),
};

/** @param events newest first. */
export function timelineRows(events: readonly ActivityEvent[]): CardRow[] {
  return events
    .flatMap((event, index): CardRow[] => {
      const words = WORDS[event.kind]?.(event);
      if (words === undefined || event.at === '') return [];
      return [
        {
          id: `event ${index}`,
          label: { kind: 'words', words },
          values: [dateValue(event.at, undefined, true)],
        },
      ];
    })
    .slice(0, MOST_EVENTS);
}

/** The part of an address that tells links apart. */
function pathOf(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { pathname, hostname } = new URL(address);
  return pathname === '/' ? hostname : pathname;
}

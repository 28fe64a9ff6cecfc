import type { VendorAnswer } from '../../core/connector.ts';
import { failures, type Meaning } from '../../kit/failures.ts';
import { GRAPH_CODES, graphSaid } from '../families/microsoft/failures.ts';

export const VENDOR = 'Outlook';

/** Of one calendar: the account's own consent says nothing of what others share with it. */
const CLOSED: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'The connected Microsoft account may not open this calendar in Outlook, or not change it. Have it shared with that account again, or choose another calendar. If the account’s own calendar does not open either, connect the account again.',
    fr: 'Le compte Microsoft connecté ne peut pas ouvrir ce calendrier dans Outlook, ou pas le modifier. Faites-le à nouveau partager avec ce compte, ou choisissez un autre calendrier. Si le calendrier du compte lui-même ne s’ouvre pas non plus, reconnectez le compte.',
  },
};
const NO_CALENDAR: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'This calendar is no longer in Outlook. Choose another calendar in the settings of the sync.',
    fr: 'Ce calendrier n’est plus dans Outlook. Choisissez un autre calendrier dans les réglages de la synchro.',
  },
};
const NOT_FOUND: ReadonlySet<number | string> = new Set(['erroritemnotfound', 'errorinvalididmalformed']);

/** What Graph says of one calendar, or of an event of it, and not of the account. */
function ofCalendar({ url }: VendorAnswer, codes: readonly (number | string)[]): Meaning | null {
  const isCalendar = /\/me\/calendars\/[^/]+\//.test(url.pathname);
  const isEvent = /\/me\/events\/[^/]+/.test(url.pathname);
  if ((isCalendar || isEvent) && codes.includes('erroraccessdenied')) return CLOSED;
  return isCalendar && codes.some((code) => NOT_FOUND.has(code)) ? NO_CALENDAR : null;
}

export const { classify } = failures({
  vendor: VENDOR,
  said(body, answer) {
    const said = graphSaid(body, answer);
    return said && { ...said, meaning: ofCalendar(answer, said.codes) };
  },
  codes: {
    ...GRAPH_CODES,
    timezonenotsupportedexception: {
      kind: 'rejected',
      sentence: {
        en: 'Outlook does not know the time zone of this meeting. Choose another time zone for it, then retry.',
        fr: 'Outlook ne connaît pas le fuseau horaire de cette réunion. Choisissez-lui un autre fuseau, puis relancez.',
      },
    },
    erroroccurrencecrossingboundary: {
      kind: 'rejected',
      sentence: {
        en: 'Outlook lets no date of a series pass the one before or behind it. Choose a day between the two.',
        fr: 'Outlook ne laisse aucune date d’une série dépasser la précédente ou la suivante. Choisissez un jour entre les deux.',
      },
    },
  },
  otherwise: { kind: 'rejected' },
});

import { failures } from '../../kit/failures.ts';
import { GRAPH_CODES, graphSaid } from '../families/microsoft/failures.ts';

export const VENDOR = 'Outlook';

export const { classify } = failures({
  vendor: VENDOR,
  said: graphSaid,
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

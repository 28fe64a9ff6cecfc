import { failures } from '../../kit/failures.ts';
import { GOOGLE_REASONS, googleSaid } from '../families/google/failures.ts';

export const VENDOR = 'Google Sheets';

/** https://developers.google.com/workspace/sheets/api/limits */
export const { classify } = failures({
  vendor: VENDOR,
  said: googleSaid,
  codes: GOOGLE_REASONS,
  otherwise: { kind: 'rejected' },
  sentences: {
    400: {
      en: 'Google Sheets does not know this tab or range. Check its name in the flow’s settings, then retry.',
      fr: 'Google Sheets ne connaît pas cet onglet ou cette plage. Vérifiez son nom dans les réglages du flux, puis relancez.',
    },
    403: {
      en: 'The connected Google account may not open this sheet. Share the sheet with it, then retry.',
      fr: 'Le compte Google connecté ne peut pas ouvrir cette feuille. Partagez-la avec lui, puis relancez.',
    },
    404: {
      en: 'This Google sheet does not exist. Check its address in the flow’s settings, then retry.',
      fr: 'Cette feuille Google n’existe pas. Vérifiez son adresse dans les réglages du flux, puis relancez.',
    },
  },
});

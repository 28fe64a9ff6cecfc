import { failures } from '../../kit/failures.ts';
import { GOOGLE_REASONS, googleSaid } from '../families/google/failures.ts';

export const VENDOR = 'Google Calendar';

/** https://developers.google.com/workspace/calendar/api/guides/errors */
export const { classify } = failures({
  vendor: VENDOR,
  said(body, answer) {
    const isLostCursor = answer.status === 410 && answer.url.searchParams.has('syncToken');
    const said = googleSaid(body, answer) ?? (isLostCursor ? { codes: [], details: {} } : null);
    return said && (isLostCursor ? { ...said, meaning: { kind: 'cursor-lost' as const } } : said);
  },
  codes: {
    ...GOOGLE_REASONS,
    calendarUsageLimitsExceeded: 'rate-limited',
    fullSyncRequired: 'cursor-lost',
    updatedMinTooLongAgo: 'cursor-lost',
    forbiddenForNonOrganizer: {
      sentence: {
        en: 'Only the organiser may change this meeting in Google Calendar. Ask the organiser, or change it back in the CRM.',
        fr: 'Seul l’organisateur peut modifier cette réunion dans Google Calendar. Demandez-le-lui, ou revenez en arrière dans le CRM.',
      },
    },
    requiredAccessLevel: {
      sentence: {
        en: 'The connected Google account may not write to this calendar. Share it with that account, or choose another calendar.',
        fr: 'Le compte Google connecté ne peut pas écrire dans cet agenda. Partagez-le avec ce compte, ou choisissez un autre agenda.',
      },
    },
    timeRangeEmpty: {
      sentence: {
        en: 'This meeting ends before it begins. Correct its times, then retry.',
        fr: 'Cette réunion finit avant de commencer. Corrigez ses horaires, puis relancez.',
      },
    },
  },
  otherwise: { kind: 'rejected' },
});

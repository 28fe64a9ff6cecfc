import type { MeetingAbility } from '../../core/calendar/findings.ts';

/**
 * What the CRM can hold of a meeting. It makes a record of each occurrence, so a series has to end; occurrences
 * are moved one by one, so their zone may be any. Where its documentation is silent (how many occurrences it
 * makes, which parts of a rule it knows beyond its examples), this is on the careful side.
 * https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html
 */
export const CRM_MEETINGS: MeetingAbility = {
  vendor: 'Zoho CRM',
  endlessSeries: false,
  mostOccurrences: 366,
  frequencies: ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'],
  ruleParts: ['BYDAY', 'BYMONTH', 'BYMONTHDAY', 'WKST'],
  foreignZones: true,
  severalRules: false,
  mostParticipants: 50,
  answers: false,
};

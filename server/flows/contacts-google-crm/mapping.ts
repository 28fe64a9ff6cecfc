import type { FieldMapping, SyncRules } from '../../core/sync/mapping.ts';

/** Both ways, and the CRM wins when both sides changed; an emptied field empties nothing. */
const both = (left: string, right: string, kind: FieldMapping['kind']): FieldMapping => ({
  left,
  right,
  kind,
  direction: 'both',
  master: 'right',
  blank: 'leave',
});

/** What holds until an admin chooses otherwise; more fields can be added in the settings. */
export const MAPPING: SyncRules = {
  fields: [
    both('names', 'Full_Name', 'name'),
    both('emailAddresses', 'Email', 'email'),
    both('phoneNumbers', 'Phone', 'phone'),
    both('organizations.name', 'Account_Name', 'company'),
  ],
  matchBy: [['emailAddresses'], ['names', 'phoneNumbers']],
  create: { left: true, right: true },
  remove: { left: 'keep', right: 'keep' },
  country: 'FR',
};

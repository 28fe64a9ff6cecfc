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
    both('NAME', 'Full_Name', 'name'),
    both('EMAIL', 'Email', 'email'),
    both('PHONE', 'Phone', 'phone'),
    both('COMPANY', 'Account_Name', 'company'),
    // Whoever opted out on one side is opted out on both; nobody is ever opted in.
    both('opted_out', 'Email_Opt_Out', 'consent'),
    // Segments: people have the tags that the CRM's field says, and lose those that it no longer says.
    {
      left: 'tags',
      right: 'Lead_Source',
      kind: 'labels',
      direction: 'to-left',
      master: 'right',
      blank: 'clear',
    },
  ],
  matchBy: [['EMAIL']],
  // People who sign up for a newsletter are not yet customers: the CRM gets them when an admin says so.
  create: { left: true, right: false },
  remove: { left: 'keep', right: 'keep' },
  country: 'FR',
};

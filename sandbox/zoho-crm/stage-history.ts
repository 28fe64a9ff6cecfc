import type { VendorDesk } from '../core/simulator.ts';
import { field, lookup, systemFields, text } from './field.ts';
import type { CrmModule } from './modules.ts';
import type { UserRef } from './people.ts';
import { type CrmRecord, recordsOf } from './record.ts';
import { STAGES } from './stages.ts';

const HISTORY = 'DealHistory';
const HISTORY_IDS = '487687600004';

/**
 * Through which stages deals went: the module that tracks the field `Stage`. Queries read it; nobody writes it.
 * https://help.zoho.com/portal/en/community/topic/kaizen-107-field-trackers-in-zoho-crm
 */
export const stageHistory: CrmModule = {
  apiName: HISTORY,
  singular: 'Stage History',
  plural: 'Stage History',
  nameField: 'Stage',
  duplicateFields: [],
  workflows: false,
  fields: [
    ...systemFields('Stage History'),
    lookup('Potential_Name', 'Deals', { label: 'Deal Name', readOnly: true }),
    text('Stage', 120, { readOnly: true }),
    text('Moved_To__s', 120, { label: 'Moved To', readOnly: true }),
    field('Amount', 'currency', { readOnly: true }),
    field('Probability', 'integer', { readOnly: true }),
    field('Closing_Date', 'date', { readOnly: true }),
  ],
};

/** Notes that a deal came into another stage, or was made in one: the stay before ends, a new one begins. */
export function trackStage(
  desk: VendorDesk,
  before: CrmRecord | null,
  after: CrmRecord,
  user: UserRef,
): void {
  if (before?.Stage === after.Stage) return;
  const history = recordsOf(desk, HISTORY);
  const last = history.all().findLast(({ Potential_Name: deal }) => (deal as { id: string }).id === after.id);
  if (last) history.put(last.id, { ...last, Moved_To__s: after.Stage });
  // Later stays have later ids, also within one second.
  const id = `${HISTORY_IDS}${String(history.all().length + 1).padStart(7, '0')}`;
  history.put(id, {
    id,
    Owner: after.Owner,
    Created_By: user,
    Modified_By: user,
    Created_Time: after.Modified_Time,
    Modified_Time: after.Modified_Time,
    Potential_Name: { id: after.id },
    Stage: after.Stage,
    Moved_To__s: null,
    Amount: after.Amount ?? null,
    Probability: STAGES[String(after.Stage)] ?? null,
    Closing_Date: after.Closing_Date ?? null,
  });
}

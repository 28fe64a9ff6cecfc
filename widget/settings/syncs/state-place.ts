import type { SyncRecordState } from '../../../server/api/contract.ts';
import { hrefOf } from '../address.ts';

/** Where the records in a state are listed: those that wait for a person have a tab of their own. */
const TAB_OF: Partial<Record<SyncRecordState, string>> = {
  failing: 'shelf',
  conflict: 'conflicts',
  excluded: 'excluded',
};

export function hrefOfState(sync: string, state: SyncRecordState): string {
  const tab = TAB_OF[state];
  return tab === undefined
    ? hrefOf('syncs', { sync, tab: 'records', state })
    : hrefOf('syncs', { sync, tab });
}

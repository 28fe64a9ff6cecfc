import type { Flow, SyncDetail } from '../../../server/api/contract.ts';
import { settingFields } from '../flows/setting-fields.ts';

/** What somebody who sets an integration up goes through, in this order. */
export const STEP_NAMES = ['accounts', 'records', 'settings', 'mapping', 'try', 'preview', 'on'] as const;
export type StepName = (typeof STEP_NAMES)[number];

const OF_SYNCS: readonly StepName[] = ['accounts', 'records', 'mapping', 'preview'];

/** The steps of an integration that is there. A step in which there would be nothing to do is left out. */
export function stepsOf(integration: Flow | SyncDetail): readonly StepName[] {
  if (integration.kind === 'sync') return OF_SYNCS;
  const fields = settingFields(integration.settings.schema, 'en');
  const asks = (ofRecords: boolean): boolean =>
    fields.some((field) => field.ofRecords === ofRecords && !field.atStart);
  return STEP_NAMES.filter((step) => {
    if (step === 'records') return integration.filters || asks(true);
    if (step === 'settings') return asks(false);
    return step !== 'mapping' && step !== 'preview';
  });
}

/** The steps of one that is not made yet: what there will be to choose is known once it has its accounts. */
export const stepsBefore = (kind: 'automation' | 'sync'): readonly StepName[] =>
  kind === 'sync' ? OF_SYNCS : ['accounts', 'records', 'settings', 'try', 'on'];

/** What the address names, where it is one of the steps; else the first. */
export const stepNamed = (name: string | null, steps: readonly StepName[]): StepName =>
  steps.find((step) => step === name) ?? steps[0] ?? 'accounts';

export const stepAfter = (step: StepName, steps: readonly StepName[]): StepName | null =>
  steps[steps.indexOf(step) + 1] ?? null;

export const stepBefore = (step: StepName, steps: readonly StepName[]): StepName | null =>
  steps[steps.indexOf(step) - 1] ?? null;

/** The step in which a refused field is set right; null: none of them. */
export function stepOfField(field: string, integration: Flow | SyncDetail): StepName | null {
  if (field === 'name' || field.startsWith('connections.')) return 'accounts';
  if (field === 'filter' || field.startsWith('filter.')) return 'records';
  if (integration.kind === 'sync') return field.startsWith('settings') ? 'mapping' : null;
  const found = settingFields(integration.settings.schema, 'en').find(
    ({ name }) => field === `settings.${name}`,
  );
  if (found === undefined) return null;
  if (found.atStart) return 'on';
  return found.ofRecords ? 'records' : 'settings';
}

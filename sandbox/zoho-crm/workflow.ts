import type { VendorDesk } from '../core/simulator.ts';
import {
  executedOf,
  type RuleBranch,
  type RuleCriteria,
  type WorkflowRule,
  webhookActionsOf,
  workflowRulesOf,
} from './automation-rows.ts';
import { callWebhook } from './call-webhook.ts';
import { catalogueOf } from './catalogue.ts';
import { type Comparator, compare } from './comparison.ts';
import { type CrmRecord, shown } from './record.ts';
import { crmTime } from './time.ts';
import type { Change } from './write.ts';

/** How a field update says "to whatever value". */
const ANY_VALUE = /^\$\{ANYVALUE\}$/;

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  equal: 'equals',
  equals: 'equals',
  not_equal: 'not_equal',
  greater_than: 'greater_than',
  greater_equal: 'greater_equal',
  less_than: 'less_than',
  less_equal: 'less_equal',
  contains: 'contains',
  not_contains: 'not_contains',
  starts_with: 'starts_with',
  ends_with: 'ends_with',
  in: 'in',
  not_in: 'not_in',
};

/** Runs the active rules that one change calls for. Of a rule's conditions the first that holds is executed. */
export function runWorkflows(desk: VendorDesk, change: Change): void {
  for (const rule of workflowRulesOf(desk).all()) {
    if (!rule.status.active || rule.module.api_name !== change.module.apiName || !executesOn(rule, change))
      continue;
    const branch = rule.conditions.find((one) => branchHolds(desk, one, change));
    if (!branch || !mayExecute(desk, rule, change)) continue;
    workflowRulesOf(desk).put(rule.id, { ...rule, last_executed_time: crmTime(desk.clock()) });
    execute(desk, branch, change);
  }
}

function executesOn(rule: WorkflowRule, change: Change): boolean {
  const { type, details } = rule.execute_when;
  if (type === 'create') return change.operation === 'insert';
  if (type === 'delete') return change.operation === 'delete';
  if (type === 'create_or_edit') return change.operation !== 'delete';
  if (change.operation !== 'update' || change.fields.length === 0) return false;
  if (type === 'edit') return true;
  return (
    type === 'field_update' &&
    fieldUpdateHolds(details?.criteria ?? null, details?.match_all ?? false, change)
  );
}

/** A field update is looked for among the fields that this very change touched. */
function fieldUpdateHolds(criteria: RuleCriteria | null, matchAll: boolean, change: Change): boolean {
  if (criteria === null) return true;
  if ('group' in criteria) {
    const each = criteria.group.map((one) => fieldUpdateHolds(one, matchAll, change));
    return matchAll || criteria.group_operator.toLowerCase() === 'and'
      ? each.every(Boolean)
      : each.some(Boolean);
  }
  const name = criteria.field.api_name ?? '';
  if (!change.fields.includes(name)) return false;
  return ANY_VALUE.test(criteria.value) || holds(criteria, change.after);
}

function branchHolds(desk: VendorDesk, branch: RuleBranch, change: Change): boolean {
  const criteria = branch.criteria_details?.criteria ?? null;
  const record = change.after ?? change.before;
  if (criteria === null || record === null) return true;
  return holds(criteria, shown(desk, change.module, record));
}

function holds(criteria: RuleCriteria, record: Readonly<Record<string, unknown>> | null): boolean {
  if (record === null) return false;
  if ('group' in criteria) {
    const each = criteria.group.map((one) => holds(one, record));
    return criteria.group_operator.toLowerCase() === 'or' ? each.some(Boolean) : each.every(Boolean);
  }
  const comparator = COMPARATORS[criteria.comparator] ?? 'equals';
  const values = Array.isArray(criteria.value) ? criteria.value.map(String) : [String(criteria.value)];
  return compare(record[criteria.field.api_name ?? ''], comparator, values);
}

/**
 * A rule on edits is executed each time only with `repeat`; otherwise once per record: the first time that
 * an edit of it meets the criteria.
 */
function mayExecute(desk: VendorDesk, rule: WorkflowRule, change: Change): boolean {
  const { type, details } = rule.execute_when;
  if (type === 'create' || type === 'delete' || details?.repeat === true) return true;
  const executed = executedOf(desk);
  const key = `${rule.id}/${change.id}`;
  if (executed.get(key)) return false;
  executed.put(key, { rule: rule.id, record: change.id });
  return true;
}

function execute(desk: VendorDesk, branch: RuleBranch, change: Change): void {
  const record = (change.after ?? change.before) as CrmRecord;
  const module = catalogueOf(desk).module(change.module.apiName) ?? change.module;
  for (const action of branch.instant_actions?.actions ?? []) {
    const webhook = action.type === 'webhooks' ? webhookActionsOf(desk).get(action.id ?? '') : undefined;
    if (webhook) callWebhook(desk, webhook, module, shown(desk, module, record));
  }
}

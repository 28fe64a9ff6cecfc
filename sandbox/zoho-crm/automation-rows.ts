import type { Table, VendorDesk } from '../core/simulator.ts';

export interface Parameter {
  readonly name?: string;
  readonly value?: string;
}

/** A webhook action, as `settings/automation/webhooks` takes and gives it. */
export interface WebhookAction {
  readonly id: string;
  readonly name: string;
  readonly module: { readonly api_name: string; readonly id: string };
  readonly url: string;
  readonly http_method: string;
  readonly feature_type: string;
  readonly description?: string | null;
  readonly headers?: {
    readonly module_parameters?: readonly Parameter[];
    readonly custom_parameters?: readonly Parameter[];
  };
  readonly body?: {
    readonly type?: string;
    readonly format?: string | null;
    readonly raw_data_content?: string | null;
    readonly form_data_content?: {
      readonly module_parameters?: readonly Parameter[];
      readonly custom_parameters?: readonly Parameter[];
      readonly user_defined_parameter?: Parameter;
    };
  };
  readonly url_parameters?: object;
  readonly created_time: string;
  readonly modified_time: string;
  readonly created_by: { readonly name: string; readonly id: string };
  readonly modified_by: { readonly name: string; readonly id: string };
}

export interface RuleCondition {
  readonly comparator: string;
  readonly field: { readonly api_name?: string };
  readonly value: string;
}

export type RuleCriteria =
  | RuleCondition
  | { readonly group_operator: string; readonly group: readonly RuleCriteria[] };

export interface RuleBranch {
  readonly id: string;
  readonly sequence_number: number;
  readonly criteria_details?: { readonly criteria?: RuleCriteria | null } | null;
  readonly instant_actions: {
    readonly actions: readonly { readonly type: string; readonly id?: string; readonly name?: string }[];
  } | null;
}

/** A workflow rule, as `settings/automation/workflow_rules` takes and gives it. */
export interface WorkflowRule {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly module: { readonly api_name: string; readonly id: string };
  readonly execute_when: {
    readonly type: string;
    readonly details?: {
      readonly repeat?: boolean;
      readonly match_all?: boolean;
      readonly criteria?: RuleCriteria | null;
    };
  };
  readonly conditions: readonly RuleBranch[];
  readonly status: { readonly active: boolean };
  readonly created_time: string;
  readonly modified_time: string;
  readonly created_by: { readonly name: string; readonly id: string };
  readonly modified_by: { readonly name: string; readonly id: string };
  readonly last_executed_time: string | null;
}

/** Which records a rule without `repeat` has already been executed for. */
export interface Executed {
  readonly rule: string;
  readonly record: string;
}

// Settings: they survive a reset. What a rule was executed for goes with the records.
export const webhookActionsOf = (desk: VendorDesk): Table<WebhookAction> =>
  desk.table('automation-webhooks', { kept: true });
export const workflowRulesOf = (desk: VendorDesk): Table<WorkflowRule> =>
  desk.table('workflow-rules', { kept: true });
export const executedOf = (desk: VendorDesk): Table<Executed> => desk.table('workflow-executions');

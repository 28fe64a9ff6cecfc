import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type RuleBranch, type WorkflowRule, webhookActionsOf, workflowRulesOf } from './automation-rows.ts';
import { type Call, elementsOf, route } from './call.ts';
import { catalogueOf } from './catalogue.ts';
import { CrmFailure, crmError, missingParameter } from './failure.ts';
import { pageOf } from './paging.ts';
import { crmTime } from './time.ts';
import { shortRef } from './write.ts';

const SCOPE = 'ZohoCRM.settings.workflow_rules';
const PATH = '/settings/automation/workflow_rules';
const ROOT = 'workflow_rules';
const TRIGGERS = ['create', 'edit', 'create_or_edit', 'delete', 'field_update'];
const MOST_ACTIONS = 5;

/** Workflow rules. The triggers that the sandbox executes are those of records; others are refused. */
export function workflowRoutes(router: Router, desk: VendorDesk): void {
  const rules = workflowRulesOf(desk);
  router.get(
    PATH,
    route(desk, [`${SCOPE}.READ`], ({ request }) => {
      const { module, include_inner_details: inner } = request.query;
      const found = rules.all().filter((one) => module === undefined || one.module.api_name === module);
      const page = pageOf(found, request.query);
      if (page.items.length === 0) return { status: 204 };
      const info = {
        per_page: page.perPage,
        count: page.items.length,
        page: page.page,
        more_records: page.more,
      };
      return {
        status: 200,
        body: { workflow_rules: page.items.map((rule) => listed(rule, inner === 'true')), info },
      };
    }),
  );
  router.get(
    `${PATH}/:id`,
    route(desk, [`${SCOPE}.READ`], ({ request }) => {
      const found = rules.get(String(request.params.id));
      return found ? { status: 200, body: { workflow_rules: [whole(found)] } } : { status: 204 };
    }),
  );
  router.post(
    PATH,
    route(desk, [`${SCOPE}.CREATE`], (call) => {
      const wishes = elementsOf(bodyOf(call.request).json, ROOT);
      return {
        status: 201,
        body: { workflow_rules: wishes.map((wish, index) => create(call, wish, index)) },
      };
    }),
  );
  router.put(
    `${PATH}/:id`,
    route(desk, [`${SCOPE}.UPDATE`], (call) => {
      const [wish = {}] = elementsOf(bodyOf(call.request).json, ROOT);
      return { status: 200, body: { workflow_rules: [change(call, wish)] } };
    }),
  );
  router.delete(
    PATH,
    route(desk, [`${SCOPE}.DELETE`], (call) => {
      const { ids } = call.request.query;
      if (typeof ids !== 'string' || ids === '') throw missingParameter('ids');
      return { status: 200, body: { workflow_rules: ids.split(',').map((id) => drop(call, id)) } };
    }),
  );
  router.delete(
    `${PATH}/:id`,
    route(desk, [`${SCOPE}.DELETE`], (call) => ({
      status: 200,
      body: { workflow_rules: [drop(call, String(call.request.params.id))] },
    })),
  );
}

type Wish = Readonly<Record<string, unknown>>;

function create(call: Call, wish: Wish, index: number): object {
  const { desk, user } = call;
  for (const name of ['name', 'module', 'execute_when', 'conditions']) {
    if (!wish[name]) refuse('MANDATORY_NOT_FOUND', 'required field not found', index, name);
  }
  const { name, description, module, execute_when, conditions, status } = wish as unknown as WorkflowRule;
  if (!catalogueOf(desk).module(module.api_name)?.workflows)
    refuse('INVALID_DATA', 'the module given seems to be invalid', index, 'module');
  if (!TRIGGERS.includes(execute_when.type))
    refuse('INVALID_DATA', 'the trigger given seems to be invalid', index, 'execute_when.type');
  if (
    workflowRulesOf(desk)
      .all()
      .some((rule) => rule.name === name)
  )
    refuse('DUPLICATE_DATA', 'duplicate data', index, 'name');
  const now = crmTime(desk.clock());
  const id = desk.digits('487687600005', 7);
  workflowRulesOf(desk).put(id, {
    id,
    name,
    description: description ?? null,
    module: { api_name: module.api_name, id: catalogueOf(desk).moduleId(module.api_name) },
    execute_when,
    conditions: branchesOf(desk, conditions, index),
    status: { active: status?.active ?? true },
    created_time: now,
    modified_time: now,
    created_by: shortRef(user),
    modified_by: shortRef(user),
    last_executed_time: null,
  });
  return { code: 'SUCCESS', details: { id }, message: 'workflow created', status: 'success' };
}

function change(call: Call, wish: Wish): object {
  const { desk, request, user } = call;
  const rule = held(call, String(request.params.id));
  const { name, description, execute_when, conditions, status } = wish as unknown as Partial<WorkflowRule>;
  workflowRulesOf(desk).put(rule.id, {
    ...rule,
    ...(name ? { name } : {}),
    ...(description === undefined ? {} : { description }),
    ...(execute_when ? { execute_when } : {}),
    ...(conditions ? { conditions: branchesOf(desk, conditions, 0) } : {}),
    ...(status ? { status } : {}),
    modified_time: crmTime(desk.clock()),
    modified_by: shortRef(user),
  });
  return { code: 'SUCCESS', details: { id: rule.id }, message: 'workflow updated', status: 'success' };
}

function drop(call: Call, id: string): object {
  held(call, id);
  workflowRulesOf(call.desk).delete(id);
  return { code: 'SUCCESS', details: { id }, message: 'workflow deleted', status: 'success' };
}

function branchesOf(desk: VendorDesk, wishes: readonly RuleBranch[], index: number): RuleBranch[] {
  return wishes.map((wish, place) => {
    const actions = wish.instant_actions?.actions ?? [];
    if (actions.length > MOST_ACTIONS)
      refuse('LIMIT_EXCEEDED', 'actions limit exceeded', index, 'actions', { limit: MOST_ACTIONS });
    const named = actions.map((action, at) => {
      const webhook = webhookActionsOf(desk).get(action.id ?? '');
      if (action.type === 'webhooks' && !webhook)
        refuse(
          'INVALID_DATA',
          'the id given seems to be invalid',
          index,
          `conditions[${place}].instant_actions.actions[${at}].id`,
        );
      return webhook ? { ...action, name: webhook.name } : action;
    });
    return { ...wish, id: wish.id ?? desk.digits('487687600006', 7), instant_actions: { actions: named } };
  });
}

function held(call: Call, id: string): WorkflowRule {
  const rule = workflowRulesOf(call.desk).get(id);
  if (!rule)
    throw new CrmFailure(
      400,
      crmError('INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: 3 }),
    );
  return rule;
}

function refuse(code: string, message: string, index: number, name: string, more: object = {}): never {
  const details = {
    api_name: name.split('.').at(-1) ?? name,
    json_path: `$.${ROOT}[${index}].${name}`,
    ...more,
  };
  throw new CrmFailure(400, crmError(code, message, details), ROOT);
}

function whole(rule: WorkflowRule): object {
  const conditions = rule.conditions.map((branch) => ({
    ...branch,
    criteria_details: branch.criteria_details ?? null,
    scheduled_actions: [],
  }));
  return {
    ...rule,
    conditions,
    editable: true,
    deletable: true,
    source: 'crm',
    category: 'standard',
    lock: { locked_by: null, message: null, status: false },
  };
}

function listed(rule: WorkflowRule, inner: boolean): object {
  const { conditions, ...rest } = whole(rule) as { conditions: object };
  return inner ? { ...rest, conditions } : rest;
}

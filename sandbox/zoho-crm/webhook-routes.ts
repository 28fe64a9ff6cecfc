import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type WebhookAction, webhookActionsOf, workflowRulesOf } from './automation-rows.ts';
import { type Call, elementsOf, route } from './call.ts';
import { catalogueOf } from './catalogue.ts';
import { CrmFailure, crmError, missingParameter } from './failure.ts';
import { pageOf } from './paging.ts';
import { crmTime } from './time.ts';
import { shortRef } from './write.ts';

const SCOPE = 'ZohoCRM.settings.automation_actions';
const PATH = '/settings/automation/webhooks';
const ROOT = 'webhooks';
const LIMITS: Readonly<Record<string, number>> = { name: 100, url: 255 };
const MOST_RAW = 500;

/** Webhook actions of workflow rules. */
export function webhookRoutes(router: Router, desk: VendorDesk): void {
  const actions = webhookActionsOf(desk);
  router.get(
    PATH,
    route(desk, [`${SCOPE}.READ`], ({ request }) => {
      const { module } = request.query;
      const found = actions.all().filter((one) => module === undefined || one.module.api_name === module);
      const page = pageOf(found, request.query);
      if (page.items.length === 0) return { status: 204 };
      const info = {
        max_limit: 2000,
        per_page: page.perPage,
        count: page.items.length,
        page: page.page,
        more_records: page.more,
      };
      return { status: 200, body: { webhooks: page.items.map((one) => shape(desk, one)), info } };
    }),
  );
  router.get(
    `${PATH}/:id`,
    route(desk, [`${SCOPE}.READ`], ({ request }) => {
      const found = actions.get(String(request.params.id));
      return found ? { status: 200, body: { webhooks: [shape(desk, found)] } } : { status: 204 };
    }),
  );
  router.post(
    PATH,
    route(desk, [`${SCOPE}.CREATE`], (call) => {
      const wishes = elementsOf(bodyOf(call.request).json, ROOT);
      return { status: 201, body: { webhooks: wishes.map((wish, index) => save(call, wish, index, null)) } };
    }),
  );
  router.put(
    PATH,
    route(desk, [`${SCOPE}.UPDATE`], (call) => {
      const wishes = elementsOf(bodyOf(call.request).json, ROOT);
      return {
        status: 200,
        body: {
          webhooks: wishes.map((wish, index) => save(call, wish, index, held(call, String(wish.id ?? '')))),
        },
      };
    }),
  );
  router.put(
    `${PATH}/:id`,
    route(desk, [`${SCOPE}.UPDATE`], (call) => {
      const [wish = {}] = elementsOf(bodyOf(call.request).json, ROOT);
      return {
        status: 200,
        body: { webhooks: [save(call, wish, 0, held(call, String(call.request.params.id)))] },
      };
    }),
  );
  router.delete(
    PATH,
    route(desk, [`${SCOPE}.DELETE`], (call) => {
      const { ids } = call.request.query;
      if (typeof ids !== 'string' || ids === '') throw missingParameter('ids');
      return { status: 200, body: { webhooks: ids.split(/[,|]/).map((id) => drop(call, id)) } };
    }),
  );
  router.delete(
    `${PATH}/:id`,
    route(desk, [`${SCOPE}.DELETE`], (call) => ({
      status: 200,
      body: { webhooks: [drop(call, String(call.request.params.id))] },
    })),
  );
}

function save(
  call: Call,
  wish: Readonly<Record<string, unknown>>,
  index: number,
  before: WebhookAction | null,
): object {
  const { desk, user } = call;
  check(wish, index);
  const { api_name: module = '' } = wish.module as { api_name?: string };
  if (!catalogueOf(desk).module(module)?.workflows)
    refuse('INVALID_DATA', 'the module id given seems to be invalid', index, 'module');
  const now = crmTime(desk.clock());
  const id = before?.id ?? desk.digits('487687600004', 7);
  const { name, url, http_method, feature_type, description, headers, body, url_parameters } =
    wish as unknown as WebhookAction;
  webhookActionsOf(desk).put(id, {
    id,
    name,
    url,
    http_method: http_method.toUpperCase(),
    feature_type,
    module: { api_name: module, id: catalogueOf(desk).moduleId(module) },
    description: description ?? null,
    ...(headers ? { headers } : {}),
    ...(body ? { body } : {}),
    ...(url_parameters ? { url_parameters } : {}),
    created_time: before?.created_time ?? now,
    created_by: before?.created_by ?? shortRef(user),
    modified_time: now,
    modified_by: shortRef(user),
  });
  return {
    code: 'SUCCESS',
    details: { id },
    message: before ? 'Webhook updated successfully' : 'Webhook created successfully',
    status: 'success',
  };
}

/** Refuses what the CRM refuses, with the place and its words. */
function check(wish: Readonly<Record<string, unknown>>, index: number): void {
  for (const name of ['name', 'module', 'url', 'http_method', 'feature_type']) {
    if (!wish[name]) refuse('MANDATORY_NOT_FOUND', 'mandatory param missing', index, name);
  }
  for (const [name, most] of Object.entries(LIMITS)) {
    if (String(wish[name]).length > most)
      refuse('INVALID_DATA', 'Invalid data', index, name, { maximum_length: most });
  }
  if (!/^https?:\/\/\S+$/.test(String(wish.url)))
    refuse('INVALID_DATA', 'please enter a valid URL', index, 'url');
  if (!/^(get|post|put|delete)$/i.test(String(wish.http_method)))
    refuse('INVALID_DATA', 'The method type given is invalid', index, 'http_method');
  const { headers, body } = wish as unknown as WebhookAction;
  if (headers && !headers.module_parameters?.length)
    refuse('MANDATORY_NOT_FOUND', 'mandatory param missing', index, 'module_parameters', {}, 'headers.');
  if (body && body.type !== 'raw' && body.type !== 'form_data')
    refuse('INVALID_DATA', 'Invalid data', index, 'type', {}, 'body.');
  if ((body?.raw_data_content?.length ?? 0) > MOST_RAW)
    refuse('INVALID_DATA', 'Invalid data', index, 'raw_data_content', { maximum_length: MOST_RAW }, 'body.');
}

function refuse(
  code: string,
  message: string,
  index: number,
  name: string,
  more: object = {},
  inside = '',
): never {
  throw new CrmFailure(
    400,
    crmError(code, message, { api_name: name, json_path: `$.${ROOT}[${index}].${inside}${name}`, ...more }),
    ROOT,
  );
}

function held(call: Call, id: string): WebhookAction {
  return webhookActionsOf(call.desk).get(id) ?? refuse('INVALID_DATA', 'The ID given is invalid', 0, 'id');
}

function drop(call: Call, id: string): object {
  held(call, id);
  if (usedBy(call.desk, id)) {
    const message =
      'This webhook is associated with at least one of Approval Process/Workflow Rules/Blueprint';
    throw new CrmFailure(400, crmError('NOT_ALLOWED', message, { resource_path_index: 3 }));
  }
  webhookActionsOf(call.desk).delete(id);
  return { code: 'SUCCESS', details: { id }, message: 'Webhook deleted successfully', status: 'success' };
}

function usedBy(desk: VendorDesk, id: string): boolean {
  return workflowRulesOf(desk)
    .all()
    .some((rule) =>
      rule.conditions.some((branch) => branch.instant_actions?.actions.some((action) => action.id === id)),
    );
}

function shape(desk: VendorDesk, action: WebhookAction): object {
  return {
    ...action,
    associated: usedBy(desk, action.id),
    editable: true,
    deletable: true,
    source: 'crm',
    lock_status: { locked: false },
  };
}

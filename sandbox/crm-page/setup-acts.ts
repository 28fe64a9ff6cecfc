import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import type { Answer } from '../page/mount.ts';
import { workflowRulesOf } from '../zoho-crm/automation-rows.ts';
import { changeStages } from '../zoho-crm/change-stages.ts';
import { CrmFailure } from '../zoho-crm/failure.ts';
import type { CrmView } from './crm-view.ts';

const back = (view: CrmView): Answer => ({ goTo: view.to('/crm/setup') });

/** A stage gets a new name, goes, or is added: as through the CRM's own settings of the field. */
export function changeStage(view: CrmView, request: Request): Answer {
  const { value = '', do: wish } = bodyOf(request).form;
  const id = request.params.id === undefined ? {} : { id: String(request.params.id) };
  try {
    changeStages(view.crm, [
      wish === 'delete' ? { ...id, _delete: null } : { ...id, actual_value: value.trim() },
    ]);
  } catch (thrown) {
    if (!(thrown instanceof CrmFailure)) throw thrown;
    return undefined;
  }
  return back(view);
}

export function changeRule(view: CrmView, request: Request): Answer {
  const rules = workflowRulesOf(view.crm);
  const rule = rules.get(String(request.params.id));
  const { do: wish } = bodyOf(request).form;
  if (rule === undefined) return undefined;
  if (wish === 'delete') rules.delete(rule.id);
  else if (wish === 'on' || wish === 'off')
    rules.put(rule.id, { ...rule, status: { active: wish === 'on' } });
  else return undefined;
  return back(view);
}

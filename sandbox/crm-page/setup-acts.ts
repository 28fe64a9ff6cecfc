import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import type { Answer } from '../page/mount.ts';
import { workflowRulesOf } from '../zoho-crm/automation-rows.ts';
import { changeStages } from '../zoho-crm/change-stages.ts';
import { CrmFailure } from '../zoho-crm/failure.ts';
import type { CrmView } from './crm-view.ts';
import { setupPage } from './setup.ts';

const back = (view: CrmView): Answer => ({ goTo: view.to('/crm/setup') });

/** The page again, with why nothing was changed. */
const refused = (view: CrmView, why: string): Answer => ({ html: setupPage(view, why), status: 400 });

function whyNoStage(view: CrmView, { code }: CrmFailure): string {
  const { t } = view;
  if (code === 'DUPLICATE_DATA')
    return t('There is a stage of this name already.', 'Une étape porte déjà ce nom.');
  if (code === 'LIMIT_EXCEEDED')
    return t('There cannot be more stages than these.', 'Il ne peut pas y avoir plus d’étapes.');
  return t(
    'A stage needs a name of at most 120 characters, and one that was deleted takes no other name.',
    'Une étape porte un nom de 120 caractères au plus, et celle qui a été supprimée n’en prend plus.',
  );
}

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
    return refused(view, whyNoStage(view, thrown));
  }
  return back(view);
}

export function changeRule(view: CrmView, request: Request): Answer {
  const rules = workflowRulesOf(view.crm);
  const rule = rules.get(String(request.params.id));
  const { do: wish } = bodyOf(request).form;
  if (rule === undefined)
    return refused(view, view.t('This rule is no longer there.', 'Cette règle n’existe plus.'));
  if (wish === 'delete') rules.delete(rule.id);
  else if (wish === 'on' || wish === 'off')
    rules.put(rule.id, { ...rule, status: { active: wish === 'on' } });
  else return undefined;
  return back(view);
}

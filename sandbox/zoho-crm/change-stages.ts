import type { VendorDesk } from '../core/simulator.ts';
import { CrmFailure, crmError } from './failure.ts';
import { recordsOf } from './record.ts';
import { addStage, removeStage, renameStage, stagesOf } from './stages.ts';

type Wish = Readonly<Record<string, unknown>>;

/**
 * Values of the pick list of stages, as an update of the field takes them: with an id it is renamed or, with
 * `_delete`, taken away; without one it is new. What is not named stays.
 * https://www.zoho.com/crm/developer/docs/api/v8/update-custom-fields.html
 */
export function changeStages(desk: VendorDesk, wishes: readonly Wish[]): void {
  wishes.forEach((wish, index) => {
    const refuse = (code: string, message: string): CrmFailure =>
      new CrmFailure(
        400,
        crmError(code, message, {
          api_name: 'pick_list_values',
          json_path: `$.fields[0].pick_list_values[${index}]`,
        }),
        'fields',
      );
    const stages = stagesOf(desk);
    const held = stages.find(({ id }) => id === wish.id);
    if (wish.id !== undefined && held === undefined)
      throw refuse('INVALID_DATA', 'the id given seems to be invalid');
    if (held !== undefined && '_delete' in wish) {
      removeStage(desk, held);
      return;
    }
    const value = wish.actual_value ?? wish.display_value;
    if (typeof value !== 'string' || value.trim() === '' || value.length > 120)
      throw refuse('INVALID_DATA', 'invalid data');
    if (stages.some((one) => one.id !== held?.id && one.value.toLowerCase() === value.toLowerCase()))
      throw refuse('DUPLICATE_DATA', 'duplicate data');
    if (held === undefined) {
      const probability = typeof wish.probability === 'number' ? wish.probability : 50;
      if (!addStage(desk, value, probability)) throw refuse('LIMIT_EXCEEDED', 'limit exceeded');
      return;
    }
    renameStage(desk, held, value);
    // The deals that stand there go by the new name; their rules and modification times stay as they are.
    const deals = recordsOf(desk, 'Deals');
    for (const deal of deals.all()) {
      if (deal.Stage === held.value) deals.put(deal.id, { ...deal, Stage: value });
    }
  });
}

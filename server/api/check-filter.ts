import { conditionsOf, type Group, type KeptFilter, type Takes } from '../core/filter/filter.ts';
import { refuseFilter } from '../core/filter/refuse-filter.ts';
import type { Automation, SettingSource } from '../core/flow.ts';
import { refuseAll } from './integration-refusals.ts';

export const NO_FILTERS = {
  field: 'filter',
  detail: {
    en: 'This flow has no filter: every record takes part. Leave it out.',
    fr: 'Ce flux n’a pas de filtre : toutes les fiches participent. Retirez-le.',
  },
};

/**
 * A filter that was sent, with the fields that it names, as the vendor has them now.
 *
 * @throws a `Problem` 422 that names every condition that cannot be; a LiaisonError where the vendor does not answer.
 */
export async function checkFilter(
  flow: Automation,
  source: SettingSource<unknown>,
  filter: Group,
  takes: Takes,
  hasOwner: boolean,
): Promise<KeptFilter> {
  if (flow.filter === undefined) {
    refuseAll([NO_FILTERS]);
    throw new Error('a flow without filters was refused');
  }
  const fields = await flow.filter.fields(source);
  refuseAll(
    refuseFilter(filter, fields, hasOwner).map(({ at, sentence }) => ({
      field: at === '' ? 'filter' : `filter.${at}`,
      detail: sentence,
    })),
  );
  const named = new Set(conditionsOf(filter).map(({ field }) => field));
  return { filter, fields: fields.filter(({ name }) => named.has(name)), takes };
}

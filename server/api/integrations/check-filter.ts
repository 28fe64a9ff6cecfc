import { conditionsOf, type Group, type KeptFilter, type Takes } from '../../core/filter/filter.ts';
import { refuseFilter } from '../../core/filter/refuse-filter.ts';
import type { Automation, SettingSource } from '../../core/flow.ts';
import type { FilterWish } from '../contract.ts';
import { refuseAll } from './integration-refusals.ts';

export const NO_FILTERS = {
  field: 'filter',
  detail: {
    en: 'This flow has no filter: every record takes part. Leave it out.',
    fr: 'Ce flux n’a pas de filtre\u00a0: toutes les fiches participent. Retirez-le.',
  },
};

export const NO_TAKES = {
  field: 'filterTakes',
  detail: {
    en: 'A sync carries over every change of what fits. Leave it out.',
    fr: 'Une synchronisation reporte chaque changement de ce qui correspond. Retirez ce réglage.',
  },
};

const NO_SIDES = {
  field: 'filter',
  detail: {
    en: 'An automation has one filter, without sides: send its conditions alone.',
    fr: 'Une automatisation a un seul filtre, sans côtés\u00a0: envoyez seulement ses conditions.',
  },
};

/** The filter of an automation, as it was sent. @throws a `Problem` 422 where it is one of a sync. */
export function groupOf(wish: FilterWish | null | undefined): Group | null | undefined {
  if (!wish || 'all' in wish || 'any' in wish) return wish;
  refuseAll([NO_SIDES]);
  return undefined;
}

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

import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { filterFields } from '../../connectors/zoho-crm/filter-fields.ts';
import { recordCurrency } from '../../connectors/zoho-crm/record-currency.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import type { FilterSource, Outcome } from '../../core/flow.ts';
import type { Context } from './lead-of-row.ts';
import type { LeadValues } from './read-values.ts';
import type { Settings } from './settings.ts';

/** Conditions are on the lead that a row would become: on those of its fields that a column fills. */
export const rowFilter: FilterSource<Settings> = {
  again: () => true,
  async fields({ client, settings }) {
    const filled = new Set(settings.columns.map(({ field }) => field));
    return (await filterFields(client(zohoCrm), 'Leads')).filter(({ name }) => filled.has(name));
  },
};

/**
 * Why nothing is made of a row; null: it takes part. A row whose lead is there keeps correcting it, unless each change
 * has to fit.
 */
export function leftOutRow({ filter }: Context, values: LeadValues, hasLead: boolean): Outcome | null {
  if (filter === null || (hasLead && filter.takes === 'once')) return null;
  const { fits, why } = filter.judge({ values, currency: recordCurrency(values) });
  return fits ? null : { state: 'skipped', summary: leftOutText(why, true) };
}

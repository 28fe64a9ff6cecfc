import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { coqlText } from '../../connectors/zoho-crm/coql.ts';
import { countFitting } from '../../connectors/zoho-crm/filter-count.ts';
import { filterFields } from '../../connectors/zoho-crm/filter-fields.ts';
import { recordCurrency } from '../../connectors/zoho-crm/record-currency.ts';
import type { FilterPlace, KeptFilter } from '../../core/filter/filter.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import {
  type FilterSource,
  type Outcome,
  type RunContext,
  type SettingSource,
  skipped,
} from '../../core/flow.ts';
import { type Announcement, topicsOf } from './occasion.ts';

/** Conditions on the fields of the module; of deals that reach a stage, those that stand there are counted. */
export const announcementFilter = {
  fields: ({ client, settings: { module } }: SettingSource<Announcement>) =>
    filterFields(client(zohoCrm), module),
  again: ({ when }: Announcement) => when === 'edited',
  count: (
    { client, settings: { module, when, stage } }: SettingSource<Announcement>,
    kept: KeptFilter,
    place: FilterPlace,
  ) =>
    countFitting(
      client(zohoCrm),
      module,
      kept,
      place,
      when === 'reached'
        ? { coql: `Stage = ${coqlText(stage)}`, fields: ['Stage'], holds: ({ Stage }) => Stage === stage }
        : null,
    ),
} satisfies FilterSource<Announcement>;

const NOT_AWAITED = skipped({
  en: 'An edit, and no record that waits until it fits: nothing to do.',
  fr: 'Une modification, et aucune fiche qui attend de convenir\u00a0: rien à faire.',
});
const TAKEN = skipped({
  en: 'It was announced when it began to fit the filter: later changes are not.',
  fr: 'Annoncé quand le filtre a commencé à convenir\u00a0: les changements suivants ne le sont pas.',
});

type Judging = Pick<RunContext<unknown, string>, 'filter' | 'event'>;

/** What can be said before the record is read: an edit that nothing waits for, or a record that was taken already. */
export async function knownBefore({ filter, event }: Judging, about: Announcement): Promise<Outcome | null> {
  if (filter === null) return null;
  if (about.when === 'edited')
    return filter.takes === 'once' && (await filter.recall()) === 'taken' ? TAKEN : null;
  const occasions = topicsOf(about);
  if (occasions.includes(event.topic) || (await filter.recall()) === 'awaited') return null;
  // The edit may have come first of several, among which is what it is about.
  return (await filter.topics()).some((topic) => occasions.includes(topic)) ? null : NOT_AWAITED;
}

/** Null: the record fits. What does not is remembered, so that it is taken once it does. */
export function leftOut(
  { filter }: Pick<Judging, 'filter'>,
  record: Readonly<Record<string, unknown>>,
): Outcome | null {
  if (filter === null) return null;
  const { fits, why } = filter.judge({ values: record, currency: recordCurrency(record) });
  if (fits) return null;
  filter.remember(false);
  return skipped(leftOutText(why, true));
}

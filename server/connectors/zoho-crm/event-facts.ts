import { MEETING_FIELDS } from '../../core/calendar/fields.ts';
import type { FilterField } from '../../core/filter/filter.ts';
import { factsFrom, filterFieldsFrom } from '../../core/sync/facts.ts';
import type { ObjectOptions, SideRecord } from '../../core/sync-object.ts';
import type { ZohoCrmClient } from './client.ts';
import type { CrmEvent } from './events.ts';
import { EVENTS } from './events.ts';
import { filterFields } from './filter-fields.ts';
import { asTheirs } from './users.ts';

const OWNER_FIELD = 'Owner';
const KINDS = new Map(MEETING_FIELDS.map((field) => [field.id, field]));

/** What conditions on meetings can be built from: the fields of a mapping, and whose they are. */
export async function eventFilterFields(
  client: Pick<ZohoCrmClient, 'fields' | 'activeUsers'>,
): Promise<FilterField[]> {
  const own = (await filterFields(client, EVENTS)).filter(({ name }) => name === OWNER_FIELD);
  return [...filterFieldsFrom(MEETING_FIELDS), ...own];
}

/** What a side asks of the meetings that it reads. */
export interface EventsWish {
  readonly options: ObjectOptions;
  readonly facts?: readonly string[];
}

/** A meeting, or a series by one of its records, as whoever asks is told of it. */
export function toldEvent(
  record: SideRecord,
  owner: CrmEvent['Owner'],
  { options, facts = [] }: EventsWish,
): SideRecord {
  if (facts.length === 0) return asTheirs(record, owner, options);
  const own = facts.includes(OWNER_FIELD) ? { [OWNER_FIELD]: owner ?? null } : {};
  const values = { ...factsFrom(record.values, facts, KINDS), ...own };
  return asTheirs({ ...record, facts: { values, currency: null } }, owner, options);
}

import type { FilterPlace } from '../../core/filter/filter.ts';
import { judgeKept } from '../../core/filter/judge.ts';
import type { FilterCount } from '../../core/flow.ts';
import { factsOf, type SideFilter } from '../../core/sync/side-filter.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import { changesOf } from './read-side.ts';
import type { SideAtWork } from './work.ts';

/** So many records are read for a count, where the vendor is not asked for one. */
const MOST_READ = 2_000;

/** How many records of a side fit now: as its object counts them, else of the first 2,000 by our own evaluation. */
export async function countFittingOf(
  {
    object,
    client,
    options,
    filter,
  }: Pick<SideAtWork, 'object' | 'client' | 'options'> & {
    readonly filter: SideFilter;
  },
  place: FilterPlace,
): Promise<FilterCount> {
  if (object.countFitting !== undefined) return object.countFitting(client, filter, { place, options });
  const schema = new Map((await object.fields(client, options)).map((field) => [field.id, field]));
  const asked = factsOf(filter);
  let cursor: FieldValue = null;
  let count = 0;
  for (let read = 0; ; ) {
    const page = await changesOf({ object, client, options, filter, schema, fields: asked }, cursor);
    count += page.records.filter(
      ({ excluded, facts }) =>
        excluded === undefined && judgeKept(filter, facts ?? { values: {}, currency: null }, place).fits,
    ).length;
    read += page.records.length;
    if (!page.more) return { count, more: false };
    if (read >= MOST_READ) return { count, more: true };
    cursor = page.cursor;
  }
}

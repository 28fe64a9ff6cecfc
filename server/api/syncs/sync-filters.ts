import { asLiaisonError } from '../../core/errors.ts';
import {
  conditionsOf,
  type FilterField,
  type FilterPlace,
  type Group,
  isGroup,
} from '../../core/filter/filter.ts';
import { filterText } from '../../core/filter/filter-words.ts';
import { type Me, withMe } from '../../core/filter/me.ts';
import { refuseFilter } from '../../core/filter/refuse-filter.ts';
import type { Sentence } from '../../core/sentence.ts';
import { filterFieldsFrom } from '../../core/sync/facts.ts';
import { otherSide, type Side } from '../../core/sync/mapping.ts';
import { OWN_SIDE, type SideFilter, type SyncFilter, USUAL_LEAVING } from '../../core/sync/side-filter.ts';
import type { ObjectOptions, SyncObject } from '../../core/sync-object.ts';
import { storedError } from '../../engine/stored-error.ts';
import { countFittingOf } from '../../engine/sync/count-fitting.ts';
import type { FilterCountAnswer, FilterFieldsAnswer, FilterOfSync, FilterWish } from '../contract.ts';
import { fieldsView } from '../integrations/filter-services.ts';
import { refuseAll } from '../integrations/integration-refusals.ts';
import { failureOf } from '../log/run-view.ts';
import { Problem } from '../problem.ts';

/** One side of a sync, as far as conditions are asked about its records. */
export interface SideToFilter {
  readonly object: SyncObject;
  readonly options: ObjectOptions;
  client(): Promise<unknown>;
}
export type SidesToFilter = Readonly<Record<Side, SideToFilter>>;

/** What conditions on a side's records can be built from. */
async function fieldsOfSide({ object, options, client }: SideToFilter): Promise<readonly FilterField[]> {
  const opened = await client();
  if (object.filterFields !== undefined) return object.filterFields(opened, options);
  return filterFieldsFrom(await object.fields(opened, options));
}

/** A filter that names no side is about the organisation's own records. */
const bySide = (wish: FilterWish): FilterOfSync =>
  'all' in wish || 'any' in wish ? { [OWN_SIDE]: wish } : wish;

/**
 * The filter of a sync as it is to be kept: with what was sent in the place of what there was, side by side.
 *
 * @param hasOwner whether the integration is one person's own.
 * @throws a `Problem` 422 that names every condition that cannot be; a LiaisonError where a vendor does not answer.
 */
export async function checkSyncFilter(
  sides: SidesToFilter,
  before: SyncFilter | null,
  wish: FilterWish | null,
  hasOwner: boolean,
): Promise<SyncFilter | null> {
  if (wish === null) return null;
  const sent = bySide(wish);
  const isBare = isGroup(wish as Group);
  const kept = async (side: Side): Promise<SideFilter | null> => {
    const filter = sent[side];
    if (filter === undefined) return before?.[side] ?? null;
    if (filter === null) return null;
    const fields = await fieldsOfSide(sides[side]);
    const at = isBare ? 'filter' : `filter.${side}`;
    refuseAll(
      refuseFilter(filter, fields, hasOwner).map(({ at: place, sentence }) => ({
        field: place === '' ? at : `${at}.${place}`,
        detail: sentence,
      })),
    );
    const named = new Set(conditionsOf(filter).map(({ field }) => field));
    return { filter, fields: fields.filter(({ name }) => named.has(name)) };
  };
  const [left, right] = [await kept('left'), await kept('right')];
  const leaving = sent.leaving ?? before?.leaving ?? USUAL_LEAVING;
  if (leaving === 'removed') refuseAll(unremovable(sides, { left, right }));
  return left === null && right === null ? null : { left, right, leaving };
}

/** The counterpart of one that stops fitting cannot go where its vendor takes nobody away. */
const unremovable = (
  sides: SidesToFilter,
  filters: Readonly<Record<Side, SideFilter | null>>,
): { readonly field: string; readonly detail: Sentence }[] =>
  (['left', 'right'] as const).flatMap((side) => {
    const { stays } = sides[otherSide(side)].object;
    return filters[side] === null || stays === undefined ? [] : [{ field: 'filter.leaving', detail: stays }];
  });

/** What conditions on a side can be built from, asked now. */
export async function sideFieldsAnswer(side: SideToFilter): Promise<FilterFieldsAnswer> {
  try {
    return { fields: fieldsView(await fieldsOfSide(side)), again: false, problem: null };
  } catch (thrown) {
    return { fields: null, again: false, problem: failureOf(storedError(asLiaisonError(thrown))) };
  }
}

/** Whoever's own a sync is counts no other records than it may read. */
function ownOptions({ object, options }: SideToFilter, me: Me | null): ObjectOptions {
  const { staff } = object.connector;
  return staff === undefined || me === null ? options : { ...options, [staff.ownerOption]: me.id };
}

/** How many records of a side fit now. @param filter not saved yet; undefined: `saved` counts. */
export async function sideCountAnswer(
  side: SideToFilter,
  at: Side,
  filter: Group | undefined,
  {
    saved,
    place,
    me,
  }: {
    readonly saved: SyncFilter | null;
    readonly place: FilterPlace;
    readonly me: Me | null;
  },
): Promise<FilterCountAnswer> {
  try {
    const kept =
      filter === undefined
        ? saved
        : await checkSyncFilter(
            { left: side, right: side },
            null,
            at === 'left' ? { left: filter } : { right: filter },
            me !== null,
          );
    const own = kept?.[at] ?? null;
    if (own === null) return { count: null, more: false, words: null, problem: null };
    const options = ownOptions(side, me);
    const about = { object: side.object, options, client: await side.client(), filter: withMe(own, me) };
    return { ...(await countFittingOf(about, place)), words: filterText(own, place), problem: null };
  } catch (thrown) {
    // What the filter itself may not be is refused; what the vendor does not say is told.
    if (thrown instanceof Problem) throw thrown;
    return { count: null, more: false, words: null, problem: failureOf(storedError(asLiaisonError(thrown))) };
  }
}

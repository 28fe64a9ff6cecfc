import type { OfferedFlow } from '../../../server/api/contract.ts';
import { PURPOSES } from '../../../server/core/purpose.ts';
import type { Sentence } from '../../../server/core/sentence.ts';
import { searchFor } from './word-search.ts';

export interface CatalogueChoice {
  /** What was typed. */
  readonly find: string;
  /** The id of one; empty: whichever. */
  readonly application: string;
}

export interface OfferedGroup {
  readonly id: string;
  /** Null: what has no purpose that others have. */
  readonly titles: Sentence | null;
  readonly flows: readonly OfferedFlow[];
}

const ORDER = Object.keys(PURPOSES);
const OTHER = 'other';

const both = ({ en, fr }: Sentence): string[] => [en, fr];

/** What fits, by what it is for. */
export function offeredGroups(
  flows: readonly OfferedFlow[],
  { find, application }: CatalogueChoice,
): OfferedGroup[] {
  const holds = searchFor(find);
  const fitting = flows.filter(
    (flow) =>
      (application === '' || flow.applications.some(({ id }) => id === application)) &&
      holds([
        ...both(flow.titles),
        ...both(flow.direction),
        ...(flow.purpose === null ? [] : both(flow.purpose.titles)),
        ...flow.applications.flatMap(({ titles }) => both(titles)),
      ]),
  );
  const groups = Map.groupBy(fitting, ({ purpose }) => purpose?.id ?? OTHER);
  const place = (id: string) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  return [...groups]
    .map(([id, own]) => ({ id, titles: own[0]?.purpose?.titles ?? null, flows: own }))
    .sort((left, right) => place(left.id) - place(right.id));
}

/** Every application of which something is offered, once. */
export const applicationsOf = (flows: readonly OfferedFlow[]): OfferedFlow['applications'] => [
  ...new Map(flows.flatMap(({ applications }) => applications).map((one) => [one.id, one])).values(),
];

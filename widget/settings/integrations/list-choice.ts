import type { OverviewItem } from '../../../server/api/contract.ts';
import { searchFor } from '../catalogue/word-search.ts';

export const SHOWN = ['all', 'attention', 'on', 'off'] as const;
export type Shown = (typeof SHOWN)[number];

export interface ListChoice {
  /** What was typed. */
  readonly find: string;
  readonly show: Shown;
  /** Only integrations of one flow; empty: of whichever. */
  readonly flow: string;
}

const isShown = (text: string | null): text is Shown => SHOWN.some((shown) => shown === text);

export function readListChoice(search: URLSearchParams): ListChoice {
  const show = search.get('show');
  return {
    find: search.get('find') ?? '',
    show: isShown(show) ? show : 'all',
    flow: search.get('flow') ?? '',
  };
}

type State = OverviewItem['standing']['state'];

const OFF: ReadonlySet<State> = new Set(['off', 'not-on-yet', 'previewed', 'again']);
const WRONG: ReadonlySet<State> = new Set(['waits', 'trouble', 'again', 'paused']);

/** Whether somebody has to see to it, on or off. */
export const needsSomebody = ({ state, shelved, decisions }: OverviewItem['standing']): boolean =>
  WRONG.has(state) || shelved > 0 || decisions > 0;

/** What fits, in the order of their names. */
export function chosenOf(
  all: readonly OverviewItem[],
  { find, show, flow }: ListChoice,
  nameOf: (item: OverviewItem) => string,
  language: string,
): OverviewItem[] {
  const holds = searchFor(find);
  return all
    .filter(({ standing }) => {
      if (show === 'attention') return needsSomebody(standing);
      return show === 'all' || OFF.has(standing.state) === (show === 'off');
    })
    .filter((item) => flow === '' || item.flow.id === flow)
    .filter((item) =>
      holds(
        [item.titles, item.flow.titles, ...item.applications.map(({ titles }) => titles)]
          .flatMap(({ en, fr }) => [en, fr])
          .concat(item.person?.name ?? ''),
      ),
    )
    .sort((left, right) => nameOf(left).localeCompare(nameOf(right), language, { numeric: true }));
}

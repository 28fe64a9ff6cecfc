import { folded } from '../../core/filter/compare.ts';

/** Whether two names are one to Notion: it has no property and no option twice in another spelling. */
export const isSameName = (one: string, other: string): boolean => folded(one) === folded(other);

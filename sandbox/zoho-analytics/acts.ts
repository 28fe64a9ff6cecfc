import type { VendorDesk } from '../core/simulator.ts';
import { analyticsTables } from './rows.ts';

/** What somebody does in Analytics itself: slows imports down, deletes a table, changes a column. */
export function actInAnalytics(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const { pace, views, data } = analyticsTables(desk);
  const view = views.all().find(({ name }) => name === wish.table);
  switch (wish.act) {
    case 'pace':
      return pace.put('imports', { ms: Number(wish.ms) });
    case 'delete-table':
      if (!view) throw new Error(`Analytics has no table ${String(wish.table)}.`);
      views.delete(view.id);
      data.delete(view.id);
      return { id: view.id };
    case 'mandatory': {
      if (!view) throw new Error(`Analytics has no table ${String(wish.table)}.`);
      const columns = view.columns.map((one) =>
        one.name === wish.column ? { ...one, mandatory: true } : one,
      );
      return views.put(view.id, { ...view, columns });
    }
    default:
      throw new Error(`Nobody does ${String(wish.act)} in Analytics.`);
  }
}

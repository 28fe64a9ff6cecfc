import type { VendorDesk } from '../core/simulator.ts';

/** Items as lists show them: during a lag as they were before what was written last. */
export interface LateItems {
  /** Says that an item is about to be written; `view`: what lists show of it until then, null: it is new. */
  touch(id: string, view: object | null): void;
  /** What lists show of it now; null: nothing yet. */
  shown(id: string, view: object): object | null;
}

interface Earlier {
  readonly at: number;
  readonly view: object | null;
}

export function lateItems(desk: VendorDesk): LateItems {
  const late = desk.table<{ id: string; earlier: readonly Earlier[] }>('lateItems');
  const hidden = (id: string): readonly Earlier[] => {
    const since = desk.clock().getTime() - desk.lagMs();
    return (late.get(id)?.earlier ?? []).filter(({ at }) => at > since);
  };
  return {
    touch(id, view) {
      if (desk.lagMs() === 0) return;
      late.put(id, { id, earlier: [...hidden(id), { at: desk.clock().getTime(), view }] });
    },
    shown(id, view) {
      if (desk.lagMs() === 0 || late.size === 0) return view;
      const [first] = hidden(id);
      return first === undefined ? view : first.view;
    },
  };
}

/** Where the boxes and arrows of a flow's diagram stand, in pixels at its natural size. */
export interface DiagramLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly { readonly x: number; readonly y: number }[];
  /** From the edge of a box to the edge of the next. */
  readonly arrows: readonly {
    readonly x1: number;
    readonly y1: number;
    readonly x2: number;
    readonly y2: number;
  }[];
}

export const BOX = { width: 216, height: 60 } as const;
const GAP = { row: 56, column: 40 } as const;
/** Room for the line around the outermost boxes. */
const EDGE = 1;
/** Between an arrow's tip and the box. */
const AIR = 5;

/** Boxes side by side (`row`), or one below the other where there is no room for that. */
export function diagramLayout(count: number, along: 'row' | 'column'): DiagramLayout {
  const gap = GAP[along];
  const isRow = along === 'row';
  const step = (isRow ? BOX.width : BOX.height) + gap;
  const boxes = Array.from({ length: count }, (_, index) => ({
    x: EDGE + (isRow ? index * step : 0),
    y: EDGE + (isRow ? 0 : index * step),
  }));
  const arrows = boxes
    .slice(1)
    .map(({ x, y }) =>
      isRow
        ? { x1: x - gap + AIR, y1: y + BOX.height / 2, x2: x - AIR, y2: y + BOX.height / 2 }
        : { x1: x + BOX.width / 2, y1: y - gap + AIR, x2: x + BOX.width / 2, y2: y - AIR },
    );
  const long = Math.max(0, count * step - gap) + 2 * EDGE;
  return isRow
    ? { width: long, height: BOX.height + 2 * EDGE, boxes, arrows }
    : { width: BOX.width + 2 * EDGE, height: long, boxes, arrows };
}

import { BOX, diagramLayout } from './diagram-layout.ts';

describe.each(['row', 'column'] as const)('boxes in a %s', (along) => {
  it.each([1, 2, 3, 5])(
    '%i of them stand inside the drawing, do not touch, and have an arrow between each two',
    (count) => {
      const { width, height, boxes, arrows } = diagramLayout(count, along);
      expect(boxes).toHaveLength(count);
      for (const { x, y } of boxes) {
        expect(x).toBeGreaterThan(0);
        expect(y).toBeGreaterThan(0);
        expect(x + BOX.width).toBeLessThan(width);
        expect(y + BOX.height).toBeLessThan(height);
      }
      expect(arrows).toHaveLength(count - 1);
      const [start, end] = along === 'row' ? (['x1', 'x2'] as const) : (['y1', 'y2'] as const);
      const [edge, size] = along === 'row' ? (['x', BOX.width] as const) : (['y', BOX.height] as const);
      for (const [index, arrow] of arrows.entries()) {
        expect(arrow[start]).toBeGreaterThan(boxes[index]![edge] + size);
        expect(arrow[end]).toBeLessThan(boxes[index + 1]![edge]);
        expect(arrow[end] - arrow[start]).toBeGreaterThan(20);
      }
    },
  );
});

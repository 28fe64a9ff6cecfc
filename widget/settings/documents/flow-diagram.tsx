import { useId } from 'react';
import type { FlowDocument } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { BOX, diagramLayout } from './diagram-layout.ts';

type Drawn = Pick<FlowDocument, 'path' | 'way'>;

/** Boxes and arrows made from what the flow declares; whoever does not see them hears the same as a sentence. */
export function FlowDiagram({ path, way }: Drawn) {
  const { texts, say } = useSpeech();
  const words = texts.documents.diagram;
  const stops = path.map(({ titles, part }) => `${say(titles)} (${say(part)})`);
  const told = way === 'back' ? [...stops].reverse() : stops;
  const sentence = way === 'both' ? words.both(told.join(words.and)) : words.oneWay(told.join(words.next));
  // Which of the two is seen is for the style sheet to say: paper is wide where the screen was narrow.
  return (
    <div className="diagram" role="img" aria-label={sentence}>
      <Drawing path={path} way={way} along="row" />
      <Drawing path={path} way={way} along="column" />
    </div>
  );
}

function Drawing({ path, way, along }: Drawn & { along: 'row' | 'column' }) {
  const { say } = useSpeech();
  const tip = useId();
  const { width, height, boxes, arrows } = diagramLayout(path.length, along);
  const end = `url(#${tip})`;
  return (
    <svg
      className={`diagram-${along}`}
      viewBox={`0 0 ${width} ${height}`}
      style={{ maxWidth: `${width}px` }}
      aria-hidden="true"
    >
      <marker
        id={tip}
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="8"
        markerHeight="8"
        orient="auto-start-reverse"
      >
        <path className="tip" d="M0 0 8 4 0 8Z" />
      </marker>
      {arrows.map(({ x1, y1, x2, y2 }) => (
        <line
          key={`${x1} ${y1}`}
          {...{ x1, y1, x2, y2 }}
          markerStart={way === 'on' ? undefined : end}
          markerEnd={way === 'back' ? undefined : end}
        />
      ))}
      {path.map(({ titles, part }, index) => {
        const { x = 0, y = 0 } = boxes[index] ?? {};
        return (
          <g key={say(titles)} transform={`translate(${x} ${y})`}>
            <rect width={BOX.width} height={BOX.height} rx="6" />
            <text x={BOX.width / 2} y="26">
              {say(titles)}
            </text>
            <text className="part" x={BOX.width / 2} y="45">
              {say(part)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

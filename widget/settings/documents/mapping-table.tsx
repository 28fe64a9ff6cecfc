import type { FlowDocument } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { useFieldName } from '../syncs/field-names.ts';

const ARROWS: Readonly<Record<FlowDocument['mapping'][number]['direction'], string>> = {
  both: '↔',
  'to-left': '←',
  'to-right': '→',
};

/** What becomes of which field: its way, who wins, and what an emptied value does. */
export function MappingTable({ document: { id, path, mapping } }: { document: FlowDocument }) {
  const { texts, say } = useSpeech();
  const words = texts.documents;
  const nameOf = useFieldName(id);
  const [left, right] = path;
  if (left === undefined || right === undefined) return null;
  const field = (side: 'left' | 'right', fieldId: string) => {
    const name = nameOf(side, fieldId);
    return (
      <>
        {name !== fieldId && <>{name} </>}
        <code className="quiet">{fieldId}</code>
      </>
    );
  };
  return (
    <table className="sheet mapping-sheet">
      <thead>
        <tr>
          <th scope="col">{say(left.titles)}</th>
          <th scope="col">
            <span className="unseen">{words.way}</span>
          </th>
          <th scope="col">{say(right.titles)}</th>
          <th scope="col">{words.master}</th>
          <th scope="col">{words.blank}</th>
        </tr>
      </thead>
      <tbody>
        {mapping.map((row) => (
          <tr key={`${row.left} ${row.right}`}>
            <th scope="row">{field('left', row.left)}</th>
            <td>
              <span aria-hidden="true">{ARROWS[row.direction]}</span>
              <span className="unseen">{words.ways[row.direction]}</span>
            </td>
            <td>{field('right', row.right)}</td>
            <td data-label={words.master}>{say(row.master)}</td>
            <td data-label={words.blank}>{say(row.blank)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

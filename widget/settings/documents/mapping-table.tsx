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
  // The vendor's own name of it, else the one that is known without asking; an id only where there is none.
  const field = (side: 'left' | 'right', row: FlowDocument['mapping'][number]) => {
    const [id, known] = [row[side], say(row.titles[side])];
    const asked = nameOf(side, id);
    const name = asked === id || asked === '…' ? known : asked;
    return name === id ? <code>{id}</code> : name;
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
            <th scope="row">{field('left', row)}</th>
            <td>
              <span aria-hidden="true">{ARROWS[row.direction]}</span>
              <span className="unseen">{words.ways[row.direction]}</span>
            </td>
            <td>{field('right', row)}</td>
            <td data-label={words.master}>{say(row.master)}</td>
            <td data-label={words.blank}>{say(row.blank)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { SyncDetail, SyncPreview } from '../../../server/api/contract.ts';
import { saidTitle } from '../../../server/core/calendar/untitled.ts';
import { useSpeech } from '../../language/language.tsx';
import { type FieldName, useFieldName, useSideName } from './field-names.ts';
import { ValueText } from './value-text.tsx';

type Sample = SyncPreview['samples'][number];

/** What would be done about records, field by field. */
export function SampleList({ sync, samples }: { sync: SyncDetail; samples: readonly Sample[] }) {
  const fieldName = useFieldName(sync.id);
  return (
    <ol className="samples">
      {samples.map((sample) => (
        <li key={`${sample.kind} ${sample.left?.id} ${sample.right?.id} ${sample.label}`} className="sample">
          <SampleHead sync={sync} sample={sample} fieldName={fieldName} />
          <SampleBody sync={sync} sample={sample} fieldName={fieldName} />
        </li>
      ))}
    </ol>
  );
}

type PieceProps = { sync: SyncDetail; sample: Sample; fieldName: FieldName };

function SampleHead({ sync, sample, fieldName }: PieceProps) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.preview;
  const sideName = useSideName(sync);
  const kind = sample.kind === 'pair' && sample.matchedBy !== null ? 'matched' : sample.kind;
  const made = sample.differences[0]?.side;
  const where = kind === 'create' || kind === 'remove' ? made : undefined;
  const key = sample.matchedBy?.map((field) => fieldName('left', field)).join(' + ');
  return (
    <p className="sample-head">
      <strong>{say(saidTitle(sample.label))}</strong>{' '}
      <span className={`tag kind-${kind}`}>
        {words.kinds[kind]}
        {where !== undefined && ` ${words.in(sideName(where))}`}
      </span>{' '}
      {key !== undefined && <span className="quiet">{words.sampleMatched(key)}</span>}
    </p>
  );
}

function SampleBody({ sync, sample, fieldName }: PieceProps) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.preview;
  const sideName = useSideName(sync);
  const { differences, conflicts, reason } = sample;
  if (reason !== null) return <p>{say(reason)}</p>;
  const asks = conflicts.filter(({ winner }) => winner === null);
  if (differences.length === 0 && asks.length === 0) return <p className="quiet">{words.nothingWritten}</p>;
  const isConflict = (side: 'left' | 'right', field: string) =>
    conflicts.some((conflict) => {
      const row = sync.settings.rules.fields.find(({ left }) => left === conflict.field);
      return row?.[side] === field;
    });
  const overwrites = sample.kind !== 'create';
  return (
    <div className="scroll">
      <table className="grid differences">
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            {overwrites && <th scope="col">{words.before}</th>}
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ side, field, before, after }) => (
            <tr key={`${side} ${field}`}>
              <th scope="row">
                {fieldName(side, field)}{' '}
                {sample.kind === 'pair' && <span className="quiet">{words.in(sideName(side))}</span>}{' '}
                {isConflict(side, field) && <span className="tag">{words.conflict}</span>}
              </th>
              {overwrites && (
                <td>
                  <ValueText value={before} />
                </td>
              )}
              <td>
                <ValueText value={after} />
              </td>
            </tr>
          ))}
          {asks.map(({ field, left, right }) => (
            <tr key={`ask ${field}`}>
              <th scope="row">
                {fieldName('left', field)} <span className="tag">{words.ask}</span>
              </th>
              <td colSpan={overwrites ? 2 : 1}>
                {sideName('left')} <ValueText value={left} /> · {sideName('right')}{' '}
                <ValueText value={right} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

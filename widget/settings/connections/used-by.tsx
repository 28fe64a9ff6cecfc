import type { Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { hrefOf } from '../address.ts';

/** The flows that need it, and whether they are on. */
export function UsedBy({ flows }: Pick<Connection, 'flows'>) {
  const { texts, say } = useSpeech();
  const { usedBy, on, off } = texts.connections;
  if (flows.length === 0) return null;
  return (
    <p className="quiet">
      {usedBy}{' '}
      {flows.map(({ id, titles, enabled }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <a href={hrefOf('documents', { flow: id })}>{say(titles)}</a> ({enabled ? on : off})
        </span>
      ))}
    </p>
  );
}

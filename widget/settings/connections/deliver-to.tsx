import type { Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { CopyButton } from '../../pieces/copy-button.tsx';

/** Of an application that only delivers: what is to be entered there. */
export function DeliverTo({ connection: { delivery } }: { connection: Pick<Connection, 'delivery'> }) {
  const { texts } = useSpeech();
  const words = texts.connections;
  if (delivery === null) return null;
  return (
    <p>
      {words.deliverTo} <code>{delivery.url}</code> <CopyButton text={delivery.url} what={words.deliverTo} />
      <br />
      <span className="quiet">{words.deliverHeader(delivery.header)}</span>
    </p>
  );
}

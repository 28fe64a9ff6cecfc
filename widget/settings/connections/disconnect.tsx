import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Connection } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { connectionEffects, useConnectionChange } from './connection-queries.ts';
import { Effects } from './effects.tsx';

/** Says what a disconnection will stop before it is done. */
export function Disconnect({ connection }: { connection: Connection }) {
  const { texts, say } = useSpeech();
  const [asking, setAsking] = useState(false);
  const vendor = say(connection.connector.titles);
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        {texts.connections.disconnect}
        <span className="unseen">
          {' '}
          {vendor} {connection.account.name}
        </span>
      </button>
      {asking && <Question connection={connection} vendor={vendor} onEnd={() => setAsking(false)} />}
    </>
  );
}

function Question(props: { connection: Connection; vendor: string; onEnd: () => void }) {
  const { texts } = useSpeech();
  const { connection, vendor, onEnd } = props;
  const { id } = connection;
  const words = texts.connections.disconnecting;
  const { data, error, refetch } = useQuery(connectionEffects(id));
  const disconnect = useConnectionChange(() => call('disconnect', { params: { id } }));
  return (
    <ConfirmDialog
      danger
      title={words.title(`${vendor} (${connection.account.name})`)}
      yes={texts.connections.disconnect}
      busy={disconnect.isPending || (!data && !error)}
      onYes={() => disconnect.mutate(undefined, { onSuccess: onEnd })}
      onCancel={onEnd}
    >
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <p role="status">{texts.connections.looking}</p>}
      {data && (
        <ul className="effects">
          {data.flows.length + data.syncs.length === 0 && <li>{words.nothing}</li>}
          <Effects effects={data} vendor={vendor} of="disconnecting" />
          {data.shown && <li>{words.shown(vendor)}</li>}
          <li>
            {data.kept
              ? words.kept(connection.account.name)
              : data.revoked
                ? words.revoked(vendor)
                : words.deleted(vendor)}
          </li>
          <li>{words.keeps}</li>
        </ul>
      )}
      {disconnect.error && <ProblemNotice error={disconnect.error} />}
    </ConfirmDialog>
  );
}

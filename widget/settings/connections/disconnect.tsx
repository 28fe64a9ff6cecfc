import { useState } from 'react';
import type { Connection } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useConnectionChange } from './connection-queries.ts';

/** Says what a disconnection will stop before it is done. */
export function Disconnect({ connection }: { connection: Connection }) {
  const { texts, say } = useSpeech();
  const [asking, setAsking] = useState(false);
  const { connector, flows } = connection;
  const disconnect = useConnectionChange(() => call('disconnect', { params: { connector: connector.id } }));
  const vendor = say(connector.titles);
  const stopped = flows.filter(({ enabled }) => enabled).map(({ titles }) => say(titles));
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        {texts.connections.disconnect}
      </button>
      {asking && (
        <ConfirmDialog
          danger
          title={texts.connections.disconnectTitle(vendor)}
          yes={texts.connections.disconnect}
          busy={disconnect.isPending}
          onYes={() => disconnect.mutate(undefined, { onSuccess: () => setAsking(false) })}
          onCancel={() => setAsking(false)}
        >
          <p>
            {stopped.length > 0
              ? texts.connections.disconnectFlows(stopped.join(', '))
              : texts.connections.disconnectNone}
          </p>
          <p>{texts.connections.disconnectBody}</p>
          <p>{texts.connections.disconnectKeeps}</p>
          {disconnect.error && <ProblemNotice error={disconnect.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}

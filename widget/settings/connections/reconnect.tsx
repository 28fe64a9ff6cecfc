import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { CONSENT_TARGET, connectHref } from './connect-href.ts';
import { connectionEffects } from './connection-queries.ts';
import { Effects } from './effects.tsx';

interface ReconnectProps {
  readonly connection: Connection;
  readonly connectUrl: string;
}

/** Says what a reconnection takes up again, and what stays, before the browser leaves for the vendor. */
export function Reconnect({ connection, connectUrl }: ReconnectProps) {
  const { texts, say } = useSpeech();
  const [asking, setAsking] = useState(false);
  const vendor = say(connection.connector.titles);
  return (
    <>
      <button
        type="button"
        className={connection.state === 'reconnect' ? 'primary' : undefined}
        onClick={() => setAsking(true)}
      >
        {texts.connections.reconnect}
        <span className="unseen"> {vendor}</span>
      </button>
      {asking && (
        <Question
          connection={connection}
          connectUrl={connectUrl}
          vendor={vendor}
          onEnd={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Question(props: ReconnectProps & { vendor: string; onEnd: () => void }) {
  const { texts, language } = useSpeech();
  const { connection, connectUrl, vendor, onEnd } = props;
  const words = texts.connections.reconnecting;
  const { data, error, refetch } = useQuery(connectionEffects(connection.connector.id));
  return (
    <ConfirmDialog
      title={words.title(vendor)}
      yes={words.yes(vendor)}
      onYes={() => {
        window.open(connectHref(connectUrl, language), CONSENT_TARGET);
        onEnd();
      }}
      onCancel={onEnd}
    >
      <p>{words.how(vendor)}</p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <p role="status">{texts.connections.looking}</p>}
      {data && (
        <ul className="effects">
          {connection.account !== null && <li>{words.same(connection.account.name)}</li>}
          <Effects effects={data} vendor={vendor} of="reconnecting" />
          <li>{words.keeps}</li>
        </ul>
      )}
    </ConfirmDialog>
  );
}

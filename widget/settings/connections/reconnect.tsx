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
  readonly reconnectUrl: string;
}

/** Says what a reconnection takes up again, and what stays, before the browser leaves for the vendor. */
export function Reconnect({ connection, reconnectUrl }: ReconnectProps) {
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
        <span className="unseen">
          {' '}
          {vendor} {connection.account.name}
        </span>
      </button>
      {asking && (
        <Question
          connection={connection}
          reconnectUrl={reconnectUrl}
          vendor={vendor}
          onEnd={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Question(props: ReconnectProps & { vendor: string; onEnd: () => void }) {
  const { texts, language } = useSpeech();
  const { connection, reconnectUrl, vendor, onEnd } = props;
  const words = texts.connections.reconnecting;
  const { data, error, refetch } = useQuery(connectionEffects(connection.id));
  return (
    <ConfirmDialog
      title={words.title(vendor)}
      yes={words.yes(vendor)}
      onYes={() => {
        window.open(connectHref(reconnectUrl, language), CONSENT_TARGET);
        onEnd();
      }}
      onCancel={onEnd}
    >
      <p>{words.how(vendor)}</p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <p role="status">{texts.connections.looking}</p>}
      {data && (
        <ul className="effects">
          <li>{words.same(connection.account.name)}</li>
          <Effects effects={data} vendor={vendor} of="reconnecting" />
          <li>{words.keeps}</li>
        </ul>
      )}
    </ConfirmDialog>
  );
}
